"""What a brief says first, which question it ends on, and which opening it calls for."""

from datetime import date, timedelta
from typing import Any

import pytest

from pwa.rules.brief.brief import (
    Brief,
    BriefFacts,
    ContactRecency,
    LateKeptPromise,
    Need,
    OpenPromise,
    OpenRecovery,
    PastConversation,
    PendingRequest,
    Predecessor,
    brief,
)
from pwa.rules.brief.open_question import OpenQuestion, open_question
from pwa.rules.brief.situation import situation
from pwa.rules.contact.preference import AskReason
from pwa.rules.vocabulary.enums import Mood, NeedKind, Priority, ReasonCode, RequestKind, Stage
from pwa.rules.vocabulary.situation import Situation
from tests.rules.build import BEN, DANA, MON, oslo

N, W, T = NeedKind.NEED, NeedKind.WANT, NeedKind.THINKS


def talk(days_ago: int = 7, contact: int = DANA, **values: Any) -> PastConversation:
    day = MON - timedelta(days=days_ago)
    return PastConversation(oslo(day, "10:00"), day, contact, 1, **values)


def wrong(**values: Any) -> OpenRecovery:
    return OpenRecovery(
        **{"cause": "delivery", "contact": DANA, "opened": oslo(MON, "08:00"), **values}
    )


def owed(late: int = 0) -> OpenPromise:
    return OpenPromise(f"p{late}", "send the quote", MON - timedelta(days=late), late, DANA)


def waiting(number: int, priority: Priority) -> PendingRequest:
    return PendingRequest(number, f"r{number}", "Alarm", RequestKind.REQUEST, priority, MON)


def need(number: int, kind: NeedKind, contact: int = DANA, day: date = MON) -> Need:
    return Need(number, contact, kind, f"words {number}", day)


def of(**facts: Any) -> Brief:
    """The brief for Dana on Monday; she was talked with a week ago unless said otherwise."""
    return brief(BriefFacts(**{"contact": DANA, "today": MON, "talks": [talk()], **facts}))


@pytest.mark.parametrize(
    ("kinds", "flags", "expected"),
    [
        ([], {}, OpenQuestion.UNKNOWN),
        ([], {"worried": True}, OpenQuestion.WORRIED),
        ([N], {"worried": True}, OpenQuestion.WORRIED),
        ([N], {"worried": True, "apology": True}, OpenQuestion.PUT_RIGHT),
        ([N], {}, OpenQuestion.WANT),
        ([N, W], {}, OpenQuestion.THINKS),
        ([W, T], {}, OpenQuestion.NEED),
        # Each once: what they said longest ago; the newest comes first.
        ([N, W, T], {}, OpenQuestion.THINKS),
        ([T, W, N], {}, OpenQuestion.NEED),
        ([T, N, W, N], {}, OpenQuestion.WANT),
    ],
)
def test_the_one_open_question(kinds, flags, expected):
    assert open_question(kinds, **flags) is expected


def test_only_what_the_contact_said_decides_the_question():
    assert of(needs=[need(1, N, BEN)]).question is OpenQuestion.UNKNOWN
    assert of(needs=[need(1, N)]).question is OpenQuestion.WANT


def test_without_anybody_to_reach_there_is_nothing_to_ask():
    empty = of(contact=None, talks=[], ask=AskReason.UNKNOWN)
    assert (empty.question, empty.ask, empty.first) == (None, None, True)


@pytest.mark.parametrize(
    ("talks", "mood"),
    [
        ([talk(1, mood=Mood.WORRIED)], Mood.WORRIED),
        ([talk(1, BEN, mood=Mood.GOOD), talk(3, mood=Mood.WORRIED)], Mood.WORRIED),
        ([talk(1), talk(3, mood=Mood.WORRIED)], None),
        ([talk(1, BEN, mood=Mood.WORRIED)], None),
    ],
)
def test_the_mood_is_that_of_the_last_talk_with_this_person(talks, mood):
    assert of(talks=talks).mood is mood


def test_each_part_stands_in_the_order_in_which_it_is_said():
    shown = of(
        wrong=[wrong(cause="talked", talked=True), wrong(cause="new"), wrong(again=True)],
        owed=[owed(0), owed(3)],
        waiting=[waiting(1, Priority.LOW), waiting(2, Priority.HIGH)],
        needs=[need(1, N), need(2, W), need(3, T, BEN)],
    )
    assert [entry.cause for entry in shown.wrong] == ["delivery", "new", "talked"]
    assert [entry.days_late for entry in shown.owed] == [3, 0]
    assert [entry.id for entry in shown.waiting] == [2, 1]
    assert [entry.id for entry in shown.needs] == [2, 1]
    assert [entry.id for entry in shown.others] == [3]


@pytest.mark.parametrize(
    ("kept_ago", "talked_ago", "is_said"),
    [(2, 7, True), (2, 2, True), (2, 1, False), (40, 60, True)],
)
def test_a_promise_kept_late_is_said_until_we_talked_on_a_later_day(kept_ago, talked_ago, is_said):
    slip = LateKeptPromise("send the quote", 2, MON - timedelta(days=kept_ago))
    assert (of(slips=[slip], talks=[talk(talked_ago)]).slip is not None) is is_said


def test_of_several_slips_the_latest_is_said():
    slips = [
        LateKeptPromise("old", 9, date(2026, 11, 1)),
        LateKeptPromise("new", 1, date(2026, 11, 20)),
    ]
    slip = of(slips=slips).slip
    assert slip is not None
    assert slip.words == "new"


def test_a_second_time_stays_one_after_it_was_talked_about():
    assert of(wrong=[wrong(again=True, talked=True)]).second_time
    assert not of(wrong=[wrong()]).second_time


NEVER = [ContactRecency(DANA, "Dana", "dana"), ContactRecency(BEN, "Ben", "ben")]
ONLY_BEN = [ContactRecency(DANA, "Dana", "dana"), ContactRecency(BEN, "Ben", "ben", MON, 0)]
BEFORE = Predecessor("Marc Lie", MON)


@pytest.mark.parametrize(
    ("facts", "more", "expected"),
    [
        ({}, {}, Situation.NOTHING_NEW),
        ({"wrong": [wrong()], "owed": [owed(2)]}, {}, Situation.APOLOGY),
        ({"wrong": [wrong(again=True)]}, {"difficult": True}, Situation.SECOND_TIME),
        ({"wrong": [wrong(again=True, talked=True)]}, {}, Situation.NOTHING_NEW),
        ({"wrong": [wrong(again=True, talked=True), wrong()]}, {}, Situation.APOLOGY),
        ({"owed": [owed(2)], "talks": [], "heard": NEVER}, {}, Situation.LATE_PROMISE),
        ({"owed": [owed(0)]}, {}, Situation.NOTHING_NEW),
        ({"talks": [], "heard": NEVER, "ask": AskReason.UNKNOWN}, {}, Situation.FIRST_CALL),
        ({"talks": [], "heard": NEVER, "predecessor": BEFORE}, {}, Situation.HANDOVER),
        ({"talks": [], "heard": ONLY_BEN}, {}, Situation.NEW_CONTACT),
        ({"ask": AskReason.UNKNOWN}, {"difficult": True}, Situation.DIFFICULT),
        ({"ask": AskReason.UNKNOWN, "offer": Stage.WEEKLY}, {}, Situation.ASK_PREFERENCE),
        ({"offer": Stage.WEEKLY}, {"reasons": {ReasonCode.UNHEARD}}, Situation.UNHEARD),
        ({"ask": AskReason.OLD, "offer": Stage.WEEKLY}, {}, Situation.SLOWER),
        ({"ask": AskReason.UNMET}, {}, Situation.ASK_PREFERENCE),
    ],
)
def test_the_opening_is_for_the_gravest_thing(facts, more, expected):
    assert situation(of(**facts), **more) is expected
