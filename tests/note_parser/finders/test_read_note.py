"""Notes as they are spoken: what is suggested, and what never is."""

from datetime import UTC, datetime, timedelta, timezone
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pwa.note_parser import read
from tests.note_parser.scores import notes, score

MONDAY = datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=1)))
WORDS = sorted({word for note in notes() for word in note["said"].split()})


def test_the_corpus_is_large_and_full_of_traps():
    all_of_them = list(notes())
    assert len(all_of_them) >= 150
    assert sum(not note["expect"] for note in all_of_them) >= 40
    assert len({note["said"] for note in all_of_them}) == len(all_of_them)


@pytest.fixture(scope="module")
def scores():
    return score()


def test_promises_and_dates_are_right_and_mostly_found(scores):
    told = "\n".join(scores.misses)
    for kind in ("promise", "date"):
        assert scores.precision(kind) >= 0.95, told
        assert scores.recall(kind) >= 0.80, told


@pytest.mark.parametrize("kind", ["booking", "cadence", "preference", "recovery", "request"])
def test_the_other_kinds_are_rarely_wrong(kind, scores):
    assert scores.precision(kind) >= 0.9, "\n".join(scores.misses)
    assert scores.recall(kind) >= 0.75, "\n".join(scores.misses)


@pytest.mark.parametrize(
    "said",
    [
        "I told her I'd send the quote by Friday",
        "told her i would send the quote by friday",
        "I, er, told her, um, I'd I'd send the, the quote, you know, by Fri.",
        "I TOLD HER I’D SEND THE QUOTE BY FRIDAY",
        "So I've promised to send the quote by Tuesday, no, sorry, by Friday.",
        "By Friday I'll send her the quote.",
        "I'll send the quote. By Friday.",
        "Need to send the quote by fri",
        "I'll send the quote, she needs it by Friday",
        "she asked if I could send the quote by Friday and I said of course",
    ],
)
def test_one_promise_in_many_mouths(said):
    [one] = [found for found in read(said, MONDAY) if found.kind == "promise"]
    assert "send" in one.text.lower()
    assert "quote" in one.text.lower()
    assert "friday" not in one.text.lower()
    assert one.date is not None
    assert one.date.isoformat() == "2026-11-27"
    assert said[one.start : one.end] == one.words


def test_what_was_said_twice_is_one():
    said = "I'll send the quote by Friday. So yes, the quote, I'll send it by Friday, the quote."
    assert len(read(said, MONDAY)) == 1


def test_what_was_taken_back_is_none():
    assert read("I'll call her on Tuesday. No, scratch that.", MONDAY) == []


def test_a_request_knows_whether_it_is_done():
    said = "They want a quote for two more switches, and the alarm is sorted."
    assert [(one.text, one.done) for one in read(said, MONDAY)] == [
        ("a quote for two more switches", False),
        ("alarm", True),
    ]


def _holds(said: str, now: datetime) -> None:
    for one in read(said, now):
        assert said[one.start : one.end] == one.words != ""
        assert one.text
        assert one.date is None or one.date >= now.date()


MOMENTS = st.datetimes(
    min_value=datetime(1990, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)
)


@given(st.text(max_size=200), MOMENTS)
def test_any_text_gives_an_answer(said, now):
    _holds(said, now)


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    MOMENTS,
)
def test_any_order_of_words_gives_an_answer(said, now):
    _holds(said, now)


@pytest.mark.parametrize(
    "said", ["9999-12-31", "in 999 years", "in 400 months", "the 31st", "0:00"]
)
def test_the_ends_of_the_calendar(said):
    _holds(f"I'll send it {said}", datetime(9999, 12, 30, 10, tzinfo=UTC))
    _holds(f"I'll send it {said}", MONDAY)


def test_a_note_may_end_in_the_middle_of_a_day():
    (promise,) = read("I will send the quote by 1st", MONDAY)
    assert promise.kind == "promise"


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        " ".join(note["said"] for note in notes()),
        "and then so I'll ",
        "by friday no the day after ",
        "at two no three ",
        "scratch that I'll send the quote ",
        "the the quote of the ",
        "she said that I said that ",
        "first second third twenty one ",
    ],
)
def test_time_grows_with_the_length_only(piece):
    words = (piece.split() * 10_000)[:10_000]

    def seconds(count):
        started = process_time()
        read(" ".join(words[:count]), MONDAY)
        return process_time() - started

    short, long = min(seconds(2_500) for _ in range(3)), seconds(10_000)
    assert long < 5, "10,000 words took too long on any machine"
    assert long < 4 * short * 3 + 0.05
