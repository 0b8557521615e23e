"""A client's due dates, preferences and missing contact data in words."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from pwa import clock
from pwa.models import Booking, Contact, Preference, Recovery
from pwa.operations.client_state import client_rows
from pwa.operations.preferences import writing_guard
from pwa.operations.text import preference_text as in_words
from pwa.rules.commitments import bookings
from pwa.rules.commitments.bookings import BookingState
from pwa.rules.vocabulary.enums import Channel
from pwa.rules.vocabulary.person_names import first_name
from pwa.web.text import message_links, phone_text
from pwa.web.text.datetime_filters import WEEKDAYS, clock_time, day, today, weekday, zone
from pwa.web.text.labels import label


class ToneText(NamedTuple):
    """Words with their colour: "call", "visit", "late", "wrong" or none."""

    look: str
    words: str


def init_app(app: Flask) -> None:
    """Registers the filters and functions for templates."""
    app.jinja_env.filters.update(first_name=first_name, due=due, wishes=wishes, debts=debts)
    app.jinja_env.filters.update(their_time=their_time, to_talk_about=to_talk_about)
    app.jinja_env.filters.update(booking_state=booking_state)
    app.jinja_env.filters.update(mail_link=message_links.mail, text_link=message_links.text)
    app.jinja_env.tests.update(by_whatsapp=message_links.by_whatsapp)
    app.jinja_env.globals.update(weekday_options=weekday_options)


def due(value: date) -> ToneText:
    """A due date, with the number of days for a late one."""
    late = (today() - value).days
    if late > 0:
        return ToneText("late", ngettext("%(num)d day late", "%(num)d days late", late))
    return ToneText("", _("due %(day)s", day=day(value)))


def wishes(preference: Preference) -> list[ToneText]:
    """The chips of a preference: channel, hours and days, how often or only when needed."""
    chips = []
    if preference.channel:
        look = "visit" if preference.channel is Channel.VISIT else "call"
        text_by = preference.channel is Channel.TEXT and preference.text_by
        channel = label(text_by or preference.channel)
        chips.append(ToneText(look, _("%(channel)s first", channel=channel)))
    rule = client_rows.wishes(preference)
    when = ", ".join(part for part in (in_words.hours(rule), in_words.days(rule)) if part)
    if when:
        chips.append(ToneText("call", when))
    if preference.how_often:
        chips.append(ToneText("call", label(preference.how_often)))
    if preference.only_when_needed:
        chips.append(ToneText("", _("only when it concerns them")))
    return chips


def debts(contact: Contact) -> list[str]:
    """The data missing to reach the contact, each with the link to add it."""
    name = contact.first_name
    if contact.number_wrong_since and contact.phone:
        number = phone_text.phone(contact.phone)
        return [_("%(number)s is not %(name)s's number.", number=number, name=name)]
    if contact.phone_given and not contact.phone:
        return [
            _(
                "“%(given)s” cannot be dialled. Mend the number and you can call %(name)s.",
                given=contact.phone_given,
                name=name,
            )
        ]
    if not contact.phone and not contact.email:
        words = _("No phone and no e-mail yet. Find one and %(name)s can hear from you.", name=name)
        return [words]
    return []


def booking_state(booking: Booking) -> BookingState:
    """Whether a booking is ahead, asked about, or missed."""
    return bookings.booking_state(booking.at, clock.now(), booking.client.owner.zone)


def their_time(booking: Booking) -> str:
    """The booked time in the contact's zone, empty where that is the user's."""
    if booking.contact is None:
        return ""
    theirs = booking.at.astimezone(booking.contact.zone)
    ours = booking.at.astimezone(zone())
    if theirs.utcoffset() == ours.utcoffset():
        return ""
    at = clock_time(theirs.timetz().replace(tzinfo=None))
    if theirs.date() != ours.date():
        at = f"{weekday(WEEKDAYS[theirs.weekday()])} {at}"
    return ", " + _("%(time)s for %(name)s", time=at, name=booking.contact.first_name)


def weekday_options() -> list[tuple[str, str]]:
    """(value, short name) of the weekdays, for a row of buttons."""
    short = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return list(zip(WEEKDAYS, short, strict=True))


def to_talk_about(recoveries: Iterable[Recovery], contact: Contact) -> list[Recovery]:
    """The recoveries to talk about with the contact before anyone writes to them (R15)."""
    return [recovery for recovery in recoveries if writing_guard.is_blocked([recovery], contact)]
