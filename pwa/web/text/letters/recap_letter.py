"""The recap of a conversation as a letter, ending on how it was settled (R3, R16)."""

from dataclasses import dataclass
from datetime import date, datetime

from pwa.i18n import gettext as _
from pwa.rules.vocabulary.enums import Kind
from pwa.web.text.letters.letter import Correspondents, Item, NextTalk, at_time, next_talk, on_day


@dataclass(frozen=True, slots=True)
class Wrong:
    """What went wrong, and what is done about it; `know_by` is by the reader's clock."""

    cause: str
    make_good: str = ""
    know_by: datetime | None = None
    prevention: Item | None = None


@dataclass(frozen=True, slots=True)
class RecapFacts:
    """What a conversation on `day` left: `rhythm` is how often they hear from us, if agreed."""

    who: Correspondents
    kind: Kind
    day: date
    wrong: Wrong | None = None
    late: tuple[Item, ...] = ()
    done: tuple[Item, ...] = ()
    still_open: tuple[Item, ...] = ()
    promised: tuple[Item, ...] = ()
    rhythm: str = ""
    next_talk: NextTalk | None = None


def recap_letter(facts: RecapFacts) -> str:
    """The whole letter; what the conversation did not touch is left out."""
    who = facts.who
    thanks = _("Thank you for your time.")
    apologies = [*_what_went_wrong(facts), who.apology(facts.late)]
    agreed = [
        who.listed(_("Done:"), facts.done),
        who.listed(_("Still open:"), facts.still_open),
        who.listed(_("What I promised you:"), facts.promised),
        _from_now_on(facts),
    ]
    if not any((*apologies, *agreed)):
        return who.letter([_nothing_agreed(thanks, facts)])
    intro = _("Here is what we agreed:") if any(agreed) else ""
    opening = [thanks, *apologies, intro] if any(apologies) else [f"{thanks} {intro}"]
    mistaken = _("If you remember anything differently, let me know and I'll correct it.")
    return who.letter([*opening, *agreed, mistaken, _settled(facts)])


def recap_subject(day: date) -> str:
    """The subject of the e-mail."""
    return _("Our conversation on %(day)s", day=on_day(day))


def _what_went_wrong(facts: RecapFacts) -> list[str]:
    wrong, turned = facts.wrong, facts.who.turned
    if wrong is None:
        return []
    parts = [_("I am sorry for what went wrong: %(cause)s.", cause=turned(wrong.cause))]
    if wrong.make_good:
        what = turned(wrong.make_good)
        parts.append(_("Here is what we are doing about it: %(what)s.", what=what))
    elif wrong.know_by:
        when = at_time(wrong.know_by)
        parts.append(_("I will tell you by %(when)s what we do about it.", when=when))
    if wrong.prevention and wrong.prevention.day:
        what, day = turned(wrong.prevention.words), on_day(wrong.prevention.day)
        words = _("And so that it does not happen again: %(what)s, by %(day)s.", what=what, day=day)
        parts.append(words)
    return parts


def _from_now_on(facts: RecapFacts) -> str:
    rhythm = facts.rhythm
    how_often = _("From now on, you will hear from me %(how)s.", how=rhythm) if rhythm else ""
    return " ".join(filter(None, (how_often, next_talk(facts.next_talk))))


def _where(facts: RecapFacts) -> str:
    how = {Kind.VISIT: _("in person"), Kind.VIDEO: _("by video")}
    return how.get(facts.kind, _("on the phone"))


def _settled(facts: RecapFacts) -> str:
    where, day = _where(facts), on_day(facts.day)
    return _("We settled this %(where)s on %(day)s.", where=where, day=day)


def _nothing_agreed(thanks: str, facts: RecapFacts) -> str:
    talked = _("We talked %(where)s on %(day)s.", where=_where(facts), day=on_day(facts.day))
    more = _("If there is anything you would like to add, let me know.")
    return f"{thanks} {talked} {more}"
