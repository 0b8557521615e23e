"""The exact words of every notification."""

import gettext
import json
from datetime import time

import flask
import flask_babel as babel
import pytest

from pwa.push import payload
from pwa.push.message import PAYLOAD_LIMIT
from pwa.push.payload import First, Push, Words

PLAIN = gettext.NullTranslations()
WORDS = Words(PLAIN.gettext, PLAIN.ngettext)


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
    push = payload.digest(WORDS, calls=calls, visits=visits, writes=writes)
    assert push == Push(title, "", "/today", "digest")


@pytest.mark.parametrize(
    ("first", "body"),
    [
        (First("Dana", before=time(10)), "First: Dana before 10"),
        (First("Dana", before=time(10, 30)), "First: Dana before 10:30"),
        (First("Dana", at=time(9, 5)), "First: Dana at 09:05"),
        (First("Dana", at=time(15), before=time(16)), "First: Dana at 15:00"),
        (First("Dana"), "First: Dana"),
        (None, ""),
    ],
)
def test_the_morning_says_who_is_first(first: First | None, body: str) -> None:
    push = payload.digest(WORDS, calls=4, visits=2, first=first)
    assert push is not None
    assert push.body == body


def test_a_free_day_is_left_in_peace() -> None:
    assert payload.digest(WORDS, calls=0, visits=0, first=First("Dana")) is None


@pytest.mark.parametrize(
    ("minutes", "title"),
    [
        (5, "In 5 minutes: Dana Whitfield"),
        (1, "In 1 minute: Dana Whitfield"),
        (0, "Now: Dana Whitfield"),
        (-3, "Now: Dana Whitfield"),
    ],
)
def test_a_booked_call_is_announced(minutes: int, title: str) -> None:
    push = payload.booked(
        WORDS,
        booking="b1",
        name="Dana Whitfield",
        company="Halden Freight",
        at=time(15),
        minutes=minutes,
        url="/clients/7",
    )
    assert push == Push(title, "Halden Freight, booked for 15:00", "/clients/7", "booking-b1")


@pytest.mark.parametrize(
    ("promised", "first", "body"),
    [
        (1, None, "1 promise due tomorrow"),
        (2, First("Dana", before=time(10)), "First: Dana before 10. 2 promises due tomorrow"),
    ],
)
def test_the_morning_counts_what_is_promised_for_tomorrow(promised, first, body) -> None:
    push = payload.digest(WORDS, calls=4, visits=0, first=first, promised=promised)
    assert push == Push("4 to call", body, "/today", "digest")


@pytest.mark.parametrize("day", ["tomorrow", "Monday"])
def test_a_promise_is_warned_about_without_its_words(day: str) -> None:
    push = payload.promised(
        WORDS, promise="7", name="Dana Whitfield", company="Halden Freight", day=day
    )
    title = f"Promised for {day}: Dana Whitfield"
    body = "Halden Freight. Tap for what you said."
    assert push == Push(title, body, "/promises", "promise-7")


def test_a_trial_says_that_it_arrived() -> None:
    push = payload.trial(WORDS)
    body = "Your list comes here in the morning."
    assert push == Push("Notifications are on", body, "/me", "test")


def test_names_may_hold_anything_and_still_fit() -> None:
    push = payload.booked(
        WORDS,
        booking="b1",
        name="100%s\n%(num)d " + "😀" * 5000,
        company="A & B\t<Co>",
        at=time(15),
        minutes=5,
        url="/clients/7",
    )
    assert push.title.startswith("In 5 minutes: 100%s %(num)d 😀")
    assert push.title.endswith("…")
    assert push.body == "A & B <Co>, booked for 15:00"
    assert len(push.to_bytes()) <= PAYLOAD_LIMIT


def test_the_service_worker_gets_json() -> None:
    push = Push("Now: Åse", "Halden Freight, booked for 15:00", "/clients/7", "booking-b1")
    assert json.loads(push.to_bytes()) == {
        "title": "Now: Åse",
        "body": "Halden Freight, booked for 15:00",
        "url": "/clients/7",
        "tag": "booking-b1",
    }


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example", "/\\evil.example", "me"]
)
def test_a_tap_leads_nowhere_else(url: str) -> None:
    with pytest.raises(ValueError, match="path of this app"):
        Push("a", "b", url, "c")


def test_flask_babel_speaks_the_same_words() -> None:
    app = flask.Flask("words")
    babel.Babel(app)
    with app.test_request_context():
        words = Words(babel.gettext, babel.ngettext)
        push = payload.digest(words, calls=4, visits=1, first=First("Dana %", before=time(10)))
    assert push == Push("4 to call, 1 to visit", "First: Dana % before 10", "/today", "digest")
