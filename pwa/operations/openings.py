"""How to open a conversation: talking points for the situation, never a script."""

from flask_babel import gettext as _

from pwa.rules.row import Row
from pwa.rules.words import Reason, RowTier


def for_row(row: Row | None, name: str) -> list[str]:
    """A few lines for the reason why the client is on the list; general ones when it is not."""
    if row is None:
        return _nothing_new(name)
    reason = row.step.of or row.step.reason
    if row.tier is RowTier.RECOVERY:
        return _recovery(name, row.step.words)
    if reason is Reason.FIRST:
        return _first(name)
    if reason is Reason.PROMISE_LATE:
        return _late_promise(row.step.words)
    if reason is Reason.PROMISE_DUE:
        return [_("Say that it is done, or when it will be: %(words)s.", words=row.step.words)]
    if row.tier is RowTier.PREFERENCE:
        return _ask(name)
    return _nothing_new(name)


def _recovery(name: str, cause: str) -> list[str]:
    return [
        _("“I am sorry you had that experience.” Name it: %(cause)s.", cause=cause),
        _("“Let me make sure I understand.” Then listen to the end."),
        _("“Here is what I am going to do”, or “by when I will know”."),
        _(
            "Ask %(name)s how it should be put right, and say how it will not happen again.",
            name=name,
        ),
    ]


def _first(name: str) -> list[str]:
    return [
        _("Say who you are, and that you are the one to ring from now on."),
        _("Ask %(name)s what a good year with us would look like.", name=name),
        _("Ask how and when they like to hear from you."),
    ]


def _late_promise(words: str) -> list[str]:
    return [
        _("Say it first: “I promised you this and I am late: %(words)s.”", words=words),
        _("Give the new day, one that you will keep."),
        _("Ask what the wait has meant for them."),
    ]


def _ask(name: str) -> list[str]:
    return [
        _("“How do you like to hear from us: by phone, by mail, or with a visit?”"),
        _("“And which days and hours suit you?”"),
        _("Write down what %(name)s says, in their words.", name=name),
    ]


def _nothing_new(name: str) -> list[str]:
    return [
        _("“I have nothing to sell today. How is it going with …?” Pick up the last words."),
        _("Go through what is open, every one."),
        _("One open question: “What should we do differently, %(name)s?”", name=name),
    ]
