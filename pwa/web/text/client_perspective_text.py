"""What a contact sees of us, and why to ask them again, in words (R4, R7)."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from pwa.models import Contact
from pwa.operations.client_page.client_perspective import View
from pwa.operations.text.datetime_text import month
from pwa.rules.contact.client_perspective import DayExperience, DayView, OverallExperience
from pwa.rules.contact.preference import AskReason, UnmetPreference, kind_of
from pwa.rules.vocabulary.calendar import later
from pwa.rules.vocabulary.enums import Channel, Kind
from pwa.web.text.datetime_filters import day, today

HALF_A_YEAR = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class DaySaid:
    """A day of the strip: its date, its state as the picture knows it, and that in words."""

    date: str
    state: str
    said: str


def init_app(app: Flask) -> None:
    """Let templates say these things."""
    app.jinja_env.filters.update(day_said=day_said)
    app.jinja_env.globals.update(
        strip_caption=caption,
        strip_key=strip_key,
        they_say=they_say,
        ask_words=ask_words,
        asked_words=asked_words,
    )


def day_said(one: DayView) -> DaySaid:
    """A day as the strip shows it; nothing to say on a day that was nobody's turn."""
    if one.got is None:
        return DaySaid(day(one.day), "", "")
    return DaySaid(day(one.day), one.got.value, got_words(one.got))


def got_words(got: DayExperience) -> str:
    """What they would say of one day."""
    return {
        DayExperience.ASKED: _("heard from us the way they asked"),
        DayExperience.OTHER: _("heard from us another way"),
        DayExperience.SILENT: _("expected us and heard nothing"),
        DayExperience.WRONG: _("something went wrong"),
    }[got]


def strip_key(view: View) -> list[tuple[str, str]]:
    """What each shape of this strip means, for those that are in it."""
    present = {one.got for one in view.days}
    return [(got.value, got_words(got)) for got in DayExperience if got in present]


def caption(view: View) -> str:
    """Heard from us on 9 days of 28, on 7 of them the way they asked."""
    asked = sum(one.got is DayExperience.ASKED for one in view.days)
    heard = asked + sum(one.got is DayExperience.OTHER for one in view.days)
    if not heard:
        return _("Heard nothing from us in %(days)d days.", days=len(view.days))
    words = ngettext(
        "Heard from us on %(num)d day of %(days)d",
        "Heard from us on %(num)d days of %(days)d",
        heard,
        days=len(view.days),
    )
    if view.ask is AskReason.UNKNOWN:
        return _("%(words)s.", words=words)
    if asked == heard:
        return _("%(words)s, always the way they asked.", words=words)
    if not asked:
        return _("%(words)s, never the way they asked.", words=words)
    return _("%(words)s, on %(asked)d of them the way they asked.", words=words, asked=asked)


def they_say(contact: Contact, view: View) -> str:
    """The line below the strip; empty while they have no reason to say anything."""
    found = view.verdict
    if found is None:
        return ""
    channel = contact.preference.channel if contact.preference else None
    complaint = _complaint(found.unmet, channel) if found.unmet and channel else ""
    words = {
        OverallExperience.NEVER: _("we never hear from you"),
        OverallExperience.WRONG: _(
            "something went wrong, and you have not talked with me about it"
        ),
        OverallExperience.OTHERWISE: complaint,
        OverallExperience.AS_ASKED: _("you keep in touch the way I asked"),
        OverallExperience.NOT_ASKED: _("nobody asked me how I like to hear from you"),
    }[found.says]
    if found.says is OverallExperience.NEVER and complaint:
        words = f"{words}; {complaint}"
    return _("%(name)s would say: %(words)s", name=contact.first_name, words=words)


def asked_words(contact: Contact, view: View) -> str:
    """When we asked them, and in which month to ask again while that lies ahead."""
    said = contact.preference
    if said is None or said.asked_on is None:
        return ""
    words = _("Asked %(day)s.", day=day(said.asked_on))
    if view.ask or view.good_until is None:
        return words
    return words + " " + _("Ask again in %(month)s.", month=month(later(view.good_until).month))


def ask_words(contact: Contact, view: View) -> str:
    """Why to ask them again; empty where there is no reason, or nobody asked yet."""
    said = contact.preference
    if view.ask is AskReason.UNMET and view.unmet and said and said.channel:
        return _unmet(view.unmet, said.channel)
    if view.ask is not AskReason.OLD or not said or not said.asked_on:
        return ""
    if today() - said.asked_on > HALF_A_YEAR:
        return _("Asked more than half a year ago: ask again.")
    return _("Asked a while ago: ask again.")


def _unmet(missed: UnmetPreference, channel: Channel) -> str:
    """They asked for e-mail; the last four were calls: ask again."""
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
    said = {
        "wish": _wish(channel),
        "count": _number(missed.missed),
        "all": _number(missed.looked_at),
        "kind": _kinds(missed.kind),
    }
    return _("%(what)s: ask again.", what=words % said)


def _complaint(missed: UnmetPreference, channel: Channel) -> str:
    """You call, although I asked for e-mail."""
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
