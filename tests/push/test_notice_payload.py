"""The exact words of every notification about the day, booked times, promises and calls."""

import gettext
from datetime import time

import flask
import flask_babel as babel
import pytest

from pwa.push import notice_payload as say
from pwa.push.day_figures import First, Left, PromisesDue
from pwa.push.payload import Push, Who, Words

PLAIN = gettext.NullTranslations()
WORDS = Words(PLAIN.gettext, PLAIN.ngettext)
DANA = Who("Dana Whitfield", "Halden Freight")
FULL = Who("Dana Whitfield", "Halden Freight", full=True)
FOUR = Left(4, 2)


def seen(push: Push | None) -> tuple[str, str]:
    assert push is not None
    return push.title, push.body


@pytest.mark.parametrize(
    ("calls", "visits", "writes", "title"),
    [
        (4, 2, 0, "4 to call, 2 to visit"),
        (1, 0, 0, "1 to call"),
        (0, 1, 0, "1 to visit"),
        (0, 3, 0, "3 to visit"),
        (1, 1, 1, "1 to call, 1 to visit, 1 to write to"),
        (0, 0, 2, "2 to write to"),
    ],
)
def test_the_morning_counts_what_is_to_do(calls: int, visits: int, writes: int, title: str) -> None:
    push = say.digest(WORDS, Left(calls, visits, writes))
    assert seen(push) == (title, "")
    assert push
    assert (push.url, push.tag, push.badge) == ("/today", "digest", calls + visits + writes)
    assert [action.name for action in push.actions] == ["hour"]


@pytest.mark.parametrize(
    ("first", "body"),
    [
        (First(DANA, before=time(10)), "First: Dana before 10"),
        (First(DANA, before=time(10, 30)), "First: Dana before 10:30"),
        (First(DANA, at=time(9, 5)), "First: Dana at 9:05"),
        (First(DANA, at=time(15), before=time(16)), "First: Dana at 15:00"),
        (First(FULL, at=time(15)), "First: Dana Whitfield at 15:00"),
        (First(Who("", "Halden Freight")), "First: a client"),
        (First(Who("", "Halden Freight", full=True)), "First: Halden Freight"),
        (First(DANA), "First: Dana"),
        (First(DANA, by=time(8, 40), recovery=True), "A client needs your call by 8:40"),
        (First(DANA, recovery=True), "A client needs your call"),
        (First(FULL, by=time(8, 40), recovery=True), "First: Dana Whitfield by 8:40"),
        (None, ""),
    ],
)
def test_the_morning_says_who_is_first(first: First | None, body: str) -> None:
    assert seen(say.digest(WORDS, Left(4, 2, first=first)))[1] == body


def test_the_morning_counts_recoveries_and_names_none() -> None:
    first = First(DANA, by=time(8, 40), recovery=True)
    push = say.digest(WORDS, Left(4, recoveries=3, first=first))
    assert seen(push) == ("4 to call", "3 clients need your call. First by 8:40")
    push = say.digest(WORDS, Left(4, recoveries=1, first=First(DANA)))
    assert seen(push) == ("4 to call", "A client needs your call. First: Dana")


@pytest.mark.parametrize(
    ("left", "due", "title", "body"),
    [
        (FOUR, PromisesDue(0, 1, "tomorrow"), "4 to call, 2 to visit", "1 promise due tomorrow"),
        (FOUR, PromisesDue(0, 2, "by Monday"), "4 to call, 2 to visit", "2 promises due by Monday"),
        (FOUR, PromisesDue(1), "4 to call, 2 to visit", "1 promise due today"),
        (
            Left(4, first=First(DANA, before=time(10))),
            PromisesDue(2, 1, "tomorrow"),
            "4 to call",
            "First: Dana before 10. 2 promises due today. 1 promise due tomorrow",
        ),
        (Left(), PromisesDue(0, 2, "tomorrow"), "2 promises due tomorrow", ""),
        (Left(), PromisesDue(1, overdue=2), "2 promises overdue", "1 promise due today"),
        (Left(), PromisesDue(1, 1, "tomorrow"), "1 promise due today", "1 promise due tomorrow"),
    ],
)
def test_the_morning_counts_what_is_promised(left, due, title, body) -> None:
    assert seen(say.digest(WORDS, left, due)) == (title, body)


def test_a_free_day_is_left_in_peace() -> None:
    assert say.digest(WORDS, Left(first=First(DANA))) is None
    assert say.evening(WORDS, 0, Left(), "tomorrow", 0, 0) is None


@pytest.mark.parametrize(
    ("unlogged", "first", "promises", "title", "body"),
    [
        (1, None, 0, "1 call isn't logged", ""),
        (
            2,
            First(DANA, at=time(9, 30)),
            1,
            "2 calls aren't logged",
            "First booked tomorrow: Dana at 9:30. 1 promise due tomorrow",
        ),
        (0, First(FULL, before=time(10)), 0, "First tomorrow: Dana Whitfield before 10", ""),
        (0, First(DANA, recovery=True), 0, "A client needs your call tomorrow", ""),
        (0, None, 2, "2 promises due tomorrow", ""),
    ],
)
def test_the_evening(unlogged, first, promises, title, body) -> None:
    push = say.evening(WORDS, unlogged, Left(3, first=first), "tomorrow", promises, 5)
    assert seen(push) == (title, body)
    assert push
    assert (push.url, push.tag, push.badge) == ("/today", "evening", 5)


@pytest.mark.parametrize(
    ("kind", "minutes", "who", "title", "body"),
    [
        ("call", 5, DANA, "In 5 minutes: Dana", "Booked for 15:00"),
        ("call", 1, DANA, "In 1 minute: Dana", "Booked for 15:00"),
        ("call", 0, DANA, "Now: Dana", "Booked for 15:00"),
        ("call", -3, DANA, "Now: Dana", "Booked for 15:00"),
        ("call", 5, FULL, "In 5 minutes: Dana Whitfield", "Halden Freight, booked for 15:00"),
        ("call", 5, Who("", "Halden Freight"), "In 5 minutes: a client", "Booked for 15:00"),
        ("visit", 30, DANA, "Visit in 30 minutes: Dana", "Booked for 15:00"),
        ("visit", 0, FULL, "Visit now: Dana Whitfield", "Halden Freight, booked for 15:00"),
        ("video", 5, DANA, "Video call in 5 minutes: Dana", "Booked for 15:00"),
        ("video", 0, DANA, "Video call now: Dana", "Booked for 15:00"),
    ],
)
def test_a_booked_time_is_announced(kind, minutes, who, title, body) -> None:
    push = say.booked(
        WORDS, booking="b1", kind=kind, who=who, at=time(15), minutes=minutes, url="/clients/7"
    )
    assert seen(push) == (title, body)
    assert (push.url, push.tag) == ("/clients/7", "booking-b1")
    assert [action.name for action in push.actions] == ([] if kind == "visit" else ["call"])


@pytest.mark.parametrize(
    ("who", "day", "title", "body"),
    [
        (DANA, "tomorrow", "Promised for tomorrow: Dana", "Tap for what you said."),
        (DANA, "today", "Promised for today: Dana", "Tap for what you said."),
        (
            FULL,
            "Monday",
            "Promised for Monday: Dana Whitfield",
            "Halden Freight. Tap for what you said.",
        ),
    ],
)
def test_a_promise_is_warned_about_without_its_words(who, day, title, body) -> None:
    push = say.promised(WORDS, promise="7", who=who, day=day)
    assert seen(push) == (title, body)
    assert (push.url, push.tag) == ("/promises", "promise-7")
    assert [action.name for action in push.actions] == ["hour", "tomorrow"]


@pytest.mark.parametrize(
    ("due", "title"),
    [
        (PromisesDue(3), "3 promises due today"),
        (PromisesDue(0, 2, "by Monday"), "2 promises due by Monday"),
    ],
)
def test_several_promises_are_one_warning(due, title) -> None:
    assert seen(say.promises_due(WORDS, due)) == (title, "Tap for what you said.")


@pytest.mark.parametrize(
    ("who", "number", "title", "body", "url"),
    [
        (Who("", "Halden"), 1, "How did your call go?", "Tap to log the call.", "/clients/7"),
        (
            Who("", "Halden", full=True),
            1,
            "How did it go with Halden?",
            "Tap to log the call.",
            "/clients/7",
        ),
        (Who("", "Halden"), 2, "2 calls aren't logged", "Tap to log them.", "/today"),
    ],
)
def test_a_call_that_nobody_logged(who, number, title, body, url) -> None:
    push = say.unlogged(WORDS, key="k", who=who, url="/clients/7", number=number)
    assert seen(push) == (title, body)
    assert push.url == url


def test_a_trial_says_that_it_arrived() -> None:
    push = say.trial(WORDS)
    body = "Your list comes here in the morning."
    assert push == Push("Notifications are on", body, "/me", "test")


def test_names_may_hold_anything() -> None:
    who = Who("100%s\n%(num)d " + "😀" * 5000, "A & B\t<Co>", full=True)
    push = say.booked(
        WORDS, booking="b1", kind="call", who=who, at=time(15), minutes=5, url="/clients/7"
    )
    assert push.title.startswith("In 5 minutes: 100%s %(num)d 😀")
    assert push.title.endswith("…")
    assert push.body == "A & B <Co>, booked for 15:00"


def test_flask_babel_speaks_the_same_words() -> None:
    app = flask.Flask("words")
    babel.Babel(app)
    with app.test_request_context():
        words = Words(babel.gettext, babel.ngettext)
        first = First(Who("Dana%", ""), before=time(10))
        push = say.digest(words, Left(4, 1, first=first), PromisesDue(1))
    assert seen(push) == ("4 to call, 1 to visit", "First: Dana% before 10. 1 promise due today")
