"""Promises as people say them: in two goes, two at once, taken back, or no promise at all."""

from datetime import datetime, timedelta, timezone

import pytest

from pwa.note_parser import read

FRIDAY = datetime(2026, 11, 20, 10, tzinfo=timezone(timedelta(hours=1)))


def promises(said):
    return [
        (one.text, one.date and one.date.isoformat())
        for one in read(said, FRIDAY)
        if one.kind == "promise"
    ]


@pytest.mark.parametrize(
    ("said", "text", "day"),
    [
        ("I owe Keith a credit note, he'll have it on Tuesday", "owe Keith a credit note", "24"),
        (
            "I'll ask the warehouse and come back to her by Wednesday",
            "ask the warehouse and come back to her",
            "25",
        ),
        (
            "I'll fix the printer and bring it back Monday",
            "fix the printer and bring it back",
            "23",
        ),
        ("I'm sending the list, she gets it tomorrow", "send the list", "21"),
        ("I'll overnight the bracket so she has it Tuesday", "overnight the bracket", "24"),
        ("I've told her Craig will collect the trees Wednesday", "collect the trees", "25"),
        ("She wants the price list, told her Monday", "see to the price list", "23"),
        (
            "Tom wants the figures, I'll have them with him by Monday",
            "have the figures with him",
            "23",
        ),
        ("They want me to quote for the hall, they'll have it Tuesday", "quote for the hall", "24"),
        ("He asked for a list, I told him it'd be in his inbox Monday", "a list would be", "23"),
        ("Visit on Tuesday and I'll bring the samples", "bring the samples", "24"),
        ("I'll send the quote by Tuesday no make that Wednesday he's away", "send the quote", "25"),
    ],
)
def test_a_promise_in_two_goes_is_one(said, text, day):
    [(found, due)] = promises(said)
    assert text in found
    assert due == f"2026-11-{day}"


def test_two_things_by_two_days_are_two():
    said = "I'll send the invoice by Tuesday and the contract by Friday"
    assert promises(said) == [
        ("send the invoice", "2026-11-24"),
        ("send the contract", "2026-11-27"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "I said I'd send the quote by Friday but she said don't bother",
        "I'll send the quote by Friday. Marc will do it actually",
        "We agreed to move to once a fortnight",
        "My sister in law needs a lift on Monday, I said I'd drive her over",
        "Nobody there again so I'll put this down as no contact",
        "No answer at the clinic, second time this week, left my name",
    ],
)
def test_what_binds_us_to_nothing_is_no_promise(said):
    assert promises(said) == []


@pytest.mark.parametrize(
    ("said", "day", "at"),
    [
        ("phone Dana on Monday at 8 and Ben at 9", "2026-11-23", "08:00"),
        ("Ring her Monday, not before 10.", "2026-11-23", "10:00"),
        ("The next is the last Thursday of the month at ten", "2026-11-26", "10:00"),
        ("She'd like a call every week, starting this Monday at nine", "2026-11-23", "09:00"),
        (
            "I'm sending the list Monday by noon and we'll talk the same day at three",
            "2026-11-23",
            "15:00",
        ),
        ("I pass at her office Tuesday at 15 hours", "2026-11-24", "15:00"),
    ],
)
def test_the_next_talk_has_its_day_and_time(said, day, at):
    [one] = [one for one in read(said, FRIDAY) if one.kind == "booking"]
    assert (str(one.date), str(one.time)) == (day, f"{at}:00")


def test_a_rhythm_with_an_hour_is_no_booking():
    assert [one.kind for one in read("she wants us to call every Monday at eight", FRIDAY)] == [
        "cadence"
    ]


def test_what_they_asked_for_and_we_promised_is_asked_once():
    said = "He asked for a new price list and I told him it'd be in his inbox tomorrow."
    assert [one.kind for one in read(said, FRIDAY)] == ["promise"]


def test_a_worry_is_asked_once():
    said = "she's worried about the move in March"
    assert [(one.kind, one.value) for one in read(said, FRIDAY)] == [("mood", "worried")]
