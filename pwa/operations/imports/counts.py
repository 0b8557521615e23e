"""What became of the rows of a list."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from pwa.intake import Problem


class RowResult(StrEnum):
    """What became of one row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


@dataclass(slots=True)
class Counts:
    """Rows by what became of them; together they are the rows read."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.created + self.updated + self.unchanged + self.skipped

    def add(self, verdict: RowResult) -> None:
        """Count one more row."""
        setattr(self, verdict.value, getattr(self, verdict.value) + 1)

    def as_dict(self) -> dict[str, int]:
        """The four counts by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: `share` of the whole work, 0 to 1, and the problems since the last."""

    counts: Counts
    share: float
    problems: Sequence[Problem] = ()


Report = Callable[[Progress], None]
