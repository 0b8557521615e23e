"""Counts of rows by the result of their import."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from pwa.intake import Problem


class RowResult(StrEnum):
    """The result of importing a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


@dataclass(slots=True)
class Counts:
    """Numbers of rows by result; their sum is the number of rows read."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.created + self.updated + self.unchanged + self.skipped

    def add(self, result: RowResult) -> None:
        """Count one more row."""
        setattr(self, result.value, getattr(self, result.value) + 1)

    def as_dict(self) -> dict[str, int]:
        """The four counts by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of an import: the share of the work done (0 to 1), and problems since the last."""

    counts: Counts
    share: float
    problems: Sequence[Problem] = ()


Report = Callable[[Progress], None]
