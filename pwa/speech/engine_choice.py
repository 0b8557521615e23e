"""Chooses the engine that transcribes and the one that reads notes, by the settings."""

import datetime as dt
import logging
from pathlib import Path

from config import Config
from pwa.note_parser import Suggestion
from pwa.note_parser import read as read_here
from pwa.speech import engines, remote_api
from pwa.speech import transcribe as local
from pwa.speech.errors import NotHeard
from pwa.speech.remote_api import Service
from pwa.speech.transcript import Transcript

log = logging.getLogger(__name__)


def outside(setting: str) -> bool:
    """Whether that is a service outside."""
    return setting.startswith(("http://", "https://"))


def missing(config: Config) -> str | None:
    """The reason why notes cannot be transcribed, with a remedy; None when they can."""
    return None if outside(config.speech_engine) else engines.missing(config.speech_engine)


def transcribe(config: Config, path: Path, limit: float) -> Transcript:
    """The transcript of the first `limit` seconds of a recording. Raises NotHeard."""
    if outside(config.speech_engine):
        return remote_api.transcribe(
            path, Service.named(config.speech_engine, config.speech_api_key), limit
        )
    return local.transcribe(path, config.speech_engine, limit)


def read(config: Config, text: str, now: dt.datetime) -> list[Suggestion]:
    """The suggestions in a note of the moment `now`. Where a service does not answer, our own rules
    read it: a note is never left lying for that."""
    if config.reading_url:
        try:
            return remote_api.read(
                text, now, Service.named(config.reading_url, config.reading_api_key)
            )
        except NotHeard as problem:
            log.warning("the service for reading was of no use: %s", problem)
        except Exception as problem:  # what went wrong may tell what was said: its type does not
            log.warning("reading by the service broke: %s", type(problem).__name__)
    return read_here(text, now)
