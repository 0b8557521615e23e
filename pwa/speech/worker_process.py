"""The child process that transcribes one note.

Answers in lines of JSON: how long the audio is, then what was heard, or an error instead of either.
It ends when its standard input does, so none outlives the one who asked, however that one ends.
"""

import json
import os
import signal
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pwa.speech import engines, limits
from pwa.speech.decode import decode
from pwa.speech.errors import NotHeard
from pwa.speech.normalize_text import normalize


def main(file: str, engine: str, limit: str) -> None:
    """Hear one file; always ends the process."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    limits.step_back()
    limits.bound_memory(limits.DECODING)
    # What libraries print must not run into the answers.
    answers = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        audio = decode(Path(file), float(limit))
        _say(answers, {"seconds": audio.seconds})
        limits.bound_memory(engines.memory(engine))
        heard = engines.load(engine).hear(audio.samples)
        lines = [asdict(line) for line in normalize(heard.lines)]
        _say(answers, {"lines": lines, "cut": audio.cut})
    except NotHeard as problem:
        _say(answers, {"error": type(problem).__name__, "words": str(problem)})
    # No farewell: the engine's own threads may be anywhere.
    os._exit(0)


def _end_with_parent() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)


def _say(answers: int, message: dict[str, Any]) -> None:
    left = memoryview(json.dumps(message).encode() + b"\n")
    while left:
        left = left[os.write(answers, left) :]
