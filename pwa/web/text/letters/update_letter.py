"""The written update to a contact who asked for writing: done, open, owed and by when (R2)."""

from dataclasses import dataclass
from datetime import date

from pwa.i18n import gettext as _
from pwa.web.text.letters.letter import Correspondents, Item, NextTalk, next_talk, on_day


@dataclass(frozen=True, slots=True)
class UpdateFacts:
    """Where everything stands for the reader; `since` is when they last heard, if ever."""

    who: Correspondents
    since: date | None = None
    late: tuple[Item, ...] = ()
    done: tuple[Item, ...] = ()
    still_open: tuple[Item, ...] = ()
    owed: tuple[Item, ...] = ()
    next_talk: NextTalk | None = None


def update_letter(facts: UpdateFacts) -> str:
    """The whole letter; it says so where nothing is open."""
    who = facts.who
    done = _("Done since %(day)s:", day=on_day(facts.since)) if facts.since else _("Done:")
    waiting = (*facts.late, *facts.still_open, *facts.owed)
    nothing_open = _("Nothing is open on our side at the moment.")
    return who.letter(
        [
            _("Here is where things stand.") if waiting or facts.done else "",
            who.apology(facts.late),
            who.listed(done, facts.done),
            who.listed(_("Still open:"), facts.still_open),
            who.listed(_("What I owe you:"), facts.owed),
            "" if waiting else nothing_open,
            next_talk(facts.next_talk),
            _("If you need anything else, just reply and I'll see to it."),
        ]
    )


def update_subject(company: str) -> str:
    """The subject of the e-mail."""
    return _("Update for %(company)s", company=company)
