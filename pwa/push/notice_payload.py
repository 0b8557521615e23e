"""Texts of notices about the day, booked times, promises and calls. See `Who` for the names."""

from datetime import time

from pwa.push.day_figures import NO_PROMISES, First, Left, PromisesDue
from pwa.push.payload import Action, Push, Who, Words, count


def digest(
    words: Words,
    left: Left,
    promises: PromisesDue = NO_PROMISES,
    missed: int = 0,
    url: str = "/today",
) -> Push | None:
    """The morning's push: how many of each kind today, who is first, and what is promised.

    And how many callback deadlines were `missed` the day before.

    None on a free day.
    """
    title = _counts(words, left)
    late = words.ngettext(
        "%(num)d missed callback deadline", "%(num)d missed callback deadlines", missed
    )
    due = [count(late, missed), *_due(words, promises)]
    first = _first(words, left) if title else ""
    lines = [line for line in (title, first, *due) if line]
    if not lines:
        return None
    later = (Action("hour", words.gettext("In an hour"), url),)
    return Push(lines[0], ". ".join(lines[1:]), url, "digest", badge=left.total, actions=later)


def evening(
    words: Words, unlogged: int, tomorrow: Left, day: str, promises: int, left: int
) -> Push | None:
    """The evening's push: calls that are not logged, who is first on `day`, what is due then.

    `day` is the next working day as part of a sentence, `left` the number on the app's icon. None
    when there is nothing to say.
    """
    waiting = words.ngettext("%(num)d call isn't logged", "%(num)d calls aren't logged", unlogged)
    due = words.ngettext("%(num)d promise due", "%(num)d promises due", promises)
    due = f"{due} {day}"
    lines = [count(waiting, unlogged), _first_on(words, tomorrow, day), count(due, promises)]
    lines = [line for line in lines if line]
    if not lines:
        return None
    return Push(lines[0], ". ".join(lines[1:]), "/today", "evening", badge=left)


def booked(
    words: Words, *, booking: str, kind: str, who: Who, at: time, minutes: int, url: str
) -> Push:
    """The push ahead of a booked conversation, `minutes` before it; `at` is local time.

    `kind` is call, video or visit; `booking` tells bookings apart. From the minute on it says now.
    """
    title = words.gettext("%(when)s: %(name)s") % {
        "when": _when(words, kind, minutes),
        "name": who.person or words.gettext("a client"),
    }
    body = words.gettext("Booked for %(time)s") % {"time": clock(at)}
    if who.firm:
        body = words.gettext("%(company)s, booked for %(time)s") % {
            "company": who.firm,
            "time": clock(at),
        }
    call = () if kind == "visit" else (Action("call", words.gettext("Call"), url),)
    return Push(title, body, url, f"booking-{booking}", actions=call)


def promised(words: Words, *, promise: str, who: Who, day: str) -> Push:
    """The warning that a promise falls due on `day`, today or later.

    `promise` tells promises apart. What was promised is not on a locked screen: the list has it.
    """
    values = {"day": day, "name": who.person or words.gettext("a client")}
    title = words.gettext("Promised for %(day)s: %(name)s") % values
    body = words.gettext("Tap for what you said.")
    if who.firm:
        body = words.gettext("%(company)s. Tap for what you said.") % {"company": who.firm}
    return Push(title, body, "/promises", f"promise-{promise}", actions=_later(words, "/promises"))


def promises_due(words: Words, promises: PromisesDue) -> Push:
    """The warning about several promises at once: those of today, then those that come."""
    title, *more = filter(None, _due(words, promises))
    body = ". ".join([*more, words.gettext("Tap for what you said.")])
    return Push(title, body, "/promises", "promises", actions=_later(words, "/promises"))


def unlogged(words: Words, *, key: str, who: Who, url: str, number: int = 1) -> Push:
    """The question how a call went, or a `number` of them, that nobody logged after dialling."""
    body = words.gettext("Tap to log the call.")
    if number > 1:
        many = words.ngettext("%(num)d call isn't logged", "%(num)d calls aren't logged", number)
        return Push(count(many, number), words.gettext("Tap to log them."), "/today", "unlogged")
    title = words.gettext("How did your call go?")
    if who.firm:
        title = words.gettext("How did it go with %(company)s?") % {"company": who.firm}
    return Push(title, body, url, f"unlogged-{key}")


def trial(words: Words, *, url: str = "/me") -> Push:
    """The push that a person sends to their own device to see that it arrives."""
    title = words.gettext("Notifications are on")
    body = words.gettext("Your list comes here in the morning.")
    return Push(title, body, url, "test")


def _later(words: Words, url: str) -> tuple[Action, ...]:
    return (
        Action("hour", words.gettext("In an hour"), url),
        Action("tomorrow", words.gettext("Not today"), url),
    )


def _counts(words: Words, left: Left) -> str:
    counts = (
        count(words.ngettext("%(num)d to call", "%(num)d to call", left.calls), left.calls),
        count(words.ngettext("%(num)d to visit", "%(num)d to visit", left.visits), left.visits),
        count(
            words.ngettext("%(num)d to write to", "%(num)d to write to", left.writes), left.writes
        ),
    )
    return ", ".join(filter(None, counts))


def _due(words: Words, promises: PromisesDue) -> tuple[str, str, str]:
    overdue = words.ngettext(
        "%(num)d promise overdue", "%(num)d promises overdue", promises.overdue
    )
    today = words.ngettext(
        "%(num)d promise due today", "%(num)d promises due today", promises.today
    )
    coming = words.ngettext("%(num)d promise due", "%(num)d promises due", promises.coming)
    text = count(coming, promises.coming)
    if text and promises.day:
        text = f"{text} {promises.day}"
    return count(overdue, promises.overdue), count(today, promises.today), text


def _when(words: Words, kind: str, minutes: int) -> str:
    if minutes <= 0:
        return {
            "visit": words.gettext("Visit now"),
            "video": words.gettext("Video call now"),
        }.get(kind, words.gettext("Now"))
    texts = {
        "visit": words.ngettext("Visit in %(num)d minute", "Visit in %(num)d minutes", minutes),
        "video": words.ngettext(
            "Video call in %(num)d minute", "Video call in %(num)d minutes", minutes
        ),
    }
    return count(
        texts.get(kind) or words.ngettext("In %(num)d minute", "In %(num)d minutes", minutes),
        minutes,
    )


def _first(words: Words, left: Left) -> str:
    first = left.first
    if first is None:
        return ""
    if first.recovery and not first.who.full:
        return _need_a_call(words, left.recoveries, first.by)
    text = words.gettext("First: %(name)s") % {"name": _timed(words, first)}
    if left.recoveries and not first.recovery:
        return f"{need_a_call(words, left.recoveries)}. {text}"
    return text


def _first_on(words: Words, left: Left, day: str) -> str:
    first = left.first
    if first is None:
        return ""
    if first.recovery and not first.who.full:
        values = {"text": need_a_call(words, max(1, left.recoveries)), "day": day}
        return words.gettext("%(text)s %(day)s") % values
    values = {"day": day, "name": _timed(words, first)}
    if first.at:
        return words.gettext("First booked %(day)s: %(name)s") % values
    return words.gettext("First %(day)s: %(name)s") % values


def _need_a_call(words: Words, number: int, by: time | None) -> str:
    text = need_a_call(words, max(1, number))
    if by is None:
        return text
    if number > 1:
        first = words.gettext("First by %(time)s") % {"time": clock(by)}
        return f"{text}. {first}"
    return words.gettext("%(text)s by %(time)s") % {"text": text, "time": clock(by)}


def need_a_call(words: Words, number: int) -> str:
    """A client needs your call, or so many of them."""
    text = words.ngettext("A client needs your call", "%(num)d clients need your call", number)
    return count(text, number)


def _timed(words: Words, first: First) -> str:
    name = first.who.person or words.gettext("a client")
    if first.at:
        return words.gettext("%(name)s at %(time)s") % {"name": name, "time": clock(first.at)}
    if first.by:
        return words.gettext("%(name)s by %(time)s") % {"name": name, "time": clock(first.by)}
    if first.before:
        values = {"name": name, "time": _hour(first.before)}
        return words.gettext("%(name)s before %(time)s") % values
    return name


def clock(moment: time) -> str:
    """The time of day as on every screen: 9:05."""
    return f"{moment.hour}:{moment.minute:02d}"


def _hour(moment: time) -> str:
    """10 for 10:00, as people say it, and 10:30 as it is."""
    return clock(moment) if moment.minute else f"{moment.hour}"
