"""The briefs of the cases that Rounds was made for, line by line, as a manager reads them."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from pwa.db import session
from pwa.models import Agreement, Cadence, Intensification, Need, Promise, PromiseMove, Recovery
from pwa.models.cadence import Answer
from pwa.operations.brief.brief import full_brief
from pwa.rules.vocabulary.enums import (
    Channel,
    Compliance,
    Kind,
    Mood,
    NeedKind,
    Outcome,
    Priority,
    RequestKind,
    Stage,
)
from tests import factories
from tests.factories import NOW

TODAY = NOW.date()  # a Friday


@pytest.fixture
def manager(db):
    return factories.user(name="Charlie Boone")


def client_of(manager, stage, since, **values):
    """A client of Dana's, with the cadence since a day and nothing else."""
    made = factories.client(manager, stage=stage, **values)
    session.execute(sa.update(Cadence).where(Cadence.client_id == made.id).values(since=since))
    dana = factories.contact(made)
    factories.preference(dana)
    return made, dana


def talked(client, contact, *days_ago, **values):
    return [
        factories.interaction(client, contact_id=contact.id, at=NOW - timedelta(days=ago), **values)
        for ago in days_ago
    ]


def read(client, at=NOW):
    """Every short line with what stands beside it."""
    session.flush()
    session.expire_all()
    return [(line.words, line.beside) for line in full_brief(client.id, at).short]


def test_the_office_manager_after_two_calm_days(manager):
    halden, dana = client_of(manager, Stage.DAILY, TODAY - timedelta(days=2))
    low = factories.request(halden, "Label printer", priority=Priority.LOW)
    talks = talked(halden, dana, 2, 1)
    talks[1].covered.append(low)
    assert read(halden)[:2] == [
        ("Label printer", ""),
        (
            "Offer twice a week",
            "“We have talked every day and things are in hand. Would twice a week suit you now?”",
        ),
    ]
    factories.save(
        Agreement(client_id=halden.id, stage=Stage.TWICE_WEEKLY, answer=Answer.NOT_YET, on=TODAY)
    )
    assert "Offer twice a week" not in dict(read(halden))


def test_an_open_request_that_matters_comes_before_any_offer(manager):
    halden, dana = client_of(manager, Stage.DAILY, TODAY - timedelta(days=2))
    talked(halden, dana, 2, 1)
    factories.request(halden, "Backup alarm", priority=Priority.HIGH, opened=TODAY)
    lines = dict(read(halden))
    assert lines["Backup alarm"] == "high"
    assert "Offer twice a week" not in lines


def test_the_customer_who_wanted_mail_and_was_called(manager):
    nordlicht, lena = client_of(manager, Stage.WEEKLY, date(2026, 10, 1))
    lena.preferences[0].channel = Channel.EMAIL
    talked(nordlicht, lena, 14, 7, stamp=Compliance.NOT_HONOURED)
    found = full_brief(nordlicht.id, NOW).facts
    assert found.ask == "unmet"
    assert ("Dana asked for something else than we do: agree one.", "") in read(nordlicht)
    talked(nordlicht, lena, 1, kind=Kind.EMAIL, outcome=Outcome.WRITTEN, stamp=Compliance.HONOURED)
    talked(nordlicht, lena, 0, kind=Kind.EMAIL, outcome=Outcome.WRITTEN, stamp=Compliance.HONOURED)
    assert full_brief(nordlicht.id, NOW).facts.ask == "unmet"  # still half of the last four
    talked(nordlicht, lena, 0, kind=Kind.EMAIL, outcome=Outcome.WRITTEN, stamp=Compliance.HONOURED)
    assert full_brief(nordlicht.id, NOW).facts.ask is None


def test_the_delivery_that_never_arrived(manager):
    halden, dana = client_of(manager, Stage.WEEKLY, date(2026, 10, 1))
    talked(halden, dana, 7, note="All well.")
    factories.promise(halden, due=date(2026, 11, 18), contact_id=dana.id)
    wrong = Recovery(
        client_id=halden.id,
        contact_id=dana.id,
        cause="yesterday's delivery never arrived",
        opened=NOW - timedelta(hours=1),
    )
    factories.save(wrong)
    lines = read(halden)
    assert lines[0] == (
        "Yesterday's delivery never arrived. Say sorry first, before anything in writing.",
        "Before you dial: what will you do about it?",
    )
    assert lines[1] == ("You promised: send the switch quote", "2 days late")
    assert lines[-1] == ("What would put this right for you?", "")
    assert "All well." not in dict(lines)
    wrong.know_by = NOW + timedelta(hours=3)
    assert read(halden)[0][1] == "You will know by today 13:40."
    wrong.make_good = "this month's fee back"
    assert read(halden)[0][1] == "Ready to offer: this month's fee back"
    wrong.live = NOW
    assert read(halden)[0][0] == "Yesterday's delivery never arrived: ask whether it is right now."


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (TODAY, ("Last daily call: agree what follows", "migration")),
        (TODAY + timedelta(days=3), None),
        (
            TODAY - timedelta(days=2),
            ("Daily calls for the migration ended on 18 November; weekly again", ""),
        ),
    ],
)
def test_a_client_in_the_middle_of_a_migration(manager, until, expected):
    okafor, ruth = client_of(manager, Stage.WEEKLY, date(2026, 10, 1))
    talked(okafor, ruth, 3, 2)
    factories.save(
        Intensification(
            client_id=okafor.id,
            stage=Stage.DAILY,
            until=until,
            reason="migration",
            created_at=NOW - timedelta(days=9),
        )
    )
    found = [line for line in read(okafor) if "aily call" in line[0]]
    assert found == ([expected] if expected else [])


def kept(client, contact, late=0, moved=None):
    due = date(2026, 11, 16)
    made = factories.promise(
        client, due=due, kept=due + timedelta(days=late), contact_id=contact.id
    )
    if moved:
        made.moves.append(PromiseMove(to=due + timedelta(days=late), told=moved, moved_on=moved))
    return made


def test_what_was_kept_late_is_said_first(manager):
    halden, dana = client_of(manager, Stage.WEEKLY, date(2026, 10, 1))
    talked(halden, dana, 10)
    for _ in range(10):
        kept(halden, dana)
    kept(halden, dana, late=3, moved=date(2026, 11, 13))  # they knew before: that is no break
    assert not [words for words, _ in read(halden) if "promises" in words]
    kept(halden, dana, late=2).words = "the quote"
    assert read(halden)[0] == (
        "Kept 11 of 12 promises. “the quote” was 2 days late: say so first.",
        "",
    )
    talked(halden, dana, 0)
    assert full_brief(halden.id, NOW + timedelta(days=3)).facts.slip is None


def test_a_promise_moved_without_a_word_is_late_by_the_first_day(manager):
    halden, _dana = client_of(manager, Stage.WEEKLY, date(2026, 10, 1))
    made = factories.promise(halden, due=date(2026, 11, 18), falls_due=date(2026, 11, 27))
    made.moves.append(PromiseMove(to=date(2026, 11, 27), moved_on=date(2026, 11, 17)))
    assert read(halden)[1] == ("You promised: send the switch quote", "2 days late")


def test_seven_lines_with_what_they_need_and_the_question_among_them(manager):
    halden, dana = client_of(manager, Stage.DAILY, TODAY - timedelta(days=2))
    dana.preferences[0].asked_on = date(2026, 1, 1)
    talked(halden, dana, 2, 1, note="Long words.", mood=Mood.WORRIED)
    for number in range(3):
        factories.promise(halden, f"promise {number}", due=TODAY)
        factories.request(halden, f"high {number}", priority=Priority.HIGH)
        factories.request(halden, f"low {number}", opened=TODAY)
        factories.save(Need(contact_id=dana.id, words=f"need {number}", said_on=TODAY))
        factories.save(
            Recovery(client_id=halden.id, contact_id=dana.id, cause=f"c{number}", opened=NOW)
        )
    lines = read(halden)
    assert len(lines) == 7
    assert lines[-2][0] == "Needs: need 2"
    everything = full_brief(halden.id, NOW).lines
    assert {f"low {number}" for number in range(3)} < {line.words for line in everything}
    assert len(session.query(Promise).all()) == 3


def test_what_another_person_there_said_is_theirs(manager):
    halden, _dana = client_of(manager, Stage.WEEKLY, date(2026, 10, 1))
    ben = factories.contact(halden, "Ben Stone")
    factories.save(Need(contact_id=ben.id, kind=NeedKind.THINKS, words="too slow", said_on=TODAY))
    lines = read(halden)
    assert ("Thinks of us: too slow", "Ben, today") in lines
    assert lines[-1][0] == "What do you need most from us this year?"


def test_quotes_and_meetings_are_gone_through_as_well(manager):
    halden, dana = client_of(manager, Stage.WEEKLY, date(2026, 10, 1))
    talked(halden, dana, 1)
    factories.request(halden, "Three switches", kind=RequestKind.QUOTE)
    assert read(halden)[0] == ("Not gone through last time: Three switches", "")


def test_an_intensification_of_one_evening_holds_west_of_greenwich(db):
    manager = factories.user(timezone="America/New_York")
    halden, dana = client_of(manager, Stage.WEEKLY, TODAY - timedelta(days=30))
    talked(halden, dana, 1)
    evening = NOW.replace(day=21, hour=1)  # Friday, eight in the evening there
    factories.save(
        Intensification(
            client_id=halden.id,
            stage=Stage.DAILY,
            until=TODAY,
            reason="migration",
            created_at=evening - timedelta(minutes=10),
        )
    )
    assert full_brief(halden.id, evening).stage is Stage.DAILY
