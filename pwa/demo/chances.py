"""Seeded random choices: a generator for each client, so that the demo is reproducible."""

import random
from collections.abc import Sequence
from typing import TypeVar

from pwa.demo import phrases

T = TypeVar("T")


class Chance:
    """Random choices seeded by a client's name; no sentence repeats before its deck is used up."""

    def __init__(self, name: str, first: str, trade: str) -> None:
        self._random = random.Random(f"rounds {name}")  # noqa: S311 - nothing secret hangs on it
        self._first = first
        self._trade = trade
        self._decks: dict[Sequence[str], list[str]] = {}

    def number(self, lowest: int, highest: int) -> int:
        return self._random.randint(lowest, highest)

    def happens(self, share: float) -> bool:
        return self._random.random() < share

    def pick(self, choices: Sequence[T]) -> T:
        return self._random.choice(choices)

    def line(self, deck: Sequence[str]) -> str:
        """A sentence of the deck with its gaps filled."""
        unused = self._decks.setdefault(deck, [])
        if not unused:
            unused.extend(self._random.sample(deck, len(deck)))
        words = {gap: self.pick(choices) for gap, choices in phrases.WORDS.items()}
        text = unused.pop().format(first=self._first, **words)
        return text[0].upper() + text[1:] if deck is not phrases.PROMISES else text

    def note(self) -> str:
        """A note as a manager dictates it after a conversation."""
        parts = [self.line(phrases.OPENINGS), self.line(phrases.TRADES[self._trade])]
        if self.happens(0.5):
            parts.append(self.line(phrases.FEELINGS))
        if self.happens(0.3):
            parts.append(self.line(phrases.ENDINGS))
        return " ".join(parts)
