"""R17: the working day before it falls due, who sees to a promise is warned of it, once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from pwa.models import Cover, Promise, PromiseMove, User
from pwa.operations import notices
from pwa.operations.client_state import due_dates
from pwa.rules.vocabulary.enums import ClientStatus
from tests import factories

FRIDAY = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)  # half past seven in Oslo
MINUTE = timedelta(minutes=1)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def manager(db) -> User:
    """Without the morning's notice, which says what is promised as well."""
    return factories.user(team_=factories.team(country="NO"), muted_kinds="digest")


@pytest.fixture
def halden(manager):
    return factories.contact(factories.client(manager)).client


def promised(client, due: date = MONDAY, **values) -> Promise:
    defaults = {"contact_id": client.contacts[0].id, "made": date(2026, 11, 10), **values}
    return factories.promise(client, due=due, **defaults)


def about_promises(lines):
    return [line for line in lines if line.kind == "promise"]


def swept(first: datetime, last: datetime):
    """What a worker sends that sweeps every ten minutes."""
    lines = []
    while first <= last:
        lines += about_promises(notices.sweep(first))
        first += 10 * MINUTE
    return lines


def test_a_promise_for_monday_is_warned_about_on_friday_morning(db, manager, halden, ring):
    phone = ring(manager)
    promise = promised(halden)
    (line,) = about_promises(notices.sweep(FRIDAY))
    assert (line.result, line.title) == ("sent", "Promised for Monday: Dana")
    pushed = [push.json for push in phone.received if push.json["tag"].startswith("promise")]
    assert [{name: said[name] for name in ("title", "body", "url", "tag")} for said in pushed] == [
        {
            "title": "Promised for Monday: Dana",
            "body": "Tap for what you said.",
            "url": "/promises",
            "tag": f"promise-{promise.id}",
        }
    ]


@pytest.mark.parametrize(
    ("due", "warned_on"),
    [
        (date(2026, 11, 24), [date(2026, 11, 23)]),
        (date(2026, 11, 23), [date(2026, 11, 20)]),
        (date(2026, 11, 22), [date(2026, 11, 20)]),
        (date(2026, 11, 20), []),  # was warned about the day before this week began
        (date(2026, 12, 9), []),
    ],
)
def test_it_comes_once_on_the_working_day_before(db, manager, halden, ring, due, warned_on):
    ring(manager)
    promised(halden, due)
    days = {}
    for offset in range(5):
        begin = FRIDAY - 30 * MINUTE + timedelta(days=offset)
        if lines := swept(begin, begin + timedelta(hours=3)):
            days[(begin + timedelta(hours=1)).date()] = len(lines)
    assert days == dict.fromkeys(warned_on, 1)


def test_a_holiday_is_no_working_day(db, manager, halden, ring):
    ring(manager)
    promised(halden, date(2026, 12, 28))  # the Monday after Christmas
    christmas = datetime(2026, 12, 23, 6, 30, tzinfo=UTC)
    counts = [len(about_promises(notices.sweep(christmas + timedelta(days=n)))) for n in range(4)]
    assert counts == [0, 1, 0, 0]  # Thursday the 24th is worked, Friday and the weekend are not


def test_quiet_hours_put_it_off_to_their_end(db, manager, halden, ring):
    ring(manager)
    manager.quiet_from, manager.quiet_to = time(20), time(9)
    promised(halden)
    assert swept(FRIDAY, FRIDAY + 80 * MINUTE) == []
    nine = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    assert [line.result for line in about_promises(notices.sweep(nine))] == ["sent"]


def test_moved_to_another_day_it_is_warned_about_anew(db, manager, halden, ring):
    ring(manager)
    promise = promised(halden)
    notices.sweep(FRIDAY)
    move = PromiseMove(promise_id=promise.id, to=date(2026, 11, 25), told=date(2026, 11, 20))
    factories.save(move)
    promise.falls_due = date(2026, 11, 25)
    db.flush()
    assert about_promises(notices.sweep(FRIDAY + timedelta(days=3))) == []
    (line,) = about_promises(notices.sweep(FRIDAY + timedelta(days=4)))
    assert line.title == "Promised for tomorrow: Dana"


def test_whoever_sees_to_it_is_warned(db, manager, halden, ring):
    sam = factories.user(team_=manager.team)
    ring(manager)
    ring(sam)
    promised(halden, owner_id=sam.id)
    (line,) = about_promises(notices.sweep(FRIDAY))
    assert line.person == sam.email


def test_whoever_covers_an_absence_is_warned_too(db, manager, halden, ring):
    first, last = date(2026, 11, 16), date(2026, 11, 20)
    users = {who: factories.user(team_=manager.team) for who in ("now", "before", "ended")}
    days = {"now": (first, last), "before": (first, date(2026, 11, 19)), "ended": (first, last)}
    for who, person in users.items():
        ring(person)
        begin, end = days[who]
        ended = FRIDAY - timedelta(days=1) if who == "ended" else None
        cover = {"absent_id": manager.id, "first_day": begin, "last_day": end, "ended_at": ended}
        factories.save(Cover(covered_by_id=person.id, **cover))
    ring(manager)
    promised(halden)
    warned = {line.person for line in about_promises(notices.sweep(FRIDAY))}
    assert warned == {manager.email, users["now"].email}


def test_what_is_kept_or_asleep_is_left_alone(db, manager, halden, ring):
    ring(manager)
    promised(halden, kept=date(2026, 11, 19))
    paused = factories.contact(factories.client(manager, status=ClientStatus.PAUSED)).client
    promised(paused)
    assert about_promises(notices.sweep(FRIDAY)) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kept": date(2026, 11, 20)}, "The promise was kept already."),
        ({"falls_due": date(2026, 11, 30)}, "The promise was moved to another day."),
    ],
)
def test_what_changed_since_it_was_planned_is_skipped(db, manager, halden, ring, change, why):
    promise = promised(halden)
    notices.plan(FRIDAY)
    ring(manager)
    for name, value in change.items():
        setattr(promise, name, value)
    db.flush()
    (line,) = about_promises(notices.sweep(FRIDAY + MINUTE))
    assert (line.result, line.why) == ("skipped", why)


def test_the_morning_counts_what_is_promised_for_tomorrow(db, manager, halden, ring):
    phone = ring(manager)
    promised(halden, date(2026, 11, 21))
    promised(halden, date(2026, 11, 20))
    due_dates.refresh_due_dates([halden.id], FRIDAY)
    manager.muted_kinds = ""
    lines = about_promises(notices.sweep(FRIDAY))
    assert {line.why for line in lines} == {"The morning's list says it."}
    (digest,) = [push.json for push in phone.received if push.json["tag"] == "digest"]
    assert digest["body"].endswith("1 promise due tomorrow")
