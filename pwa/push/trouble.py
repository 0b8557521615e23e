"""What a notification says when something went wrong. Never what: it shows on a locked screen."""

from pwa.push.payload import Push, Words, short


def went_wrong(
    words: Words, *, recovery: str, name: str, company: str, manager: str, url: str
) -> Push:
    """Return the push to the manager of a client about which somebody else opened a recovery."""
    title = words.gettext("Something went wrong: %(company)s") % {"company": short(company)}
    body = words.gettext("Call %(name)s first.") % {"name": short(name)}
    return Push(title, body, url, f"recovery-{recovery}")


def deadline_near(
    words: Words, *, recovery: str, name: str, company: str, manager: str, url: str
) -> Push:
    """Return the reminder to the manager half an hour before the deadline."""
    title = words.gettext("Half an hour left: %(name)s") % {"name": short(name)}
    body = words.gettext("%(company)s waits for your call.") % {"company": short(company)}
    return Push(title, body, url, f"recovery-{recovery}")


def deadline_missed(
    words: Words, *, recovery: str, name: str, company: str, manager: str, url: str
) -> Push:
    """Return the push to a supervisor when nobody talked to the client in time."""
    title = words.gettext("Not talked to in time: %(company)s") % {"company": short(company)}
    body = words.gettext("With %(manager)s.") % {"manager": short(manager)}
    return Push(title, body, url, f"recovery-{recovery}")


def second_time(
    words: Words, *, recovery: str, name: str, company: str, manager: str, url: str
) -> Push:
    """Return the push to a supervisor when the same went wrong at a client before."""
    title = words.gettext("A second time: %(company)s") % {"company": short(company)}
    body = words.gettext("With %(manager)s.") % {"manager": short(manager)}
    return Push(title, body, url, f"recovery-{recovery}")
