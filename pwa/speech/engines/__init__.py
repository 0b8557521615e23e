"""Speech engines: one protocol, and the engines behind it, chosen by SPEECH_ENGINE."""

from array import array
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from pwa.speech.errors import NoEngine
from pwa.speech.transcript import Transcript

WHISPER = "whisper:"
_ROOM = 1536 * 1024 * 1024
_NO_MOONSHINE = (
    "moonshine-voice is not installed. Run `make setup`, or set SPEECH_ENGINE to another engine;"
    " there are packages for Linux with glibc 2.34 or newer and for macOS 15 on ARM."
)


class Engine(Protocol):
    """Hears speech in samples between -1 and 1, 16,000 a second."""

    def hear(self, samples: "array[float]") -> Transcript:
        """The lines that were said, as the engine writes them."""


def missing(setting: str) -> str | None:
    """The reason why this engine cannot work here, with a remedy; None when it can."""
    if setting == "none":
        return (
            "No engine is chosen. Install requirements-speech.txt and set SPEECH_ENGINE=moonshine."
        )
    if setting == "moonshine":
        return None if find_spec("moonshine_voice") else _NO_MOONSHINE
    if find_spec("faster_whisper") is None:
        return "faster-whisper is not installed. Run `pip install faster-whisper` beside Rounds."
    if not _model(setting).is_file():
        return f"{_model(setting)} is missing. Put a faster-whisper model there."
    return None


def memory(setting: str) -> int:
    """The most bytes that this engine may use; several times what it was seen to."""
    if setting.startswith(WHISPER):
        return _ROOM + 2 * _model(setting).stat().st_size
    return _ROOM


def load(setting: str) -> Engine:
    """The engine, its model in memory. Raises NoEngine."""
    lacking = missing(setting)
    if lacking:
        raise NoEngine(lacking)
    if setting == "moonshine":
        from pwa.speech.engines.moonshine import Moonshine

        return Moonshine()
    from pwa.speech.engines.whisper import Whisper

    return Whisper(_model(setting).parent)


def _model(setting: str) -> Path:
    return Path(setting.removeprefix(WHISPER)) / "model.bin"
