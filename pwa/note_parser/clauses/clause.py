"""The clause: one statement of a note, with its times and marks."""

from dataclasses import dataclass

from pwa.note_parser.dates.time_expression import TimeExpression
from pwa.note_parser.tokens.token_text import Text
from pwa.note_parser.vocabulary.marks import Mark


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """The tokens [first, last) as `line`, and as `core` without times and adverbs.

    `opener` is its first conjunction, or its first word. `governor` is the reporting clause it
    depends on ("I told her"). Clauses are equal only to themselves: each stands once in a note.
    """

    first: int
    last: int
    expressions: tuple[TimeExpression, ...]
    line: Text
    core: Text
    opener: str = ""
    fresh: bool = False  # a full stop stands before it
    paused: bool = False  # a comma stands before it
    governor: "Clause | None" = None
    marks: frozenset[Mark] = frozenset()

    @property
    def times(self) -> list[TimeExpression]:
        """The expressions that mean a day or a clock time, none negated or corrected."""
        return [
            expression for expression in self.expressions if expression.days or expression.clock
        ]

    @property
    def has_day(self) -> bool:
        """Whether an expression means a day."""
        return any(expression.days for expression in self.expressions)

    @property
    def has_clock(self) -> bool:
        """Whether an expression means a clock time."""
        return any(expression.clock for expression in self.expressions)

    @property
    def is_clocked(self) -> bool:
        """Whether it has both a day and a clock time."""
        return self.has_day and self.has_clock

    @property
    def is_quoted(self) -> bool:
        """Whether the client reported it."""
        return Mark.QUOTED in self.marks

    @property
    def is_told_by_us(self) -> bool:
        """Whether it depends on a reporting clause of ours: "I told her ..."."""
        return self.governor is not None and not self.is_quoted
