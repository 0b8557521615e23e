"""A person's choices about their notifications: saved whole, shown again, and kept when wrong."""

import re
from datetime import time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from pwa import clock
from pwa.models import Notice, Role, User
from pwa.operations.calls import bookings
from pwa.rules.vocabulary.enums import Kind
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories


@pytest.fixture
def manager(db: Session) -> User:
    return factories.user(name="Charlie Boone")


MORNING = "Your morning list comes at 6:45."
WHOLE: dict[str, Any] = {
    "choices": "1",
    "kinds": ["digest", "booked", "promise", "mail"],
    "days": ["mon", "sat"],
    "digest_at": "06:45",
    "evening_at": "16:15",
    "quiet_from": "20:00",
    "quiet_to": "06:30",
    "call_lead": "10",
    "visit_lead": "45",
    "timezone": "Europe/London",
    "full_names": "1",
}


def test_every_choice_is_saved_and_shown(db, manager, sign_in):
    client = sign_in(manager)
    page = client.get("/me").text
    assert page.count('name="kinds" value="') == 8
    for _ in range(2):  # the same twice is the same
        answer = client.post("/me/hours", data={**WHOLE, "key": "a-key-of-its-own"})
        assert answer.headers["Location"] == "/me"
    db.refresh(manager)
    assert manager.muted_kinds == "evening,promise_today,unlogged,outcome"
    assert (manager.notice_days, manager.timezone) == ("mon,sat", "Europe/London")
    assert (manager.call_lead_minutes, manager.visit_lead_minutes) == (10, 45)
    assert (manager.evening_at, manager.full_names) == (time(16, 15), True)
    page = client.get("/me").text
    checked = set(re.findall(r'value="(\w+)"[^>]* checked', page))
    assert checked == {"digest", "booked", "promise", "mail", "mon", "sat", "1"}
    assert 'value="Europe/London"' in page
    assert re.search(r'<option value="45" selected>45 minutes<', page)


@pytest.mark.parametrize("days", [[], ["mon", "tue", "wed", "thu", "fri"]])
def test_the_working_days_are_shown_and_are_no_choice_of_their_own(db, manager, sign_in, days):
    client = sign_in(manager)
    client.post("/me/hours", data={**WHOLE, "days": days})
    db.refresh(manager)
    assert manager.notice_days == ""
    part = client.get("/me").text.split('name="days"')[1:]
    assert [" checked" in box.split(">")[0] for box in part] == [True] * 5 + [False] * 2


def test_travel_time_and_no_names_are_the_default(db, manager, sign_in):
    client = sign_in(manager)
    off = {name: value for name, value in WHOLE.items() if name not in ("full_names", "days")}
    assert client.post("/me/hours", data={**off, "visit_lead": "travel"}).status_code == 303
    db.refresh(manager)
    assert (manager.visit_lead_minutes, manager.full_names) == (None, False)
    assert manager.notice_days == ""


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"digest_at": "20:30"}, "digest_at", "Your quiet hours are 20:00 to 6:30."),
        ({"evening_at": ""}, "evening_at", "Give a time"),
        ({"timezone": "Europe/Nowhere"}, "timezone", "Choose a time zone"),
        ({"timezone": ""}, "timezone", "Choose a time zone"),
        ({"call_lead": "7"}, "call_lead", "Choose one of the list"),
        ({"visit_lead": "x"}, "visit_lead", "Choose one of the list"),
        ({"visit_lead": "0"}, "visit_lead", "Choose one of the list"),
    ],
)
def test_a_choice_that_cannot_be_loses_nothing(db, manager, sign_in, given, field, words):
    answer = sign_in(manager).post("/me/hours", data={**WHOLE, **given})
    assert answer.status_code == 422
    problem = re.search(rf'id="{field}-problem">([^<]*)', answer.text)
    assert problem
    assert words in problem[1]
    assert f'aria-describedby="{field}-problem' in answer.text
    checked = set(re.findall(r'value="(\w+)"[^>]* checked', answer.text))
    assert checked == {"digest", "booked", "promise", "mail", "mon", "sat", "1"}
    db.refresh(manager)
    assert (manager.muted_kinds, manager.timezone) == ("", "Europe/Oslo")


def test_a_page_from_before_changes_its_own_fields_only(db, manager, sign_in):
    manager.muted_kinds, manager.full_names = "evening", True
    client = sign_in(manager)
    given = {"digest_at": "06:45", "quiet_from": "20:00", "quiet_to": "06:30"}
    assert client.post("/me/hours", data=given).status_code == 303
    db.refresh(manager)
    assert (manager.muted_kinds, manager.full_names) == ("evening", True)
    wrong = client.post("/me/hours", data={**given, "digest_at": "05:00"}).text
    assert 'value="05:00"' in wrong
    assert not re.search(r'value="evening"[^>]* checked', wrong)


def test_a_supervisor_is_asked_for_what_can_reach_them(db, manager, sign_in):
    petra = factories.user(Role.SUPERVISOR, manager.team)
    petra.muted_kinds = "digest"
    client = sign_in(petra)
    page = client.get("/me").text
    assert page.count('name="kinds" value="') == 4
    assert "Morning list at" not in page
    assert client.post("/me/hours", data={**WHOLE, "kinds": []}).status_code == 303
    db.refresh(petra)
    assert petra.muted_kinds == "digest,promise,promise_today,outcome,mail"
    assert petra.call_lead_minutes == 5


def test_booked_reminders_follow_the_choice(db, manager, sign_in):
    halden = factories.contact(factories.client(manager)).client
    at = clock.now() + timedelta(days=2)
    bookings.book(halden, None, Kind.CALL, at, clock.now())
    sign_in(manager).post("/me/hours", data={**WHOLE, "call_lead": "15"})
    notice = db.scalars(sa.select(Notice).where(Notice.kind == NoticeKind.BOOKED)).one()
    assert notice.due_at == at - timedelta(minutes=15)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.MANAGER, "You always hear about a client who needs your call"),
        (Role.SUPERVISOR, "You&#39;re told when your team misses a callback deadline"),
        (Role.ADMINISTRATOR, "Choose below which reminders you get"),
    ],
)
def test_everybody_reads_of_what_reaches_them(db, manager, sign_in, role, words):
    user = manager if role is Role.MANAGER else factories.user(role, manager.team)
    page = sign_in(user).get("/me").text
    assert words in page
    assert ("callback deadline, and" in page) == (role is Role.SUPERVISOR)
    assert ("only a booked call reaches you" in page) == (role is Role.MANAGER)


QUIET = "Your quiet hours are 20:00 to 6:30. Choose a time from 6:30 on and before 20:00."


@pytest.mark.parametrize(
    ("kinds", "given", "field", "words"),
    [
        (["evening"], {"evening_at": "20:30"}, "evening_at", QUIET),
        (["evening"], {"evening_at": "20:00"}, "evening_at", QUIET),
        (["evening"], {"digest_at": "05:00", "evening_at": "06:30"}, "", ""),
        (["digest"], {"digest_at": "20:15", "evening_at": "21:00"}, "digest_at", QUIET),
        (["digest", "evening"], {"digest_at": "20:15"}, "digest_at", QUIET),
        (["digest"], {"evening_at": "05:00"}, "", ""),
        ([], {"digest_at": "05:00", "evening_at": "21:00"}, "", ""),
        (
            ["digest", "evening"],
            {"evening_at": "06:45"},
            "evening_at",
            MORNING,
        ),
        (
            ["digest", "evening"],
            {"evening_at": "06:30"},
            "evening_at",
            MORNING,
        ),
        (["digest", "evening"], {"evening_at": "06:46"}, "", ""),
        (["evening"], {"quiet_from": "07:00", "quiet_to": "07:00", "evening_at": "07:00"}, "", ""),
    ],
)
def test_only_what_comes_has_to_come_at_a_time_that_makes_sense(
    db, manager, sign_in, kinds, given, field, words
):
    answer = sign_in(manager).post("/me/hours", data={**WHOLE, **given, "kinds": kinds})
    assert answer.status_code == (422 if words else 303)
    problems = dict(re.findall(r'id="(\w+)-problem">([^<]*)', answer.text))
    assert list(problems) == ([field] if field else [])
    assert problems.get(field, "").startswith(words)


@pytest.mark.parametrize("typed", ["europe/oslo", " EUROPE/OSLO ", "Europe/Oslo", "oslo", " Oslo "])
def test_a_time_zone_in_other_letters_is_that_zone(db, manager, sign_in, typed):
    manager.timezone = "Europe/London"
    answer = sign_in(manager).post("/me/hours", data={**WHOLE, "timezone": typed})
    assert answer.status_code == 303
    db.refresh(manager)
    assert manager.timezone == "Europe/Oslo"
