"""Which kinds come, on which days, and not in the quiet hours."""

from datetime import date, time

import pytest

from pwa.rules.notices.settings import (
    OPTIONAL,
    NoticeSettings,
    read_days,
    read_kinds,
    write_days,
    write_kinds,
)
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests.rules.build import FRI, MON, OSLO, SAT, SUN, TUE, Holidays, oslo

NORWAY = Holidays(TUE)


def settings(**values) -> NoticeSettings:
    return NoticeSettings(OSLO, NORWAY, **values)


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_what_is_muted_does_not_come_but_a_deadline_does(kind):
    muted = settings(muted=frozenset(NoticeKind))
    assert settings().wants(kind)
    assert muted.wants(kind) == (kind not in OPTIONAL)
    assert NoticeKind.RECOVERY not in OPTIONAL
    assert NoticeKind.ESCALATION not in OPTIONAL


@pytest.mark.parametrize(
    ("days", "day", "comes"),
    [
        ("", MON, True),
        ("", TUE, False),  # a holiday
        ("", SAT, False),
        ("mon,tue", MON, True),
        ("mon,tue", TUE, False),  # a holiday, though Tuesdays are chosen
        ("mon,tue", FRI, False),
        ("sat", SAT, True),
        ("sat", SUN, False),
    ],
)
def test_the_days_of_notices(days: str, day: date, comes: bool):
    assert settings(days=read_days(days)).is_working_day(day) == comes


@pytest.mark.parametrize(
    ("digest_at", "quiet", "morning"),
    [
        (time(7, 30), (time(19), time(7)), time(7, 30)),
        (time(6), (time(19), time(7)), time(7)),
        (time(6), (time(0), time(0)), time(6)),
    ],
)
def test_the_morning_waits_for_the_end_of_the_quiet_hours(digest_at, quiet, morning):
    own = settings(digest_at=digest_at, quiet_from=quiet[0], quiet_to=quiet[1])
    assert own.morning_at == morning


def test_quiet_hours_end_where_they_say():
    assert settings().is_quiet(oslo(MON, "22:00"))
    assert settings().end_of_quiet(oslo(MON, "22:00")) == oslo(MON, "07:00", 1)
    assert settings().end_of_quiet(oslo(MON, "12:00")) == oslo(MON, "12:00")


def test_what_is_stored_is_read_again():
    assert read_days("fri,mon,nonsense") == {0, 4}
    assert write_days({4, 0}) == "mon,fri"
    assert read_kinds("evening,nonsense") == {NoticeKind.EVENING}
    chosen = {NoticeKind.UNLOGGED, NoticeKind.DIGEST, NoticeKind.RECOVERY}
    assert write_kinds(chosen) == "digest,unlogged"
    assert not read_kinds("")
    assert not read_days("")
