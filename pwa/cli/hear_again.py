"""Another chance for spoken notes that could not be heard."""

import click
from flask.cli import with_appcontext

from pwa import clock
from pwa.operations.voice_notes import transcription


@click.command("hear-again")
@with_appcontext
def hear_again() -> None:
    """Let the worker hear the notes that could not be heard so far, once what failed is mended."""
    count = transcription.retry_failed(clock.now())
    click.echo("1 note is heard again." if count == 1 else f"{count} notes are heard again.")


commands = (hear_again,)
