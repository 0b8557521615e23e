"""When something was, as a form says it: by the phone's clock, by ours, or filled in by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pwa.web.forms.fields import EARLIEST, LATEST
from pwa.web.text.client_clock import corrected
from pwa.web.text.datetime_filters import zone

OURS = "ours"


@dataclass(frozen=True)
class MomentField:
    """`given` is the field as it came, to be shown again as it was.

    `clock` says by whose clock a moment with a zone is: `OURS`, else the phone's, which may be
    wrong. `by_phone` is what the phone filled in where the field holds a time without a zone.
    """

    given: str = ""
    clock: str = ""
    by_phone: str = ""

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "MomentField":
        """The fields as they came."""
        return cls(values.get("at", ""), values.get("clock", ""), values.get("at_phone", ""))

    @classmethod
    def ours(cls, at: datetime) -> "MomentField":
        """A moment that was read from our own clock."""
        return cls(at.isoformat(), OURS)

    @property
    def at(self) -> datetime | None:
        """The moment by our clock; None for none, or one that is not of this century.

        What was filled in by hand is in the person's own zone.
        """
        said = _parse(self.given)
        if said is None:
            return None
        if said.tzinfo:
            return said if self.clock == OURS else corrected(said)
        there = said.replace(tzinfo=zone())
        by_phone = _parse(self.by_phone)
        if by_phone and by_phone.tzinfo and _same_minute(by_phone.astimezone(zone()), there):
            return corrected(by_phone)
        return there

    @property
    def phone(self) -> str:
        """What the phone's clock said, for a field that shows it without its zone."""
        said = _parse(self.given)
        if said and said.tzinfo:
            return "" if self.clock == OURS else self.given
        return self.by_phone


def _parse(given: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        return None
    return moment if EARLIEST <= moment.date() < LATEST else None


def _same_minute(one: datetime, other: datetime) -> bool:
    return one.replace(second=0, microsecond=0) == other
