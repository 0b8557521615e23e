"""Why a client is on the list: each reason has words of its own, a retry those of before."""

from dataclasses import replace
from datetime import date

import pytest

from pwa.operations.text.reason_text import why_line
from pwa.rules.day_list.reason import OtherContact, Reason
from pwa.rules.day_list.row import Row
from pwa.rules.vocabulary.enums import ReasonCode, RowKind, RowTier, Stage
from tests.rules.build import MON, OSLO, dana, oslo

NOW = oslo(MON, "10:00")
BESIDE = OtherContact("", "Ben Stone", date(2026, 11, 2), 21)
WORDS = {
    ReasonCode.RECOVERY: "Make it right: X · 5 h left",
    ReasonCode.BOOKED: "Booked for 15:00",
    ReasonCode.PROMISE_DUE: "You promised: X · due today",
    ReasonCode.PROMISE_LATE: "You promised: X · due today",
    ReasonCode.CADENCE_DUE: "Weekly call · due today",
    ReasonCode.CADENCE_LATE: "Weekly call · due today",
    ReasonCode.INTENSIFIED: "Weekly call for now: X",
    ReasonCode.RECAP_DUE: "Write the recap: you spoke today · due today",
    ReasonCode.CHECK: "Ask whether it is right again: X",
    ReasonCode.FIRST: "First call: make a good beginning · by today",
    ReasonCode.UNHEARD: "You spoke to Ben on 2 November; Dana has heard nothing for 21 days",
    ReasonCode.CONFIRM_BOOKING: "Booked for 15:00: did it happen?",
    ReasonCode.FIND_NUMBER: "The number is wrong",
    ReasonCode.THREAD: "Written about twice: X. Talk instead",
    ReasonCode.PREFERENCE_UNKNOWN: "Ask how they like to hear from you",
    ReasonCode.PREFERENCE_UNMET: "Ask how they like to hear from you",
    ReasonCode.QUOTE: "Quote: X",
    ReasonCode.ROADMAP: "Roadmap: X",
}
CODES = [code for code in ReasonCode if code is not ReasonCode.RETRY]
TIERS = {
    ReasonCode.RECOVERY: RowTier.RECOVERY,
    ReasonCode.BOOKED: RowTier.BOOKED,
    ReasonCode.PROMISE_DUE: RowTier.PROMISE,
    ReasonCode.PROMISE_LATE: RowTier.PROMISE,
    ReasonCode.RECAP_DUE: RowTier.PROMISE,
    ReasonCode.PREFERENCE_UNKNOWN: RowTier.PREFERENCE,
    ReasonCode.PREFERENCE_UNMET: RowTier.PREFERENCE,
    ReasonCode.QUOTE: RowTier.LATER,
    ReasonCode.ROADMAP: RowTier.LATER,
}


def reason(code: ReasonCode) -> Reason:
    return Reason(
        TIERS.get(code, RowTier.CADENCE),
        code,
        dana(),
        MON,
        at=oslo(MON, "15:00"),
        words="X",
        stage=Stage.WEEKLY,
        beside=BESIDE,
    )


def line(step: Reason) -> str:
    row = Row(step, RowKind.CALL, 1, "Halden", 1, "Dana", None, None, True, None, 0, 10)
    return why_line(row, NOW, OSLO)


@pytest.mark.parametrize("code", CODES)
def test_each_reason_has_words_of_its_own(code):
    assert line(reason(code)) == WORDS[code]


@pytest.mark.parametrize("code", CODES)
def test_a_retry_keeps_the_words_of_what_it_tries_again(code):
    again = replace(reason(code), reason=ReasonCode.RETRY, of=code)
    assert line(again) == f"Tried today · {WORDS[code]}"
