"""The client's perspective in words: the strip of days, and why to ask a contact again (R4, R7)."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from pwa.models import Contact
from pwa.operations.client_page.client_perspective import ContactPerspective
from pwa.operations.text.datetime_text import month
from pwa.rules.contact.client_perspective import DayExperience, DayView, OverallExperience
from pwa.rules.contact.preference import AskReason, UnmetPreference, kind_of
from pwa.rules.vocabulary.calendar import later
from pwa.rules.vocabulary.enums import Channel, Kind
from pwa.web.text.datetime_filters import day, today

HALF_A_YEAR = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class StripDay:
    """A day of the strip: its date, its state as the picture names it, and the state in words."""

    date: str
    state: str
    words: str


def init_app(app: Flask) -> None:
    """Registers the filters and functions for templates."""
    app.jinja_env.filters.update(strip_day=strip_day)
    app.jinja_env.globals.update(
        strip_caption=caption,
        strip_key=strip_key,
        they_say=they_say,
        ask_words=ask_words,
        asked_words=asked_words,
    )


def strip_day(view: DayView) -> StripDay:
    """A day as the strip shows it; without words on a day when nothing was expected."""
    if view.got is None:
        return StripDay(day(view.day), "", "")
    return StripDay(day(view.day), view.got.value, got_words(view.got))


def got_words(got: DayExperience) -> str:
    """A day's state in the contact's words."""
    return {
        DayExperience.ASKED: _("heard from us the way they asked"),
        DayExperience.OTHER: _("heard from us another way"),
        DayExperience.SILENT: _("expected us and heard nothing"),
        DayExperience.WRONG: _("something went wrong"),
    }[got]


def strip_key(view: ContactPerspective) -> list[tuple[str, str]]:
    """The legend of the strip: (state, words) of the states that occur in it."""
    present = {shown.got for shown in view.days}
    return [(got.value, got_words(got)) for got in DayExperience if got in present]


def caption(view: ContactPerspective) -> str:
    """The strip's caption: "Heard from us on 9 days of 28, on 7 of them the way they asked.".

    Days before we knew them are not counted: nobody hears nothing for longer than that.
    """
    since = (view.days[-1].day - view.known_since).days
    asked = sum(shown.got is DayExperience.ASKED for shown in view.days)
    heard = asked + sum(shown.got is DayExperience.OTHER for shown in view.days)
    if not heard:
        return _heard_nothing(min(since, len(view.days)))
    words = ngettext(
        "Heard from us on %(num)d day of %(days)d",
        "Heard from us on %(num)d days of %(days)d",
        heard,
        days=min(since + 1, len(view.days)),
    )
    if view.ask is AskReason.UNKNOWN:
        return _("%(words)s.", words=words)
    if asked == heard:
        return _("%(words)s, always the way they asked.", words=words)
    if not asked:
        return _("%(words)s, never the way they asked.", words=words)
    return _("%(words)s, on %(asked)d of them the way they asked.", words=words, asked=asked)


def _heard_nothing(days: int) -> str:
    if days <= 0:
        return _("Added today: nothing to show yet.")
    return ngettext(
        "Heard nothing from us in %(num)d day.", "Heard nothing from us in %(num)d days.", days
    )


def they_say(contact: Contact, view: ContactPerspective) -> str:
    """The contact's verdict, below the strip; empty without one."""
    verdict = view.verdict
    if verdict is None:
        return ""
    channel = contact.preference.channel if contact.preference else None
    complaint = _complaint(verdict.unmet, channel) if verdict.unmet and channel else ""
    words = {
        OverallExperience.NEVER: _("we never hear from you"),
        OverallExperience.WRONG: _(
            "something went wrong, and you have not talked with me about it"
        ),
        OverallExperience.OTHERWISE: complaint,
        OverallExperience.AS_ASKED: _("you keep in touch the way I asked"),
        OverallExperience.NOT_ASKED: _("nobody asked me how I like to hear from you"),
    }[verdict.says]
    if verdict.says is OverallExperience.NEVER and complaint:
        words = f"{words}; {complaint}"
    return _("%(name)s would say: %(words)s", name=contact.first_name, words=words)


def asked_words(contact: Contact, view: ContactPerspective) -> str:
    """The day when the contact was asked, and the month to ask again while that lies ahead."""
    preference = contact.preference
    if preference is None or preference.asked_on is None:
        return ""
    words = _("Asked %(day)s.", day=day(preference.asked_on))
    if view.ask or view.good_until is None:
        return words
    return words + " " + _("Ask again in %(month)s.", month=month(later(view.good_until).month))


def ask_words(contact: Contact, view: ContactPerspective) -> str:
    """The reason to ask the contact again (R7); empty without one, or if they were never asked."""
    preference = contact.preference
    if view.ask is AskReason.UNMET and view.unmet and preference and preference.channel:
        return _unmet(view.unmet, preference.channel)
    if view.ask is not AskReason.OLD or not preference or not preference.asked_on:
        return ""
    if today() - preference.asked_on > HALF_A_YEAR:
        return _("Asked more than half a year ago: ask again.")
    return _("Asked a while ago: ask again.")


def _unmet(missed: UnmetPreference, channel: Channel) -> str:
    """For example: "They asked for e-mail; the last four were calls: ask again."."""
    whole = missed.missed == missed.looked_at
    if missed.kind is kind_of(channel) and whole:
        words = _("They named their days and hours; the last %(all)s were outside them")
    elif missed.kind is kind_of(channel):
        words = _(
            "They named their days and hours; %(count)s of the last %(all)s were outside them"
        )
    elif whole:
        words = _("They asked for %(wish)s; the last %(all)s were %(kind)s")
    else:
        words = _("They asked for %(wish)s; %(count)s of the last %(all)s came another way")
    values = {
        "wish": _wish(channel),
        "count": _number(missed.missed),
        "all": _number(missed.looked_at),
        "kind": _kinds(missed.kind),
    }
    return _("%(what)s: ask again.", what=words % values)


def _complaint(missed: UnmetPreference, channel: Channel) -> str:
    """For example: "you call, although I asked for e-mail"."""
    if missed.kind is kind_of(channel):
        return _("%(what)s outside the hours I named", what=_you(missed.kind))
    return _("%(what)s, although I asked for %(wish)s", what=_you(missed.kind), wish=_wish(channel))


def _you(kind: Kind) -> str:
    return {
        Kind.CALL: _("you call"),
        Kind.VISIT: _("you come by"),
        Kind.VIDEO: _("you call by video"),
        Kind.EMAIL: _("you send e-mails"),
        Kind.TEXT: _("you send texts"),
    }[kind]


def _kinds(kind: Kind) -> str:
    return {
        Kind.CALL: _("calls"),
        Kind.VISIT: _("visits"),
        Kind.VIDEO: _("video calls"),
        Kind.EMAIL: _("e-mails"),
        Kind.TEXT: _("texts"),
    }[kind]


def _wish(channel: Channel) -> str:
    return {
        Channel.PHONE: _("calls"),
        Channel.VIDEO: _("video"),
        Channel.VISIT: _("visits"),
        Channel.EMAIL: _("e-mail"),
        Channel.TEXT: _("texts"),
    }[channel]


def _number(count: int) -> str:
    return {2: _("two"), 3: _("three"), 4: _("four")}.get(count, str(count))
