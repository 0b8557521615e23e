"""What a notification says when something went wrong: never what, and nobody's name by default."""

import gettext
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from pwa.push import recovery_payload as say
from pwa.push.payload import Who, Words
from pwa.push.recovery_payload import Became, Recovery, What

SPEECH = Words(gettext.gettext, gettext.ngettext)
FULL = Recovery(
    "7", Who("Dana Whitfield", "Halden Freight", full=True), "Charlie Boone", "/clients/3"
)
PRIVATE = replace(FULL, who=Who("Dana Whitfield", "Halden Freight"))
BY: dict[str, Any] = {"by": time(8, 40), "left": 30}


STILL = "Charlie Boone's client is still waiting."


@pytest.mark.parametrize(
    ("what", "title", "body"),
    [
        (What.OPENED, "Something went wrong: Halden Freight", "Call Dana Whitfield first."),
        (
            What.DEADLINE,
            "Half an hour left: Dana Whitfield",
            "Halden Freight is waiting for your call.",
        ),
        (What.MISSED, "Missed callback deadline: Halden Freight", STILL),
        (What.AGAIN, "A second time: Halden Freight", "With Charlie Boone."),
        (What.CLOSED, "Closed without a conversation: Halden Freight", "With Charlie Boone."),
    ],
)
def test_the_words_with_full_names(what, title, body):
    push = say.trouble(SPEECH, what, FULL)
    assert (push.title, push.body, push.url, push.tag) == (title, body, "/clients/3", "recovery-7")


@pytest.mark.parametrize(
    ("what", "title", "body"),
    [
        (What.OPENED, "A client needs your call", "Call by 8:40."),
        (What.DEADLINE, "A client needs your call", "Call by 8:40."),
        (What.MISSED, "Missed callback deadline", "Charlie's client is still waiting."),
        (What.AGAIN, "The same went wrong a second time", "With Charlie."),
        (What.CLOSED, "Closed without a conversation", "With Charlie."),
    ],
)
def test_by_default_nobody_is_named(what, title, body):
    push = say.trouble(SPEECH, what, replace(PRIVATE, **BY))
    assert (push.title, push.body) == (title, body)


@pytest.mark.parametrize(
    ("what", "recovery", "title", "body"),
    [
        (What.OPENED, PRIVATE, "A client needs your call", "Tap to see who."),
        (
            What.OPENED,
            replace(FULL, **BY),
            "Something went wrong: Halden Freight",
            "Call Dana Whitfield by 8:40.",
        ),
        (
            What.DEADLINE,
            replace(FULL, by=time(8, 40), left=12),
            "12 minutes left: Dana Whitfield",
            "Halden Freight is waiting for your call.",
        ),
        (
            What.DEADLINE,
            replace(FULL, by=time(8, 40), left=0),
            "Now: Dana Whitfield",
            "Halden Freight is waiting for your call.",
        ),
    ],
)
def test_the_deadline_is_said(what, recovery, title, body):
    push = say.trouble(SPEECH, what, recovery)
    assert (push.title, push.body) == (title, body)
    names = ["call"] if what is What.DEADLINE else ["call", "hour"]  # an hour later is too late
    assert [action.name for action in push.actions] == names


@pytest.mark.parametrize(
    ("first", "body"),
    [
        (replace(PRIVATE, **BY), "First by 8:40."),
        (PRIVATE, ""),
        (replace(FULL, **BY), "First: Dana Whitfield by 8:40."),
        (FULL, "First: Dana Whitfield."),
    ],
)
def test_several_are_one_push(first, body):
    push = say.troubles(SPEECH, 3, first)
    assert (push.title, push.body, push.url) == ("3 clients need your call", body, "/today")


def test_several_escalations_are_one_push():
    push = say.escalations(SPEECH, 3)
    assert (push.title, push.body) == ("3 recoveries need your attention", "Tap to see who to ask.")


@pytest.mark.parametrize(
    ("became", "recovery", "own", "title", "body"),
    [
        (
            Became.TALKED,
            PRIVATE,
            True,
            "Called after the deadline",
            "The callback deadline was missed yesterday.",
        ),
        (
            Became.WAITING,
            PRIVATE,
            False,
            "Still waiting for a call",
            "The callback deadline was missed yesterday, with Charlie.",
        ),
        (
            Became.CLOSED,
            FULL,
            False,
            "Closed without a conversation: Halden Freight",
            "The callback deadline was missed yesterday, with Charlie Boone.",
        ),
    ],
)
def test_what_became_of_it(became, recovery, own, title, body):
    push = say.outcome(SPEECH, became, recovery, "yesterday", own=own)
    assert (push.title, push.body, push.url) == (title, body, "/clients/3")


@pytest.mark.parametrize(
    ("waiting", "body"),
    [
        (0, "Nobody is waiting for a call any more."),
        (1, "1 client is still waiting for a call."),
        (2, "2 clients are still waiting for a call."),
    ],
)
def test_what_became_of_several(waiting, body):
    push = say.outcomes(SPEECH, 3, waiting, "/team")
    assert (push.title, push.body) == ("3 missed callback deadlines", body)
