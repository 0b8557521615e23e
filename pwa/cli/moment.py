"""A moment on the command line."""

from datetime import UTC, datetime
from typing import Any

import click

from pwa.cli.fail import fail


class Moment(click.ParamType):
    """An ISO-8601 moment; without an offset it is UTC, or left without a zone where `local`."""

    name = "ISO-8601"

    def __init__(self, *, local: bool = False) -> None:
        self.local = local

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            fail(f"“{value}” is not a moment: write it as 2026-11-20T09:40:00+01:00.")
        return at if at.tzinfo or self.local else at.replace(tzinfo=UTC)
