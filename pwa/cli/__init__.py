"""`flask --app pwa ...`: parse, call one thing, print. Exit 0, or one line and exit 1."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the commands."""
    from pwa.cli import (
        bench_data,
        books,
        brief,
        day_list,
        demo,
        doctor,
        hear_again,
        imports,
        new_migration,
        notices,
        read_note,
        setup,
        transcribe,
    )

    for module in (
        setup,
        demo,
        books,
        imports,
        day_list,
        brief,
        transcribe,
        hear_again,
        read_note,
        notices,
        doctor,
        bench_data,
        new_migration,
    ):
        for command in module.commands:
            app.cli.add_command(command)
