"""What a notification says when something went wrong: who and where, never what."""

import gettext

import pytest

from pwa.push.payload import Words
from pwa.push.recovery_payload import What, trouble

SPEECH = Words(gettext.gettext, gettext.ngettext)


@pytest.mark.parametrize(
    ("what", "title", "body"),
    [
        (What.OPENED, "Something went wrong: Halden Freight", "Call Dana Whitfield first."),
        (What.DEADLINE, "Half an hour left: Dana Whitfield", "Halden Freight waits for your call."),
        (What.MISSED, "Not talked to in time: Halden Freight", "With Charlie Boone."),
        (What.AGAIN, "A second time: Halden Freight", "With Charlie Boone."),
        (What.CLOSED, "Closed without a talk: Halden Freight", "With Charlie Boone."),
    ],
)
def test_the_words(what, title, body):
    push = trouble(
        SPEECH,
        what,
        recovery="7",
        name="Dana Whitfield",
        company="Halden Freight",
        manager="Charlie Boone",
        url="/clients/3",
    )
    assert (push.title, push.body, push.url, push.tag) == (title, body, "/clients/3", "recovery-7")
