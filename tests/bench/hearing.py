"""How well the default engine hears a person on a phone, how fast, and with how much memory."""

import re
import resource
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from pwa.speech import engines
from pwa.speech.hear import hear
from tests.bench.measure import line
from tests.speech.recordings import RATE, record, sample, speech

LIMIT = 180  # seconds
# The opening of "A Tale of Two Cities" (Charles Dickens, 1859), read by a person. The recording
# comes with the engine.
TEXT = """It was the best of times, it was the worst of times, it was the age of wisdom, it was the
age of foolishness, it was the epoch of belief, it was the epoch of incredulity, it was
the season of Light, it was the season of Darkness, it was the spring of hope, it was the
winter of despair, we had everything before us, we had nothing before us, we were all
going direct to Heaven, we were all going direct the other way - in short, the period was
so far like the present period, that some of its noisiest authorities insisted on its
being received, for good or for evil, in the superlative degree of comparison only."""


def run() -> None:
    """Print the rows of the table that are about hearing."""
    if engines.missing("moonshine"):
        line("words heard", "no engine here")
        return
    samples = speech(sample("two_cities"))
    with TemporaryDirectory() as folder:
        for kind in ("webm", "mp4"):
            note = record(samples, kind, Path(folder, f"note.{kind}"))
            started = perf_counter()
            heard = hear(note, "moonshine", LIMIT)
            took = (perf_counter() - started) / (len(samples) / RATE)
            wrong = errors(words(TEXT), words(heard.text)) / len(words(TEXT))
            line(f"words wrong in {kind} at 24 kbit/s", f"{wrong:.1%}")
            line(f"seconds for a second of {kind}", f"{took:.2f}", "under 1")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    line("most memory of the process that hears", f"{peak} MB")


def words(text: str) -> list[str]:
    """As they are said: without case and marks."""
    return re.findall(r"[a-z']+", text.lower())


def errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """The fewest words to add, leave out or change (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, 1):
        diagonal, row[0] = row[0], number
        for place, other in enumerate(heard, 1):
            best = min(row[place] + 1, row[place - 1] + 1, diagonal + (word != other))
            diagonal, row[place] = row[place], best
    return row[-1]
