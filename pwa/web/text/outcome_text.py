"""The possible outcomes of a call, a visit or a message, and their words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy

from pwa.models import Interaction
from pwa.rules.vocabulary.enums import Direction, Kind, Outcome
from pwa.web.text import datetime_filters

# Per kind and direction: the outcomes offered at once, then those behind "Something else".
_TRIED = (Outcome.SPOKE, Outcome.VOICEMAIL, Outcome.NO_ANSWER)
_CALL = (
    _TRIED,
    (Outcome.BUSY, Outcome.WRONG_NUMBER, Outcome.COLLEAGUE_ANSWERED, Outcome.LEFT),
)
_CALL_IN = (_TRIED, ())
_VISIT = ((Outcome.VISITED, Outcome.NOT_IN), (Outcome.LEFT,))
_VIDEO = ((Outcome.SPOKE, Outcome.NO_ANSWER), ())
_WRITING = ((Outcome.WRITTEN,), ())
_OFFERED = {Kind.VISIT: _VISIT, Kind.VIDEO: _VIDEO, Kind.EMAIL: _WRITING, Kind.TEXT: _WRITING}

_BUTTONS = {
    Outcome.SPOKE: lazy("We spoke"),
    Outcome.VOICEMAIL: lazy("Voicemail"),
    Outcome.NO_ANSWER: lazy("No answer"),
    Outcome.BUSY: lazy("Busy"),
    Outcome.WRONG_NUMBER: lazy("Wrong number"),
    Outcome.VISITED: lazy("I was there"),
    Outcome.NOT_IN: lazy("Not in"),
    Outcome.WRITTEN: lazy("I wrote"),
    Outcome.COLLEAGUE_ANSWERED: lazy("A colleague answered"),
    Outcome.LEFT: lazy("No longer works there"),
}
_BUTTONS_IN = {
    Outcome.NO_ANSWER: lazy("I missed it"),
    Outcome.VISITED: lazy("They were here"),
    Outcome.WRITTEN: lazy("They wrote"),
}

Offer = tuple[tuple[str, str], ...]


def offered(kind: Kind, direction: Direction) -> tuple[Offer, Offer]:
    """(value, words) of the outcomes offered at once, and of those behind "Something else"."""
    incoming_call = (kind, direction) == (Kind.CALL, Direction.IN)
    first, more = _CALL_IN if incoming_call else _OFFERED.get(kind, _CALL)
    return _worded(first, direction), _worded(more, direction)


def possible(kind: Kind, direction: Direction) -> frozenset[str]:
    """The values of the outcomes that such an interaction may have."""
    first, more = offered(kind, direction)
    return frozenset(value for value, _words in first + more)


def _worded(outcomes: tuple[Outcome, ...], direction: Direction) -> Offer:
    return tuple((o.value, button_words(o, direction)) for o in outcomes)


def button_words(outcome: Outcome, direction: Direction) -> str:
    """The label of an outcome's button."""
    words = _BUTTONS | (_BUTTONS_IN if direction == Direction.IN else {})
    return str(words[outcome])


def saved_as(row: Interaction) -> str:
    """What stands for an attempt that was answered differently meanwhile (two pages, one call)."""
    what = button_words(row.outcome, row.direction)
    if row.at.astimezone(datetime_filters.zone()).date() == datetime_filters.today():
        time = datetime_filters.clock_time(row.at)
        return _(
            "Already saved with a different outcome: %(what)s at %(time)s.", what=what, time=time
        )
    when = datetime_filters.moment(row.at)
    return _("Already saved with a different outcome: %(what)s, %(when)s.", what=what, when=when)


def summary(row: Interaction) -> str:
    """An interaction in a few words, for a line of history: "Call, 14 min"."""
    if row.minutes and row.outcome in {Outcome.SPOKE, Outcome.VISITED}:
        return _("%(what)s, %(minutes)d min", what=_event(row), minutes=row.minutes)
    return _event(row)


def _event(row: Interaction) -> str:
    incoming = row.direction == Direction.IN
    if row.outcome == Outcome.WRITTEN:
        ours = {Kind.TEXT: _("Sent a text")}.get(row.kind, _("Sent an e-mail"))
        theirs = {Kind.TEXT: _("They sent a text")}.get(row.kind, _("They sent an e-mail"))
        return theirs if incoming else ours
    if row.outcome == Outcome.VISITED:
        return _("They came to us") if incoming else _("Visited")
    if row.outcome == Outcome.SPOKE:
        if row.kind == Kind.VIDEO:
            return _("Video call")
        return _("They called") if incoming else _("Call")
    if incoming and row.outcome == Outcome.NO_ANSWER:
        return _("Missed their call")
    return str(_BUTTONS[row.outcome])


def question(name: str, company: str, kind: Kind, direction: Direction) -> str:
    """What is asked afterwards: how it went with a contact, or what was written."""
    if kind not in {Kind.EMAIL, Kind.TEXT}:
        if not name:
            return _("How did it go at %(client)s?", client=company)
        return _("How did it go with %(name)s?", name=name)
    if direction == Direction.IN:
        return _("What did %(name)s write?", name=name or company)
    return _("What did you send %(name)s?", name=name or company)
