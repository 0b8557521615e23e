"""How well the default engine hears a person on a phone, how fast, and with how much memory.

Every recording goes through what phones make of it, WebM with Opus and MP4 with AAC at 24 kbit/s,
and through the same call as a note. The people are the readers in the engine's package and, where
Debian's packages can be reached, those of pocketsphinx-testdata: Austen, and playing cards.
"""

import resource
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from pwa.operations.voice_notes.transcription import MAX_TRANSCRIBED_SECONDS
from pwa.speech import engines
from pwa.speech.transcribe import transcribe
from tests.bench.measure import line
from tests.bench.words import errors, words
from tests.speech.recordings import RATE, record, sample, speech

ENGINE = "moonshine"
PACKAGE = "pocketsphinx-testdata"
FOLDER = "usr/share/pocketsphinx/test/data"
# The opening of "A Tale of Two Cities" (Charles Dickens, 1859), and words of Samuel Beckett's, read
# by people. The recordings come with the engine.
DICKENS = """
It was the best of times, it was the worst of times, it was the age of wisdom, it was the
age of foolishness, it was the epoch of belief, it was the epoch of incredulity, it was
the season of Light, it was the season of Darkness, it was the spring of hope, it was the
winter of despair, we had everything before us, we had nothing before us, we were all
going direct to Heaven, we were all going direct the other way - in short, the period was
so far like the present period, that some of its noisiest authorities insisted on its
being received, for good or for evil, in the superlative degree of comparison only."""
BECKETT = "Ever tried. Ever failed. No matter. Try again. Fail again. Fail better."


@dataclass(frozen=True)
class Reading:
    """A recording, the words its reader was given, and how often it is played in one note."""

    path: Path
    given: str
    times: int = 1


def run() -> None:
    """Print the rows of the table that are about hearing."""
    if engines.missing(ENGINE):
        line("words heard", "no engine here")
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        for about, readings in _readings(folder).items():
            for kind in ("webm", "mp4"):
                _measure(f"words wrong, {about}, {kind}", kind, readings, folder)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    line("most memory of the process that hears", f"{peak} MB")


def _measure(about: str, kind: str, readings: list[Reading], folder: Path) -> None:
    wrong = said = 0
    audio = taken = 0.0
    for reading in readings:
        samples = speech(reading.path) * reading.times
        note = record(samples, kind, folder / f"note.{kind}")
        started = perf_counter()
        heard = transcribe(note, ENGINE, MAX_TRANSCRIBED_SECONDS)
        taken += perf_counter() - started
        audio += len(samples) / RATE
        given = words(reading.given) * reading.times
        wrong += errors(given, words(heard.text))
        said += len(given)
    speed = f"{taken / audio:.2f} s for a second of {audio:.0f}, under 1"
    line(about, f"{wrong} of {said} = {wrong / said:.1%}", speed)


def _readings(folder: Path) -> dict[str, list[Reading]]:
    """What there is to hear, by where it comes from."""
    dickens = sample("two_cities")
    known = {
        "Dickens": [Reading(dickens, DICKENS)],
        "Dickens, three minutes": [Reading(dickens, DICKENS, times=4)],
        "Beckett": [Reading(sample("beckett"), BECKETT)],
    }
    fetched = _fetched(folder)
    if fetched is None:
        line(f"words wrong, {PACKAGE}", "left out", "Debian's package cannot be had here")
        return known
    return {
        **known,
        "Austen": list(_transcribed(fetched / "librivox", "transcription")),
        "cards": list(_transcribed(fetched / "cards", "cards.transcription")),
    }


def _fetched(folder: Path) -> Path | None:
    """The installed package, else the one of Debian's mirror; None without either."""
    if (installed := Path("/") / FOLDER).is_dir():
        return installed
    commands = (["apt-get", "download", PACKAGE], ["sh", "-c", f"dpkg-deb -x *.deb {PACKAGE}"])
    try:
        for command in commands:
            subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=True)
    except (subprocess.SubprocessError, OSError):
        return None
    return folder / PACKAGE / FOLDER


def _transcribed(folder: Path, transcription: str) -> Iterator[Reading]:
    """Lines such as `<s> ten of clubs </s> (001)`."""
    for row in (folder / transcription).read_text().splitlines():
        given, _, name = row.rpartition("(")
        path = folder / f"{name.rstrip(') ')}.wav"
        yield Reading(path, given.replace("<s>", "").replace("</s>", ""))
