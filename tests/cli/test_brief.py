"""`brief CLIENT` as it is typed: the facts of a small book, now and as they were."""

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from pwa.models import Client

FRIDAY = "2026-11-20T09:40:00+01:00"
USER = {
    "email": "charlie@example.com",
    "name": "Charlie Boone",
    "role": "manager",
    "team": "North",
    "timezone": "Europe/Oslo",
}
DANA = {
    "ref": "dana",
    "name": "Dana Whitfield",
    "phone": "+4722123456",
    "preference": {"channel": "phone", "asked_on": "2026-10-03"},
}
BEN = {"ref": "ben", "name": "Ben Stone"}


@pytest.fixture
def run(app, db):
    return lambda *words: app.test_cli_runner().invoke(args=words)


@pytest.fixture
def book(run, tmp_path):
    """Load one client; its parts as the book has them."""

    def load(**client):
        made = {
            "ref": "halden",
            "name": "Halden Freight",
            "owner": "charlie@example.com",
            "country": "NO",
            "cadence": {"stage": "weekly", "since": "2026-10-01"},
            "contacts": [DANA, BEN],
            **client,
        }
        file = tmp_path / "book.json"
        file.write_text(
            json.dumps(
                {"version": 1, "teams": [{"name": "North"}], "users": [USER], "clients": [made]}
            )
        )
        loaded = run("load-book", str(file))
        assert loaded.exit_code == 0, loaded.stderr

    return load


@pytest.fixture
def brief(run):
    def read(at=FRIDAY, client="halden"):
        answer = run("brief", client, "--at", at, "--json")
        assert answer.exit_code == 0, answer.stderr
        return json.loads(answer.stdout)

    return read


def spoke(ref, at, **values):
    return {
        "ref": ref,
        "contact": "dana",
        "by": "charlie@example.com",
        "kind": "call",
        "outcome": "spoke",
        "at": f"{at}T09:00:00+01:00",
        **values,
    }


def test_all_of_it(book, brief):
    book(
        requests=[
            {"ref": "alarm", "title": "Backup alarm", "priority": "high", "opened": "2026-11-02"},
            {"ref": "wifi", "title": "Wireless", "priority": "low", "opened": "2026-11-02"},
        ],
        interactions=[spoke("i1", "2026-11-12", covered=["alarm"])],
        promises=[
            {"ref": "p1", "contact": "dana", "words": "send the quote"}
            | {"made": "2026-11-10", "due": "2026-11-18"},
            {"ref": "p2", "contact": "dana", "words": "call the courier"}
            | {"made": "2026-11-10", "due": "2026-11-12", "kept": "2026-11-12"},
        ],
        recoveries=[
            {"ref": "r1", "contact": "dana", "cause": "Late delivery"}
            | {"opened": "2026-11-19T08:00:00+01:00", "severity": "high"}
        ],
    )
    found = brief()
    assert found == {
        "stage": "weekly",
        "next_due": "2026-11-19",
        "offer": None,
        "writing_locked": True,
        "owed": [
            {"ref": "p1", "words": "send the quote", "due": "2026-11-18", "days_late": 2}
            | {"contact": "Dana Whitfield", "contact_ref": "dana"}
        ],
        "uncovered": [
            {
                "ref": "wifi",
                "title": "Wireless",
                "kind": "request",
                "priority": "low",
                "opened": "2026-11-02",
                "due": None,
            }
        ],
        "ask_preference": False,
        "heard": [
            {"contact": "Dana Whitfield", "contact_ref": "dana", "last": "2026-11-12", "days": 8},
            {"contact": "Ben Stone", "contact_ref": "ben", "last": None, "days": None},
        ],
        "kept": [1, 2],
        "second_time": False,
        "question": "What would put this right for you?",
    }


def test_what_came_after_the_moment_is_not_known_yet(book, brief):
    book(
        requests=[{"ref": "alarm", "title": "Alarm", "opened": "2026-11-16"}],
        interactions=[spoke("i1", "2026-11-05"), spoke("i2", "2026-11-23")],
        promises=[
            {"ref": "p1", "contact": "dana", "words": "send the quote", "made": "2026-11-10"}
            | {"due": "2026-11-12", "kept": "2026-11-21"},
            {"ref": "p2", "contact": "dana", "words": "later", "made": "2026-11-22"}
            | {"due": "2026-11-25"},
        ],
        recoveries=[
            {"ref": "r1", "contact": "dana", "cause": "Late delivery"}
            | {"opened": "2026-11-21T08:00:00+01:00"}
        ],
    )
    found = brief()
    assert [one["ref"] for one in found["owed"]] == ["p1"]
    assert found["owed"][0]["days_late"] == 8
    assert found["uncovered"] == []
    assert found["heard"][0]["last"] == "2026-11-05"
    assert found["writing_locked"] is False
    later = brief("2026-11-23T10:00:00+01:00")
    assert [one["ref"] for one in later["owed"]] == ["p2"]
    assert [one["ref"] for one in later["uncovered"]] == ["alarm"]
    assert (later["kept"], later["heard"][0]["days"]) == ([0, 1], 0)


@pytest.mark.parametrize(
    ("stage", "talks", "offer"),
    [
        ("daily", ["2026-11-18", "2026-11-19"], "twice_weekly"),
        ("daily", ["2026-11-17", "2026-11-19"], None),
        ("twice_weekly", ["2026-11-09", "2026-11-12", "2026-11-16", "2026-11-19"], "weekly"),
        ("twice_weekly", ["2026-11-12", "2026-11-16", "2026-11-19"], None),
        ("weekly", ["2026-10-30", "2026-11-06", "2026-11-13", "2026-11-20"], None),
    ],
)
def test_the_office_manager_is_offered_less_once_it_is_earned(book, brief, stage, talks, offer):
    book(
        cadence={"stage": stage, "since": talks[0]},
        interactions=[spoke(f"i{day}", day) for day in talks],
    )
    assert brief("2026-11-20T09:40:00+01:00")["offer"] == offer


def test_a_move_of_machines_is_daily_until_it_ends(book, brief):
    dense = {"stage": "daily", "since": "2026-11-16", "until": "2026-11-20", "reason": "migration"}
    book(
        cadence={"stage": "weekly", "since": "2026-10-01", "intensified": dense},
        interactions=[spoke("i1", "2026-11-19")],
    )
    assert (brief()["stage"], brief()["next_due"]) == ("daily", "2026-11-20")
    after = brief("2026-11-24T09:00:00+01:00")
    assert (after["stage"], after["next_due"]) == ("weekly", "2026-11-26")


@pytest.mark.parametrize(
    ("preference", "ask"),
    [
        (None, True),
        ({"channel": "email", "asked_on": "2026-10-03"}, False),
        ({"channel": "email", "asked_on": "2026-05-23"}, True),
        ({"channel": "email", "asked_on": "2026-05-24"}, False),
    ],
)
def test_the_question_how_they_like_it_is_asked_again_after_half_a_year(
    book, brief, preference, ask
):
    book(contacts=[{**DANA, "preference": preference}])
    assert brief()["ask_preference"] is ask


def test_calls_to_who_asked_for_mail_raise_the_question(book, brief):
    mail = {"channel": "email", "asked_on": "2026-10-03"}
    calls = [spoke("i1", "2026-11-10"), spoke("i2", "2026-11-17")]
    book(contacts=[{**DANA, "preference": mail}], interactions=calls)
    assert brief("2026-11-16T09:00:00+01:00")["ask_preference"] is False
    assert brief()["ask_preference"] is True


@pytest.mark.parametrize(("earlier", "again"), [("late DELIVERY", True), ("wrong invoice", False)])
def test_the_same_cause_is_the_second_time(book, brief, earlier, again):
    past = {"opened": "2026-09-01T08:00:00+02:00", "closed": "2026-09-20T08:00:00+02:00"}
    past["live"] = "2026-09-01T10:00:00+02:00"
    book(
        recoveries=[
            {"ref": "r0", "contact": "dana", "cause": earlier, **past},
            {"ref": "r1", "contact": "dana", "cause": "Late delivery"}
            | {"opened": "2026-11-19T08:00:00+01:00", "live": "2026-11-19T09:00:00+01:00"},
        ]
    )
    found = brief()
    assert (found["second_time"], found["writing_locked"]) == (again, False)
    assert brief("2026-11-19T08:30:00+01:00")["writing_locked"] is True
    assert brief("2026-11-18T08:30:00+01:00")["second_time"] is False


def test_who_is_not_active_has_no_next_step(book, brief):
    book(status="paused")
    found = brief()
    assert (found["next_due"], found["offer"]) == (None, None)


def test_a_client_is_named_by_ref_or_by_id(book, brief, run, db):
    book()
    number = db.scalar(sa.select(Client.id))
    assert brief(client=str(number)) == brief()
    unknown = run("brief", "nobody", "--json")
    assert unknown.exit_code == 1
    assert unknown.stderr == "There is no client with the ref or the id nobody.\n"
    assert run("brief", "halden", "--at", "soon").exit_code == 1


def test_without_json_it_is_read_by_a_person(book, run):
    due = date(2026, 11, 20) - timedelta(days=1)
    book(
        promises=[
            {"ref": "p1", "contact": "dana", "words": "send the quote"}
            | {"made": "2026-11-10", "due": str(due)}
        ]
    )
    text = run("brief", "halden", "--at", FRIDAY).stdout.splitlines()
    assert text[0] == "Halden Freight · Dana Whitfield"
    assert "You promised: send the quote · 1 day late" in text
    assert text[-1] == "What do you need most from us this year?"
