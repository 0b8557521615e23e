"""`transcribe`: the transcript of an audio file by the configured engine."""

import json
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from pwa import machine_lock
from pwa.cli.fail import fail
from pwa.operations.voice_notes.transcription import MAX_TRANSCRIBED_SECONDS
from pwa.speech import engine_choice
from pwa.speech.errors import NotHeard


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the text and its lines as JSON.")
@with_appcontext
def transcribe(file: Path, as_json: bool) -> None:
    """Print what is said in FILE, at most its first three minutes."""
    config = current_app.config["ROUNDS"]
    try:
        with (
            nullcontext()
            if engine_choice.outside(config.speech_engine)
            else machine_lock.acquire("hearing", wait=True)
        ):
            heard = engine_choice.transcribe(config, file, MAX_TRANSCRIBED_SECONDS)
    except NotHeard as problem:
        fail(str(problem))
    lines = [asdict(line) for line in heard.lines]
    click.echo(json.dumps({"text": heard.text, "lines": lines}) if as_json else heard.text)


commands = (transcribe,)
