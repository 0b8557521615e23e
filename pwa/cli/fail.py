"""One line on standard error and exit 1."""

from typing import NoReturn

import click


class Failure(click.ClickException):
    """Printed as it is, without a prefix."""

    def show(self, file: object = None) -> None:
        click.echo(self.message, err=True)


def fail(message: str) -> NoReturn:
    """End the command with a sentence that says what to do."""
    raise Failure(message)
