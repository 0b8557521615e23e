"""A booking as typed: with whom, how, when and where; also for another time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from pwa.models import Booking, Client, Contact
from pwa.operations.calls.bookings import Where
from pwa.rules.vocabulary.enums import Kind
from pwa.web.forms.clients.contact import chosen_contact, zone_of
from pwa.web.forms.editing import Values
from pwa.web.forms.fields import Errors, Fields


@dataclass(frozen=True)
class BookingForm:
    """The contact, the kind, the moment and the place; day and time are in the contact's zone."""

    contact: Contact | None
    kind: Kind
    at: datetime | None
    where: Where
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], client: Client, now: datetime) -> "BookingForm":
        """A new booking, which has to be after `now`."""
        fields = Fields(form)
        contact = chosen_contact(fields, "contact_id", client)
        kind = fields.choice("kind", Kind) or Kind.CALL
        return cls._read(fields, client, contact, kind, now)

    @classmethod
    def parse_move(cls, form: Mapping[str, str], booking: Booking, now: datetime) -> "BookingForm":
        """Another time for a booking; contact and kind stay."""
        fields = Fields(form)
        return cls._read(fields, booking.client, booking.contact, booking.kind, now)

    @classmethod
    def _read(
        cls, fields: Fields, client: Client, contact: Contact | None, kind: Kind, now: datetime
    ) -> "BookingForm":
        wall = fields.moment("day", "time")
        at = wall.replace(tzinfo=zone_of(client, contact)) if wall else None
        if at and at <= now:
            fields.errors["day"] = _("That moment is gone. Choose one that is still to come.")
        where = Where(_link(fields), fields.optional("place", most=300))
        return cls(contact, kind, at, where, fields.errors)

    @staticmethod
    def values(booking: Booking) -> Values:
        """The stored values by field, in the zone of the contact."""
        local = booking.at.astimezone(zone_of(booking.client, booking.contact))
        return {
            "day": local.strftime("%Y-%m-%d"),
            "time": local.strftime("%H:%M"),
            "link": booking.link or "",
            "place": booking.place or "",
        }


def _link(fields: Fields) -> str | None:
    link = fields.optional("link", most=500)
    if link and not link.startswith(("https://", "http://")):
        fields.errors["link"] = _("Enter a link like https://meet.example.com/dana")
        return None
    return link
