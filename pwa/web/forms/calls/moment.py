"""The moment of an event as submitted: by the phone's clock, by ours, or typed by hand."""

from dataclasses import dataclass
from datetime import datetime

from pwa.web.forms.fields import EARLIEST, LATEST, Fields
from pwa.web.text.client_clock import corrected
from pwa.web.text.datetime_filters import zone

OURS = "ours"


@dataclass(frozen=True)
class MomentField:
    """`typed` is the field as submitted, to be shown again unchanged.

    `clock` says by whose clock a moment with a zone is: `OURS`, else the phone's, which may be
    wrong. `by_phone` is what the phone filled in where the field holds a time without a zone.
    """

    typed: str = ""
    clock: str = ""
    by_phone: str = ""

    @classmethod
    def read(cls, fields: Fields) -> "MomentField":
        """The fields as submitted."""
        return cls(*(fields.form.get(name, "") for name in ("at", "clock", "at_phone")))

    @classmethod
    def ours(cls, at: datetime) -> "MomentField":
        """A moment that was read from our own clock."""
        return cls(at.isoformat(), OURS)

    @property
    def at(self) -> datetime | None:
        """The moment by our clock; None for none, or one that is not of this century.

        What was filled in by hand is in the person's own zone.
        """
        moment = _parse(self.typed)
        if moment is None:
            return None
        if moment.tzinfo:
            return moment if self.clock == OURS else corrected(moment)
        local = moment.replace(tzinfo=zone())
        by_phone = _parse(self.by_phone)
        if by_phone and by_phone.tzinfo and _to_minute(by_phone.astimezone(zone())) == local:
            return corrected(by_phone)
        return local

    @property
    def phone(self) -> str:
        """The moment by the phone's clock, for a field that shows it without its zone."""
        moment = _parse(self.typed)
        if moment and moment.tzinfo:
            return "" if self.clock == OURS else self.typed
        return self.by_phone


def _parse(typed: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return moment if EARLIEST <= moment.date() < LATEST else None


def _to_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
