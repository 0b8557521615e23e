"""How well notes are read: what was expected of each, what was found, what is missing.

A find is right when its kind, date, time and value are as expected and its words hold what they
should. The time of a promise is not compared: it has a day.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pwa.note_parser import Suggestion, read

NOTES = Path(__file__).with_name("notes.jsonl")
STRANGERS = Path(__file__).with_name("strangers.jsonl")  # by somebody who never saw the rules
DATES = "date"


@dataclass
class Scores:
    """Counts by kind, and for `date` every date of any kind."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    expected: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def precision(self, kind: str) -> float:
        return self.right[kind] / self.found[kind] if self.found[kind] else 1.0

    def recall(self, kind: str) -> float:
        return self.right[kind] / self.expected[kind] if self.expected[kind] else 1.0

    def kinds(self) -> list[str]:
        return sorted(self.expected | self.found)


def notes(path: Path = NOTES) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def score(path: Path = NOTES) -> Scores:
    """Read every note of a file and compare."""
    scores = Scores()
    for note in notes(path):
        _count(scores, note, read(note["said"], datetime.fromisoformat(note["at"])))
    return scores


def _count(scores: Scores, note: dict[str, Any], found: list[Suggestion]) -> None:
    left = list(found)
    for one in found:
        scores.found[one.kind] += 1
    for wanted in note["expect"]:
        scores.expected[wanted["kind"]] += 1
        hit = next((one for one in left if _is(one, wanted)), None)
        if hit is None:
            scores.misses.append(f"{wanted['kind']} missed: {_wish(wanted)} in: {note['said']}")
            continue
        left.remove(hit)
        scores.right[hit.kind] += 1
    _count_dates(scores, note, found)
    scores.misses += [
        f"{one.kind} too many: {one.date} {one.time} {one.value} “{one.words}” in: {note['said']}"
        for one in left
    ]


def _count_dates(scores: Scores, note: dict[str, Any], found: list[Suggestion]) -> None:
    said = Counter((one.kind, str(one.date)) for one in found if one.date)
    wanted = Counter((one["kind"], one["date"]) for one in note["expect"] if one["date"])
    scores.found[DATES] += said.total()
    scores.expected[DATES] += wanted.total()
    scores.right[DATES] += (said & wanted).total()


def _is(one: Suggestion, wanted: dict[str, Any]) -> bool:
    at = one.time.strftime("%H:%M") if one.time else None
    return (
        one.kind == wanted["kind"]
        and (one.date.isoformat() if one.date else None) == wanted["date"]
        and (at == wanted["time"] or one.kind == "promise")
        and (one.value == wanted["value"] or wanted["value"] is None)
        and all(part.lower() in one.words.lower() for part in wanted["words_contain"])
    )


def _wish(wanted: dict[str, Any]) -> str:
    return " ".join(str(wanted[name]) for name in ("date", "time", "value", "words_contain"))
