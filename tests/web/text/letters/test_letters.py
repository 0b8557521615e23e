"""Every letter to a client, whole: as a careful person would write it (WORDS, rule 7)."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from pwa.rules.vocabulary.enums import Kind
from pwa.web.text.letters.letter import Correspondents, Item, NextTalk
from pwa.web.text.letters.recap_letter import RecapFacts, Wrong, recap_letter
from pwa.web.text.letters.time_letter import time_letter
from pwa.web.text.letters.update_letter import UpdateFacts, update_letter

WHO = Correspondents("Dana Whitfield", "Charlie Boone")
FRIDAY = date(2026, 11, 20)
TUESDAY = date(2026, 11, 24)
TALK = RecapFacts(WHO, Kind.CALL, FRIDAY)
QUOTE = Item("send her the quote", TUESDAY)
LATE = Item("send Dana the licence list.", was_due=date(2026, 11, 18))

PLAIN = """\
Hello Dana,

Thank you for your time. Here is what we agreed:

Done:
- Backup alarm

Still open:
- Second monitor for your front desk, by Tuesday 1 December
- Phone line crackles

What I promised you:
- Send you the quote, by Tuesday 24 November
- “send her invoices”, by Tuesday 24 November
- Call you back (done)

From now on, you will hear from me every two weeks. Our next call is on Tuesday 1 December at 15:00.

If you remember anything differently, let me know and I'll correct it.

We settled this on the phone on Friday 20 November.

Best regards,
Charlie Boone"""

RECOVERY = """\
Hello Dana,

Thank you for your time.

I am sorry for what went wrong: Yesterday's delivery never arrived.

Here is what we are doing about it: A van brings it to you on Monday.

And so that it does not happen again: book a second carrier, by Tuesday 24 November.

Here is what we agreed:

What I promised you:
- Send you the quote, by Tuesday 24 November

If you remember anything differently, let me know and I'll correct it.

We settled this in person on Friday 20 November.

Best regards,
Charlie Boone"""

RECOVERY_ALONE = """\
Hello Dana,

Thank you for your time.

I am sorry for what went wrong: Delivery missing.

I will tell you by Tuesday 24 November at 12:00 what we do about it.

If you remember anything differently, let me know and I'll correct it.

We settled this on the phone on Friday 20 November.

Best regards,
Charlie Boone"""

LATE_PROMISE = """\
Hello Dana,

Thank you for your time.

I owe you an apology. This is late:
- Send you the licence list (it was due on Wednesday 18 November)

Here is what we agreed:

I will visit you on Tuesday 1 December at 15:00 your time.

If you remember anything differently, let me know and I'll correct it.

We settled this by video on Friday 20 November.

Best regards,
Charlie Boone"""

NOTHING_PROMISED = """\
Hello,

Thank you for your time. We talked on the phone on Friday 20 November. \
If there is anything you would like to add, let me know.

Best regards,
Charlie Boone"""

UPDATE = """\
Hello Dana,

Here is where things stand.

I owe you an apology. This is late:
- Send you the licence list (it was due on Wednesday 18 November)
- Test the restore (it was due on Wednesday 18 November and will be there by Tuesday 24 November)

Done since Friday 20 November:
- Backup alarm

Still open:
- Second monitor, by Tuesday 24 November

What I owe you:
- Send you the quote, by Tuesday 24 November

Our next video call is on Tuesday 1 December at 15:00.

If you need anything else, just reply and I'll see to it.

Best regards,
Charlie Boone"""

NOTHING_OPEN = """\
Hello Dana,

Nothing is open on our side at the moment.

If you need anything else, just reply and I'll see to it.

Best regards,
Charlie Boone"""

ALL_DONE = """\
Hello Dana,

Here is where things stand.

Done:
- Backup alarm

Nothing is open on our side at the moment.

If you need anything else, just reply and I'll see to it.

Best regards,
Charlie Boone"""

TIME = """\
Hello Dana,

I would rather talk with you about this than write. When may I call you? \
Today or tomorrow, whenever suits you.

Best regards,
Charlie Boone"""

SORRY_TIME = """\
Hello Dana,

I am sorry for what went wrong, and would like to talk with you about it. When may I call you? \
Today or tomorrow, whenever suits you.

Best regards,
Charlie Boone"""


def booked(kind, **where):
    return NextTalk(kind, datetime(2026, 12, 1, 15, 0), **where)


@pytest.mark.parametrize(
    ("facts", "letter"),
    [
        (
            replace(
                TALK,
                done=(Item("Backup alarm"),),
                still_open=(
                    Item("Second monitor for her front desk", date(2026, 12, 1)),
                    Item("Phone line crackles"),
                ),
                promised=(
                    QUOTE,
                    Item("send her invoices", TUESDAY),
                    Item("call her back", TUESDAY, done=True),
                ),
                rhythm="every two weeks",
                next_talk=booked(Kind.CALL),
            ),
            PLAIN,
        ),
        (
            replace(
                TALK,
                kind=Kind.VISIT,
                wrong=Wrong(
                    "Yesterday's delivery never arrived",
                    "A van brings it to her on Monday.",
                    prevention=Item("book a second carrier", TUESDAY),
                ),
                promised=(QUOTE,),
            ),
            RECOVERY,
        ),
        (
            replace(TALK, wrong=Wrong("Delivery missing", know_by=datetime(2026, 11, 24, 12, 0))),
            RECOVERY_ALONE,
        ),
        (
            replace(
                TALK,
                kind=Kind.VIDEO,
                late=(LATE,),
                next_talk=booked(Kind.VISIT, elsewhere=True),
            ),
            LATE_PROMISE,
        ),
        (replace(TALK, who=Correspondents("", "Charlie Boone")), NOTHING_PROMISED),
    ],
)
def test_a_recap_says_what_was_agreed(facts, letter):
    assert recap_letter(facts) == letter


@pytest.mark.parametrize(
    ("facts", "letter"),
    [
        (
            UpdateFacts(
                WHO,
                since=FRIDAY,
                late=(LATE, Item("test the restore", TUESDAY, was_due=date(2026, 11, 18))),
                done=(Item("Backup alarm"),),
                still_open=(Item("Second monitor", TUESDAY),),
                owed=(QUOTE,),
                next_talk=booked(Kind.VIDEO),
            ),
            UPDATE,
        ),
        (UpdateFacts(WHO, since=FRIDAY), NOTHING_OPEN),
        (UpdateFacts(WHO, done=(Item("Backup alarm"),)), ALL_DONE),
    ],
)
def test_an_update_says_what_was_done_is_open_and_is_owed(facts, letter):
    assert update_letter(facts) == letter


@pytest.mark.parametrize(("sorry", "letter"), [(False, TIME), (True, SORRY_TIME)])
def test_a_time_to_talk_is_asked_for(sorry, letter):
    assert time_letter(WHO, sorry=sorry) == letter
