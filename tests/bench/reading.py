"""How well the notes of the corpus are read, and how fast."""

from datetime import UTC, datetime
from time import process_time

from pwa.note_parser import read
from tests.bench.measure import line
from tests.note_parser.scores import NOTES, STRANGERS, notes, score

AIMS = {"promise": "at least 0.95 and 0.80", "date": "at least 0.95 and 0.80"}
WORDS = 10_000


def run() -> None:
    """Print the rows of the table that are about reading notes."""
    for whose, path in (("notes", NOTES), ("strangers' notes", STRANGERS)):
        scores = score(path)
        for kind in scores.kinds():
            found = f"{scores.precision(kind):.2f} / {scores.recall(kind):.2f}"
            count = scores.expected[kind]
            line(f"{kind} in {whose}: precision / recall ({count})", found, AIMS.get(kind, ""))
    words = " ".join(note["said"] for note in notes()).split()
    text = " ".join((words * (WORDS // len(words) + 1))[:WORDS])
    started = process_time()
    read(text, datetime(2026, 11, 23, 10, tzinfo=UTC))
    line(f"a note of {WORDS:,} words", f"{process_time() - started:.2f} s", "under 1 s")
