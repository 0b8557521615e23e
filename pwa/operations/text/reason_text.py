"""The reason line of a row on the day list (R19)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pwa.i18n import gettext as _
from pwa.i18n import ngettext
from pwa.operations.text.datetime_text import clock_time, day, day_phrase, span
from pwa.operations.text.stage_text import stage_text
from pwa.rules.commitments.bookings import PASSED_AFTER
from pwa.rules.day_list.postponements import AGREE_A_TIME_AFTER, MENTION_AFTER
from pwa.rules.day_list.reason import Reason
from pwa.rules.day_list.row import Row
from pwa.rules.vocabulary.enums import ReasonCode, RowTier
from pwa.rules.vocabulary.person_names import first_name
from pwa.rules.vocabulary.timezones import local_day

_BY_CADENCE = frozenset({ReasonCode.CADENCE_DUE, ReasonCode.CADENCE_LATE, ReasonCode.INTENSIFIED})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the line; `tone` is "late", "wrong", "when" for a time window, or empty."""

    words: str
    tone: str = ""


def why(row: Row, now: datetime, zone: ZoneInfo) -> tuple[Part, ...]:
    """The parts of the line: the reason, how late it is, when the contact can be reached."""
    step = row.step
    parts = [*_tried_today(row, step), *_reason(step, row, now, zone)]
    return (*parts, *_repeated_attempts(row), *_reachable(row, now, zone))


def why_line(row: Row, now: datetime, zone: ZoneInfo) -> str:
    """The reason line as plain text."""
    return " · ".join(part.words for part in why(row, now, zone))


def _tried_today(row: Row, step: Reason) -> list[Part]:
    if step.reason is not ReasonCode.RETRY:
        return []
    return [Part(_("Voicemail left today") if step.voicemail else _("Tried today"))]


def _repeated_attempts(row: Row) -> list[Part]:
    """Mentions repeated postponements and days without reaching anyone (R21)."""
    parts = []
    days = row.unreached
    if row.asks_for_a_time:
        words = _("Not reached on %(days)d days: agree a time in their channel", days=days)
        parts.append(Part(words, "late"))
    elif days >= AGREE_A_TIME_AFTER and row.tier is not RowTier.BOOKED:
        parts.append(Part(_("Not reached on %(days)d days: call again", days=days), "late"))
    if row.put_off == MENTION_AFTER:
        parts.append(Part(_("put off three times"), "late"))
    elif row.put_off > MENTION_AFTER:
        parts.append(Part(_("put off %(times)d times", times=row.put_off), "late"))
    return parts


def _reason(step: Reason, row: Row, now: datetime, zone: ZoneInfo) -> list[Part]:
    """Why the client is on the list; a retry keeps the words of what is tried again.

    Raises KeyError for a code without words.
    """
    code = step.of or step.reason
    if code in _BY_CADENCE:
        return _cadence(code, step, row, now, zone)
    return _WORDS[code](step, now, zone)


def _cadence(code: ReasonCode, step: Reason, row: Row, now: datetime, zone: ZoneInfo) -> list[Part]:
    stage = stage_text(step.stage, row.kind)
    if code is ReasonCode.INTENSIFIED:
        words = _("%(stage)s for now: %(reason)s", stage=stage, reason=step.words)
        return [Part(words), *_late(step)]
    return [Part(stage), *(_late(step) or _due(step, now, zone))]


def _first(step: Reason, now: datetime, zone: ZoneInfo) -> list[Part]:
    words = _("First call: make a good beginning")
    return [Part(words), *(_late(step) or _by(step, now, zone))]


def _promise(step: Reason, now: datetime, zone: ZoneInfo) -> list[Part]:
    words = _("You promised: %(words)s", words=step.words)
    return [Part(words), *(_late(step) or _due(step, now, zone, "late"))]


def _preference(_step: Reason, _now: datetime, _zone: ZoneInfo) -> list[Part]:
    return [Part(_("Ask how they like to hear from you"))]


def _quote(step: Reason, _now: datetime, _zone: ZoneInfo) -> list[Part]:
    return [Part(_("Quote: %(title)s", title=step.words)), *_late(step)]


def _roadmap(step: Reason, _now: datetime, _zone: ZoneInfo) -> list[Part]:
    return [Part(_("Roadmap: %(title)s", title=step.words)), *_late(step)]


def _recap(step: Reason, now: datetime, zone: ZoneInfo) -> list[Part]:
    words = _("Write the recap: you spoke %(day)s", day=day_phrase(step.due or now, now, zone))
    return [Part(words), *(_late(step) or _due(step, now, zone, "late"))]


def _check(step: Reason, _now: datetime, _zone: ZoneInfo) -> list[Part]:
    words = _("Ask whether it is right again: %(cause)s", cause=step.words)
    return [Part(words), *_late(step)]


def _thread(step: Reason, _now: datetime, _zone: ZoneInfo) -> list[Part]:
    words = _("Written about twice within a week. Talk instead")
    if step.words:
        words = _("Written about twice: %(title)s. Talk instead", title=step.words)
    return [Part(words), *_late(step)]


def _unheard(step: Reason, now: datetime, zone: ZoneInfo) -> list[Part]:
    """A neglected contact (R7), and who had contact instead."""
    beside = step.beside
    assert beside is not None
    words = {
        "by": first_name(beside.by),
        "other": first_name(beside.name),
        "day": day_phrase(beside.on, now, zone),
        "name": first_name(step.contact.name) if step.contact else "",
        "num": beside.days,
    }
    if beside.by:
        line = _(
            "%(by)s spoke to %(other)s %(day)s; %(name)s has heard nothing for %(num)d days",
            **words,
        )
    else:
        line = _(
            "You spoke to %(other)s %(day)s; %(name)s has heard nothing for %(num)d days", **words
        )
    return [Part(line), *_late(step)]


def _booked(step: Reason, now: datetime, zone: ZoneInfo) -> list[Part]:
    at = step.at or now
    time = clock_time(at, zone)
    if local_day(at, zone) == local_day(now, zone):
        if now > at + PASSED_AFTER:
            return [Part(_("Was booked for %(time)s", time=time), "late")]
        return [Part(_("Booked for %(time)s", time=time))]
    words = _("Booked for %(day)s %(time)s", day=day(at, now, zone), time=time)
    return [Part(words, "late" if at < now else "")]


def _confirm_booking(step: Reason, now: datetime, zone: ZoneInfo) -> list[Part]:
    time = clock_time(step.at or now, zone)
    return [Part(_("Booked for %(time)s: did it happen?", time=time), "late")]


def _find_number(_step: Reason, _now: datetime, _zone: ZoneInfo) -> list[Part]:
    return [Part(_("The number is wrong"), "late")]


def _recovery(step: Reason, now: datetime, _zone: ZoneInfo) -> list[Part]:
    left = (step.at or now) - now
    if left <= timedelta(0):
        state = _("%(span)s over time", span=span(-left))
    else:
        state = _("%(span)s left", span=span(left))
    words = _("Make it right: %(cause)s", cause=step.words)
    if step.again:
        words = _("The second time: %(cause)s", cause=step.words)
    return [Part(words, "wrong"), Part(state, "wrong")]


def _late(step: Reason) -> list[Part]:
    if not step.days_late:
        return []
    return [Part(ngettext("%(num)d day late", "%(num)d days late", step.days_late), "late")]


def _due(step: Reason, now: datetime, zone: ZoneInfo, tone: str = "") -> list[Part]:
    """The due day: usually today; later on the list of a coming day, shown in advance."""
    return [Part(_("due %(day)s", day=day(step.due, now, zone)), tone)] if step.due else []


def _by(step: Reason, now: datetime, zone: ZoneInfo) -> list[Part]:
    return [Part(_("by %(day)s", day=day(step.due, now, zone)))] if step.due else []


def _reachable(row: Row, now: datetime, zone: ZoneInfo) -> list[Part]:
    """When the contact can be reached, unless it is the ordinary working day."""
    contact = row.step.contact
    if row.tier is RowTier.BOOKED:
        return []
    if row.waits_until:
        later = row.waits_until
        words = clock_time(later, zone)
        if later.astimezone(zone).date() != now.astimezone(zone).date():
            words = day(later, now, zone)
        return [Part(_("from %(time)s", time=words), "when")]
    stated = contact is not None and contact.preference.end is not None
    if row.open_now and stated and row.window:
        until = clock_time(row.window.closes, zone)
        return [Part(_("free until %(time)s", time=until), "when")]
    return []


# Each code but the cadence's own, and a retry, which has the words of what it tries again.
_WORDS = {
    ReasonCode.RECOVERY: _recovery,
    ReasonCode.BOOKED: _booked,
    ReasonCode.CONFIRM_BOOKING: _confirm_booking,
    ReasonCode.PROMISE_DUE: _promise,
    ReasonCode.PROMISE_LATE: _promise,
    ReasonCode.RECAP_DUE: _recap,
    ReasonCode.CHECK: _check,
    ReasonCode.FIRST: _first,
    ReasonCode.UNHEARD: _unheard,
    ReasonCode.THREAD: _thread,
    ReasonCode.FIND_NUMBER: _find_number,
    ReasonCode.PREFERENCE_UNKNOWN: _preference,
    ReasonCode.PREFERENCE_UNMET: _preference,
    ReasonCode.QUOTE: _quote,
    ReasonCode.ROADMAP: _roadmap,
}
