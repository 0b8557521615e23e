"""The letter that goes with an invitation, and the invitation itself (R3)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from pwa.models import Booking, Client, User
from pwa.operations.text import datetime_text
from pwa.operations.text.invitation_file import Invitation, Person
from pwa.rules.scheduling.durations import row_minutes
from pwa.rules.vocabulary.enums import Kind, RowKind
from pwa.web.text import phone_text

_KINDS = {Kind.CALL: RowKind.CALL, Kind.VIDEO: RowKind.VIDEO, Kind.VISIT: RowKind.VISIT}
SHORTEST = 15  # minutes that a calendar shows well


def invitation(booking: Booking, sender: User) -> Invitation:
    """The event as the contact's calendar shows it."""
    contact = booking.contact
    kind = _KINDS.get(booking.kind, RowKind.CALL)
    minutes = row_minutes(kind, booking.client.usual_minutes.get(kind.value, ()))
    attendee = Person(contact.name, contact.email) if contact and contact.email else None
    return Invitation(
        uid=booking.invitation_uid,
        sequence=booking.sequence,
        at=booking.at,
        length=timedelta(minutes=max(SHORTEST, minutes)),
        summary=_summary(booking, sender),
        organizer=Person(sender.name, sender.email),
        attendee=attendee,
        place=booking.place or _address(booking),
        link=booking.link,
        cancelled=booking.cancelled_at is not None,
    )


def _summary(booking: Booking, sender: User) -> str:
    name = booking.contact.name if booking.contact else booking.client.name
    words = {
        Kind.VISIT: _("Visit: %(us)s and %(name)s", us=sender.name, name=name),
        Kind.VIDEO: _("Video call: %(us)s and %(name)s", us=sender.name, name=name),
    }
    return words.get(booking.kind, _("Call: %(us)s and %(name)s", us=sender.name, name=name))


def _address(booking: Booking) -> str | None:
    client: Client = booking.client
    parts = (client.address, client.town)
    return ", ".join(part for part in parts if part) or None if booking.kind is Kind.VISIT else None


def subject(booking: Booking) -> str:
    """The subject of the e-mail."""
    if booking.cancelled_at:
        return _("Cancelled: our conversation on %(day)s", day=_day(booking))
    return _("Our conversation on %(day)s", day=_day(booking))


def letter(booking: Booking, sender: User) -> str:
    """The whole letter, by the contact's clock."""
    name = booking.contact.first_name if booking.contact else ""
    parts = [
        _("Dear %(name)s,", name=name) if name else _("Hello,"),
        *(_cancelled(booking) if booking.cancelled_at else _agreed(booking)),
        _("Kind regards,") + f"\n{sender.name}",
    ]
    return "\n\n".join(parts)


def _agreed(booking: Booking) -> list[str]:
    when = {"day": _day(booking), "time": _time(booking)}
    if booking.sequence:
        first = _("Our conversation has moved to %(day)s at %(time)s.", **when)
    else:
        first = _("Thank you for making time. We will speak on %(day)s at %(time)s.", **when)
    parts = [" ".join(filter(None, (first, _how(booking))))]
    parts.append(
        _("The attached invitation replaces the earlier one in your calendar.")
        if booking.sequence
        else _("I have attached an invitation for your calendar.")
    )
    parts.append(
        _("If this time no longer suits you, please let me know and we will find another.")
    )
    return parts


def _cancelled(booking: Booking) -> list[str]:
    when = {"day": _day(booking), "time": _time(booking)}
    return [
        _("I am sorry, but our conversation on %(day)s at %(time)s is cancelled.", **when),
        _("The attached file removes it from your calendar."),
    ]


def _how(booking: Booking) -> str:
    place = booking.place or _address(booking)
    if booking.kind is Kind.VISIT:
        return _("I will come to you: %(place)s.", place=place) if place else _("I will visit you.")
    if booking.link:
        return _("You can join here: %(link)s", link=booking.link)
    phone = booking.contact.dial_phone if booking.contact else None
    if booking.kind is Kind.CALL and phone:
        return _("I will call you on %(phone)s.", phone=phone_text.international(phone))
    return ""


def _local(booking: Booking) -> datetime:
    client, contact = booking.client, booking.contact
    there = contact.zone if contact else ZoneInfo(client.timezone or client.owner.timezone)
    return booking.at.astimezone(there)


def _day(booking: Booking) -> str:
    local = _local(booking)
    weekday, month = datetime_text.weekday(local.weekday()), datetime_text.month(local.month)
    return f"{weekday} {local.day} {month}"


def _time(booking: Booking) -> str:
    return datetime_text.hour(_local(booking).time())
