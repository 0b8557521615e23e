"""Texts of notices about a recovery. Never the cause, and without full names nobody is named."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from pwa.push.notice_payload import clock, need_a_call
from pwa.push.payload import Action, Push, Who, Words, count, short
from pwa.rules.vocabulary.person_names import first_name

HALF_AN_HOUR = 25  # minutes from which people say so


class What(StrEnum):
    """The event that the notice is about, and its recipient."""

    OPENED = "opened"  # the client's manager: somebody else opened it
    DEADLINE = "deadline"  # the client's manager: half an hour is left
    MISSED = "missed"  # the supervisor: nobody talked to the client in time
    AGAIN = "again"  # the supervisor: the same went wrong before
    CLOSED = "closed"  # the supervisor: it was closed, and nobody had talked about it


class Became(StrEnum):
    """What became of a missed deadline."""

    TALKED = "talked"
    WAITING = "waiting"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Recovery:
    """A recovery as its notice needs it: `by` is its deadline where that is today, in local time;
    `left` how many minutes that is."""

    number: str
    who: Who
    manager: str
    url: str
    by: time | None = None
    left: int | None = None


def trouble(words: Words, what: What, recovery: Recovery) -> Push:
    """The push about one recovery; a later one about it replaces an earlier."""
    to_manager = what in (What.OPENED, What.DEADLINE)
    title, body = (_to_manager if to_manager else _to_supervisor)(words, what, recovery)
    actions = _actions(words, what, recovery.url) if to_manager else ()
    return Push(title, body, recovery.url, f"recovery-{recovery.number}", actions=actions)


def troubles(words: Words, number: int, first: Recovery) -> Push:
    """The push to the manager about several clients, of whom `first` is to be called first."""
    name = first.who.person if first.who.full else ""
    body = ""
    if first.by and name:
        values = {"name": name, "time": clock(first.by)}
        body = words.gettext("First: %(name)s by %(time)s.") % values
    elif first.by:
        body = words.gettext("First by %(time)s.") % {"time": clock(first.by)}
    elif name:
        body = words.gettext("First: %(name)s.") % {"name": name}
    later = (Action("hour", words.gettext("In an hour"), "/today"),)
    return Push(need_a_call(words, number), body, "/today", "recoveries", actions=later)


def escalations(words: Words, number: int) -> Push:
    """The push to a supervisor about several recoveries."""
    title = words.ngettext(
        "%(num)d recovery needs your attention", "%(num)d recoveries need your attention", number
    )
    return Push(
        count(title, number), words.gettext("Tap to see who to ask."), "/team", "recoveries"
    )


def outcome(words: Words, became: Became, recovery: Recovery, day: str, *, own: bool) -> Push:
    """What became of a deadline that was missed on `day`: to its manager (`own`) or supervisor."""
    title = {
        Became.TALKED: words.gettext("Called after the deadline"),
        Became.WAITING: words.gettext("Still waiting for a call"),
        Became.CLOSED: words.gettext("Closed without a conversation"),
    }[became]
    if recovery.who.firm:
        title = _about(words, title, recovery.who.firm)
    values = {"day": day, "manager": _manager(recovery)}
    body = words.gettext("The callback deadline was missed %(day)s.")
    if not own:
        body = words.gettext("The callback deadline was missed %(day)s, with %(manager)s.")
    return Push(title, body % values, recovery.url, f"recovery-{recovery.number}")


def outcomes(words: Words, number: int, waiting: int, url: str) -> Push:
    """What became of several missed deadlines, of whom so many clients are `waiting` still."""
    missed = words.ngettext(
        "%(num)d missed callback deadline", "%(num)d missed callback deadlines", number
    )
    still = words.ngettext(
        "%(num)d client is still waiting for a call.",
        "%(num)d clients are still waiting for a call.",
        waiting,
    )
    body = count(still, waiting) or words.gettext("Nobody is waiting for a call any more.")
    return Push(count(missed, number), body, url, "outcomes")


def _to_manager(words: Words, what: What, recovery: Recovery) -> tuple[str, str]:
    if not recovery.who.full:
        body = _by(words, recovery) or words.gettext("Tap to see who.")
        return need_a_call(words, 1), body
    known = {"name": recovery.who.person, "company": recovery.who.firm}
    if what is What.DEADLINE:
        body = words.gettext("%(company)s is waiting for your call.") % known
        return _about(words, _left(words, recovery.left), recovery.who.person), body
    title = words.gettext("Something went wrong: %(company)s") % known
    if recovery.by is None:
        return title, words.gettext("Call %(name)s first.") % known
    return title, words.gettext("Call %(name)s by %(time)s.") % {
        **known,
        "time": clock(recovery.by),
    }


def _by(words: Words, recovery: Recovery) -> str:
    return words.gettext("Call by %(time)s.") % {"time": clock(recovery.by)} if recovery.by else ""


def _left(words: Words, minutes: int | None) -> str:
    if minutes is None or minutes >= HALF_AN_HOUR:
        return words.gettext("Half an hour left")
    left = words.ngettext("%(num)d minute left", "%(num)d minutes left", minutes)
    return count(left, minutes) or words.gettext("Now")


def _to_supervisor(words: Words, what: What, recovery: Recovery) -> tuple[str, str]:
    title = {
        What.MISSED: words.gettext("Missed callback deadline"),
        What.AGAIN: words.gettext("A second time"),
        What.CLOSED: words.gettext("Closed without a conversation"),
    }[what]
    if recovery.who.firm:
        title = _about(words, title, recovery.who.firm)
    elif what is What.AGAIN:
        title = words.gettext("The same went wrong a second time")
    body = words.gettext("With %(manager)s.")
    if what is What.MISSED:
        body = words.gettext("%(manager)s's client is still waiting.")
    return title, body % {"manager": _manager(recovery)}


def _about(words: Words, text: str, name: str) -> str:
    return words.gettext("%(text)s: %(name)s") % {"text": text, "name": name}


def _manager(recovery: Recovery) -> str:
    full = recovery.who.full
    return short(recovery.manager if full else first_name(recovery.manager))


def _actions(words: Words, what: What, url: str) -> tuple[Action, ...]:
    call = Action("call", words.gettext("Call"), url)
    if what is What.DEADLINE:  # it comes half an hour before: an hour later is too late
        return (call,)
    return (call, Action("hour", words.gettext("In an hour"), url))
