"""`flask --app pwa ...`: parse, call one thing, print. Exit 0, or one line and exit 1."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the commands."""
    from pwa.cli import books, demo, setup

    for command in (*setup.commands, *books.commands, *demo.commands):
        app.cli.add_command(command)
