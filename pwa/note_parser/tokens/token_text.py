"""Tokens as one line of text, so that phrases can be looked for, and the way back to the tokens.

A comma stands behind the word before it, a full stop as a word of its own.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from pwa.note_parser.tokens.tokens import Token

_GAPS = {"": " ", ",": ", ", ".": " . "}
WITHOUT_STOPS = {"": " ", ",": " ", ".": " "}


class Text:
    """The words at these places of `tokens`, all of them unless told, as one line."""

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
        """The tokens [from, to) that a match in `line` covers."""
        return self.token_at(match.start(group)), self.token_at(match.end(group) - 1) + 1

    def place_of(self, token: int) -> int:
        """Where in the line a token begins, or the next that is in it."""
        return self._starts[min(bisect_left(self.places, token), len(self._starts) - 1)]

    def token_at(self, place: int) -> int:
        """The token that holds this place of the line."""
        return self.places[max(bisect_right(self._starts, place) - 1, 0)]
