"""Texts of notices about a recovery. Never the cause: they show on a locked screen."""

from enum import StrEnum

from pwa.push.payload import Push, Words, short


class What(StrEnum):
    """The event that the notice is about, and its recipient."""

    OPENED = "opened"  # the client's manager: somebody else opened it
    DEADLINE = "deadline"  # the client's manager: half an hour is left
    MISSED = "missed"  # the supervisor: nobody talked to the client in time
    AGAIN = "again"  # the supervisor: the same went wrong before
    CLOSED = "closed"  # the supervisor: it was closed, and nobody had talked about it


def trouble(
    words: Words, what: What, *, recovery: str, name: str, company: str, manager: str, url: str
) -> Push:
    """Return the push about `recovery`, which tells them apart; a later one replaces an earlier."""
    title, body = _said(words, what)
    known = {"name": short(name), "company": short(company), "manager": short(manager)}
    return Push(title % known, body % known, url, f"recovery-{recovery}")


def _said(words: Words, what: What) -> tuple[str, str]:
    if what is What.OPENED:
        title = words.gettext("Something went wrong: %(company)s")
        return title, words.gettext("Call %(name)s first.")
    if what is What.DEADLINE:
        title = words.gettext("Half an hour left: %(name)s")
        return title, words.gettext("%(company)s waits for your call.")
    with_whom = words.gettext("With %(manager)s.")
    if what is What.MISSED:
        return words.gettext("Not talked to in time: %(company)s"), with_whom
    if what is What.CLOSED:
        return words.gettext("Closed without a talk: %(company)s"), with_whom
    return words.gettext("A second time: %(company)s"), with_whom
