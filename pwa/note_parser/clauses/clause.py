"""A clause of a note: who does what, by itself."""

from dataclasses import dataclass, field

from pwa.note_parser.dates.expressions import When
from pwa.note_parser.tokens.token_text import Text


@dataclass(slots=True)
class Clause:
    """The tokens [first, last), their times, and the same words without times and adverbs."""

    first: int
    last: int
    whens: list[When]
    line: Text
    core: Text
    opener: str = ""
    fresh: bool = False  # a full stop stands before it
    paused: bool = False  # a comma does
    governor: "Clause | None" = None
    marks: set[str] = field(default_factory=set)

    @property
    def times(self) -> list[When]:
        """Those of its times that say a day or a clock time, not taken back."""
        return [one for one in self.whens if one.days or one.clock]

    @property
    def is_clocked(self) -> bool:
        """Whether it says both a day and a time."""
        return any(one.days for one in self.whens) and any(one.clock for one in self.whens)
