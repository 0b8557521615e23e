"""From a recording to text, in a process of its own."""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from pwa.speech import engines
from pwa.speech.containers import format_of
from pwa.speech.errors import Failed, NoEngine, NotHeard, Unreadable
from pwa.speech.transcript import Transcript, TranscriptLine

# Importing `pwa` itself would bring Flask and the database along: most of the start, for nothing.
BEGIN = """
import sys, types
sys.modules["pwa"] = package = types.ModuleType("pwa")
package.__path__ = [sys.argv.pop(1)]
from pwa.speech.worker_process import main
main(*sys.argv[1:])
"""
COMMAND = [sys.executable, "-c", BEGIN, str(Path(__file__).resolve().parent.parent)]
# What it needs to know of the environment; secrets are not among it.
KNOWN = ("HOME", "LANG", "LC_", "LD_LIBRARY_PATH", "OMP_", "PATH", "PYTHON", "TMPDIR")
DECODE_SECONDS = 30.0
LEAST_SECONDS = 30.0
TIMES_AUDIO = 3.0
MOST_BYTES = 1024 * 1024  # three minutes of speech are five thousand characters
ERRORS: dict[str, type[NotHeard]] = {
    error.__name__: error for error in (NoEngine, Unreadable, Failed)
}


def transcribe(path: Path, engine: str, limit: float) -> Transcript:
    """The transcript of the first `limit` seconds of a recording; `engine` as in SPEECH_ENGINE.

    For who has the turn (`machine_lock`). Takes at most 30 seconds to read the file and the
    greater of 30 seconds and three times its length to hear it. Raises NoEngine, Unreadable or
    Failed.
    """
    lacking = engines.missing(engine)
    if lacking:
        raise NoEngine(lacking)
    format_of(path)
    with _child([str(path.absolute()), engine, str(limit)]) as child:
        try:
            return _heard(_Answers(child))
        except (ValueError, LookupError, TypeError) as problem:
            raise Failed("The engine answered nonsense. It is worth trying again.") from problem


def _heard(answers: "_Answers") -> Transcript:
    seconds = float(answers.take(DECODE_SECONDS)["seconds"])
    heard = answers.take(max(LEAST_SECONDS, TIMES_AUDIO * seconds))
    return Transcript(tuple(TranscriptLine(**line) for line in heard["lines"]), heard["cut"])


@contextlib.contextmanager
def _child(arguments: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    pipe = subprocess.PIPE
    environment = {name: value for name, value in os.environ.items() if name.startswith(KNOWN)}
    child = subprocess.Popen(  # noqa: S603  # our own module, and no shell
        [*COMMAND, *arguments],
        stdin=pipe,
        stdout=pipe,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=environment | {"HF_HUB_OFFLINE": "1"},
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        for end in (child.stdin, child.stdout):
            assert end is not None
            end.close()


class _Answers:
    """The child's lines of JSON, bounded in time and size."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stdout is not None
        self._child = child
        self._pipe: IO[bytes] = child.stdout
        self._come = b""
        self._size = 0

    def take(self, seconds: float) -> dict[str, Any]:
        """The next answer within `seconds`; raises what it says went wrong, or Failed."""
        until = time.monotonic() + seconds
        while b"\n" not in self._come:
            self._come += self._more(until)
        line, _, self._come = self._come.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise ERRORS[answer["error"]](answer["words"])
        return answer

    def _more(self, until: float) -> bytes:
        with selectors.DefaultSelector() as selector:
            selector.register(self._pipe, selectors.EVENT_READ)
            if not selector.select(max(until - time.monotonic(), 0)):
                raise Failed("Hearing it took too long. It is worth trying again in a quiet hour.")
        some = os.read(self._pipe.fileno(), 65536)
        self._size += len(some)
        if self._size > MOST_BYTES:
            raise Failed("The engine said more than anybody can. It is worth trying again.")
        if not some:
            raise Failed(f"The engine stopped ({self._child.wait()}). It is worth trying again.")
        return some
