"""Chance that falls the same way every time: one source for each client."""

import random
from collections.abc import Sequence
from typing import TypeVar

from pwa.demo import phrases

T = TypeVar("T")


class Chance:
    """Draws by the name of a client; sentences do not come twice before all of them came once."""

    def __init__(self, name: str, first: str, trade: str) -> None:
        self._random = random.Random(f"rounds {name}")  # noqa: S311 - nothing secret hangs on it
        self._first = first
        self._trade = trade
        self._decks: dict[Sequence[str], list[str]] = {}

    def number(self, lowest: int, highest: int) -> int:
        return self._random.randint(lowest, highest)

    def happens(self, share: float) -> bool:
        return self._random.random() < share

    def one_of(self, choices: Sequence[T]) -> T:
        return self._random.choice(choices)

    def line(self, deck: Sequence[str]) -> str:
        """A sentence of the deck with its gaps filled."""
        left = self._decks.setdefault(deck, [])
        if not left:
            left.extend(self._random.sample(deck, len(deck)))
        words = {gap: self.one_of(choices) for gap, choices in phrases.WORDS.items()}
        text = left.pop().format(first=self._first, **words)
        return text[0].upper() + text[1:] if deck is not phrases.PROMISES else text

    def note(self) -> str:
        """What a manager says into the telephone after a conversation."""
        parts = [self.line(phrases.OPENINGS), self.line(phrases.TRADES[self._trade])]
        if self.happens(0.5):
            parts.append(self.line(phrases.FEELINGS))
        if self.happens(0.3):
            parts.append(self.line(phrases.ENDINGS))
        return " ".join(parts)
