"""Tokens as one line of text for pattern matching, with offsets mapped back to tokens.

A comma is attached to the word before it, a full stop is a word of its own.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from pwa.note_parser.tokens.tokens import Token

_GAPS = {"": " ", ",": ", ", ".": " . "}
WITHOUT_STOPS = {"": " ", ",": " ", ".": " "}


class Text:
    """The words at the given places of `tokens`, by default all, as one line."""

    def __init__(
        self,
        tokens: Sequence[Token],
        places: Sequence[int] | None = None,
        gaps: Mapping[str, str] = _GAPS,
    ) -> None:
        self.places = range(len(tokens)) if places is None else places
        self._starts: list[int] = []
        pieces: list[str] = []
        length = 0
        for place in self.places:
            token = tokens[place]
            gap = "" if not pieces else gaps[token.before]
            pieces.append(gap + token.word)
            self._starts.append(length + len(gap))
            length += len(gap) + len(token.word)
        self.line = "".join(pieces)

    def tokens_of(self, match: re.Match[str], group: str | int = 0) -> tuple[int, int]:
        """The tokens [first, last) that a match in `line` covers."""
        return self.token_at(match.start(group)), self.token_at(match.end(group) - 1) + 1

    def offset_of(self, token: int) -> int:
        """The offset in `line` of a token, or of the next token that is part of it."""
        return self._starts[min(bisect_left(self.places, token), len(self._starts) - 1)]

    def token_at(self, offset: int) -> int:
        """The token at an offset of `line`."""
        return self.places[max(bisect_right(self._starts, offset) - 1, 0)]
