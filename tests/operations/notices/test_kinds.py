"""Each kind of notice: when it is planned, for whom, and what becomes of it when it is sent."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from pwa.db import session
from pwa.models import Audit, Cover, Notice, Promise, PromiseMove, Recovery, Role, User
from pwa.operations import notices
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.notices.compose import Skip, Wait, compose, compose_all
from pwa.operations.notices.from_phone.unlogged import remove_attempt
from pwa.operations.notices.planning.recoveries import ESCALATED
from pwa.push.payload import Push
from pwa.rules.notices import merge
from pwa.rules.vocabulary.enums import ClientStatus
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories

MORNING = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)  # a Friday, half past seven in Oslo
EVENING = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NINE = MORNING + 90 * MINUTE
TODAY = date(2026, 11, 20)
K = NoticeKind


@pytest.fixture
def charlie(db):
    return factories.user(team_=factories.team(), name="Charlie Boone")


@pytest.fixture
def petra(charlie):
    return factories.user(Role.SUPERVISOR, charlie.team, name="Petra Lund")


@pytest.fixture
def halden(charlie):
    client = factories.client(charlie)
    factories.preference(factories.contact(client))
    refresh_due_dates([client.id], MORNING)
    return client


def planned(db, *kinds: NoticeKind) -> list[Notice]:
    query = sa.select(Notice).where(Notice.kind.in_(kinds)).order_by(Notice.id)
    return list(db.scalars(query.execution_options(populate_existing=True)))


def written(user: User, kind: NoticeKind, subject: str, at: datetime, **values) -> Notice:
    times = {"due_at": at, "next_try_at": at, "expires_at": at + 4 * HOUR}
    return factories.save(Notice(user_id=user.id, kind=kind, subject=subject, **times, **values))


def push_text(notice: Notice, now: datetime) -> str:
    """The title and the body, or why it is skipped."""
    user = session.get_one(User, notice.user_id)
    push = compose(notice, user, now)
    return f"{push.title} | {push.body}" if isinstance(push, Push) else push.why


def promised(client, due: date, **values):
    return factories.promise(client, due=due, contact_id=client.contacts[0].id, **values)


# Promises


def test_a_promise_of_today_comes_in_the_morning(db, charlie, halden):
    promise = promised(halden, TODAY)
    assert notices.plan(MORNING - MINUTE) == 0
    notices.plan(MORNING + 7 * HOUR)  # of use all day, should there have been an outage
    (notice,) = planned(db, K.PROMISE_TODAY)
    assert (notice.subject, notice.client_id) == (f"{promise.id}@{TODAY}", halden.id)
    assert push_text(notice, MORNING) == "Promised for today: Dana | Tap for what you said."
    promise.kept = TODAY
    db.flush()
    assert push_text(notice, MORNING) == "The promise was kept already."


def test_what_was_promised_or_moved_today_is_no_news(db, charlie, halden):
    monday = date(2026, 11, 23)
    promised(halden, monday, made=TODAY)
    moved = promised(halden, monday)
    factories.save(PromiseMove(promise_id=moved.id, to=monday, told=TODAY, moved_on=TODAY))
    notices.plan(MORNING + HOUR)
    assert planned(db, K.PROMISE, K.PROMISE_TODAY) == []


def test_several_promises_that_were_merged_are_counted(db, charlie, halden):
    promises = [promised(halden, date(2026, 11, 23)) for _ in range(3)]
    notices.plan(MORNING)
    first, *rest = planned(db, K.PROMISE)
    for notice in rest:
        notice.settled_at, notice.result, notice.why = MORNING, "skipped", merge.MERGED
    db.flush()
    assert push_text(first, MORNING) == "3 promises due by Monday | Tap for what you said."
    promises[1].kept = promises[0].kept = TODAY
    db.flush()
    assert push_text(first, MORNING) == "Promised for Monday: Dana | Tap for what you said."


def test_promises_of_today_and_of_monday_are_one_push(db, charlie, halden):
    promised(halden, TODAY)
    promised(halden, date(2026, 11, 23))
    notices.plan(MORNING)
    today, monday = planned(db, K.PROMISE_TODAY, K.PROMISE)
    merged(monday, MORNING)
    text = "1 promise due today | 1 promise due by Monday. Tap for what you said."
    assert push_text(today, MORNING) == text


def test_the_morning_counts_the_deadlines_that_it_absorbed(db, charlie, halden):
    digest = written(charlie, K.DIGEST, "2026-11-20", MORNING)
    outcome = written(charlie, K.OUTCOME, str(missed(halden).id), MORNING)
    assert "missed" not in push_text(digest, MORNING)
    outcome.settled_at, outcome.why = MORNING, merge.IN_DIGEST
    db.flush()
    assert "1 missed callback deadline" in push_text(digest, MORNING)


def test_fridays_digest_counts_to_monday_and_todays(db, charlie, halden):
    for due in (TODAY, date(2026, 11, 21), date(2026, 11, 23), date(2026, 11, 24)):
        promised(halden, due)
    refresh_due_dates([halden.id], MORNING)
    notice = written(charlie, K.DIGEST, "2026-11-20", MORNING)
    text = "1 to call | First: Dana. 1 promise due today. 2 promises due by Monday"
    assert push_text(notice, MORNING) == text
    for kept in db.scalars(sa.select(Promise)):
        kept.kept = TODAY
    db.flush()
    assert "promise" not in push_text(notice, MORNING)
    promised(halden, date(2026, 11, 18))
    promised(halden, TODAY)
    overdue = "1 to call | First: Dana. 1 promise overdue. 1 promise due today"
    assert push_text(notice, MORNING) == overdue


# The evening and calls that nobody logged


def unlogged(user, client, key: str, at: datetime) -> Notice:
    return written(user, K.UNLOGGED, key, at, client_id=client.id)


def test_the_evening_says_what_is_unlogged_and_who_is_first(db, charlie, halden):
    factories.booking(
        halden, contact_id=halden.contacts[0].id, at=datetime(2026, 11, 23, 9, tzinfo=UTC)
    )
    refresh_due_dates([halden.id], EVENING)
    unlogged(charlie, halden, "a", EVENING - 3 * HOUR)
    unlogged(charlie, halden, "b", EVENING - 4 * HOUR)
    unlogged(charlie, halden, "yesterday", EVENING - 20 * HOUR)
    assert notices.plan(EVENING - MINUTE) == 0
    notices.plan(EVENING)
    (evening,) = planned(db, K.EVENING)
    first = "First booked on Monday: Dana at 10:00"
    assert push_text(evening, EVENING) == f"2 calls aren't logged | {first}"
    urgent = factories.contact(factories.client(charlie, "Nordfjord Timber"), "Ole Vik").client
    factories.recovery(urgent)  # leads Monday's list
    assert push_text(evening, EVENING) == f"2 calls aren't logged | {first}"
    factories.interaction(halden, ref="a", at=EVENING - 3 * HOUR)
    assert push_text(evening, EVENING).startswith("1 call isn't logged")


def test_an_evening_with_nothing_to_say_is_quiet(db, charlie):
    notice = written(charlie, K.EVENING, "2026-11-20", EVENING)
    nothing = "There is nothing to log, and nothing agreed for the next working day."
    assert push_text(notice, EVENING) == nothing


def test_who_is_first_tomorrow_is_for_the_morning_to_say(db, charlie, halden):
    notice = written(charlie, K.EVENING, "2026-11-20", EVENING)
    assert push_text(notice, EVENING).startswith("There is nothing to log")
    promised(halden, date(2026, 11, 23))
    assert push_text(notice, EVENING) == "First on Monday: Dana | 1 promise due on Monday"


def test_a_call_that_was_logged_meanwhile_is_not_asked_for(db, charlie, halden):
    notice = unlogged(charlie, halden, "a", MORNING)
    assert push_text(notice, MORNING) == "How did your call go? | Tap to log the call."
    charlie.full_names = True
    assert push_text(notice, MORNING).startswith("How did it go with Halden Freight?")
    factories.interaction(halden, ref="a")
    assert push_text(notice, MORNING) == "The call was logged."


def merged(notice: Notice, at: datetime) -> Notice:
    notice.settled_at, notice.result, notice.why = at, "skipped", merge.MERGED
    return notice


def test_calls_that_were_merged_are_counted_whoever_they_were_to(db, charlie, halden):
    charlie.full_names = True
    beta = factories.contact(factories.client(charlie, "Beta")).client
    kept = unlogged(charlie, beta, "b", MORNING)
    merged(unlogged(charlie, halden, "a", MORNING), MORNING)
    db.flush()
    assert push_text(kept, MORNING).startswith("2 calls aren't logged")
    factories.interaction(halden, ref="a")
    assert push_text(kept, MORNING).startswith("How did it go with Beta?")


def test_the_call_that_is_left_is_asked_about_by_its_own_client(db, charlie, halden):
    charlie.full_names = True
    beta = factories.contact(factories.client(charlie, "Beta")).client
    kept = unlogged(charlie, beta, "b", MORNING)
    merged(unlogged(charlie, halden, "a", MORNING), MORNING)
    factories.interaction(beta, ref="b")
    assert push_text(kept, MORNING).startswith("How did it go with Halden Freight?")
    push = compose(kept, charlie, MORNING)
    assert isinstance(push, Push)
    assert push.url.startswith(f"/interactions/new?key=a&client={halden.id}&at=")


def test_a_call_that_did_not_take_place_is_counted_nowhere(db, charlie, halden):
    kept = unlogged(charlie, halden, "b", MORNING)
    merged(unlogged(charlie, halden, "a", MORNING), MORNING)
    sent = unlogged(charlie, halden, "c", MORNING)
    sent.settled_at, sent.result = MORNING, "sent"
    again = unlogged(charlie, halden, "c+1", MORNING + HOUR)
    db.flush()
    for key in "ac":
        assert remove_attempt(charlie, key, MORNING)
    assert push_text(kept, MORNING).startswith("How did your call go?")
    db.refresh(again)
    assert again.settled_at == MORNING
    db.refresh(sent)
    assert sent.result == "sent"
    evening = written(charlie, K.EVENING, "2026-11-20", EVENING)
    assert push_text(evening, EVENING).startswith("1 call isn't logged")


def test_a_call_that_was_none_takes_no_other_with_it(db, charlie, halden):
    unlogged(charlie, halden, "b", MORNING)
    other = merged(unlogged(charlie, halden, "a", MORNING), MORNING)
    earlier = merged(unlogged(charlie, halden, "c", MORNING - HOUR), MORNING - HOUR)
    db.flush()
    assert remove_attempt(charlie, "b", MORNING)
    db.refresh(other)
    db.refresh(earlier)
    assert (other.settled_at, other.result, other.why) == (None, None, None)
    assert earlier.why == merge.MERGED


@pytest.mark.parametrize("kind", [K.RECOVERY, K.ESCALATION, K.OUTCOME, K.PROMISE])
def test_what_was_put_off_and_then_merged_is_said_with_the_other(db, charlie, petra, halden, kind):
    recipient = petra if kind is K.ESCALATION else charlie
    event = {K.RECOVERY: "opened:", K.ESCALATION: "missed:"}.get(kind, "")
    clients = [halden, factories.contact(factories.client(charlie, "Nordfjord")).client]
    if kind is K.PROMISE:
        monday = date(2026, 11, 23)
        subjects = [f"{promised(client, monday).id}@{monday}" for client in clients]
    else:
        subjects = [f"{event}{missed(client).id}" for client in clients]
    notice = written(recipient, kind, subjects[1], NINE)
    merged(written(recipient, kind, f"{subjects[0]}+1", NINE), NINE)
    db.flush()
    assert compose_all([notice], NINE)[notice.id] == compose(notice, recipient, NINE)
    assert push_text(notice, NINE).startswith("2 ")


def test_what_was_merged_is_said_again_with_what_was_put_off(db, charlie, halden):
    subjects = [f"{promised(halden, date(2026, 11, 23)).id}@2026-11-23" for _ in range(3)]
    first = written(charlie, K.PROMISE, subjects[0], MORNING)
    first.settled_at = MORNING + MINUTE
    merged(written(charlie, K.PROMISE, subjects[1], MORNING), MORNING)
    again = written(charlie, K.PROMISE, f"{subjects[0]}+1", MORNING + HOUR)
    assert push_text(again, MORNING + HOUR).startswith("2 promises due")
    merged(again, MORNING + HOUR)
    later = written(charlie, K.PROMISE, subjects[2], MORNING + HOUR)
    assert push_text(later, MORNING + HOUR).startswith("3 promises due")


# Recoveries


def missed(client, **values) -> Recovery:
    at = MORNING - 20 * HOUR
    return factories.recovery(client, opened=at - 2 * HOUR, escalated_at=at, **values)


def test_the_morning_after_a_missed_deadline(db, charlie, petra, halden):
    recovery = missed(halden)
    ingrid = factories.user(team_=charlie.team)
    factories.user(Role.SUPERVISOR)
    assert notices.plan(MORNING - MINUTE) == 1  # the escalation itself
    notices.plan(MORNING)
    mine, hers = planned(db, K.OUTCOME)
    assert {mine.user_id, hers.user_id} == {charlie.id, petra.id}
    assert ingrid.id not in (mine.user_id, hers.user_id)
    waiting = "Still waiting for a call | The callback deadline was missed yesterday"
    assert push_text(mine, MORNING) == f"{waiting}."
    assert push_text(hers, MORNING) == f"{waiting}, with Charlie."
    passed = {"recovery": recovery.id, "deadline": (MORNING - 70 * HOUR).isoformat()}
    about = {"subject": "client", "subject_id": halden.id, "details": passed}
    factories.save(Audit(at=MORNING, action=ESCALATED, **about))  # noticed after an outage
    assert push_text(mine, MORNING).endswith("The callback deadline was missed on 17 November.")
    recovery.live = MORNING - 10 * HOUR
    db.flush()
    assert push_text(mine, MORNING).startswith("Called after the deadline | ")
    recovery.live, recovery.closed = None, MORNING - 10 * HOUR
    db.flush()
    assert push_text(hers, MORNING).startswith("Closed without a conversation | ")
    assert notices.plan(MORNING + timedelta(days=3)) > 0
    assert len(planned(db, K.OUTCOME)) == 2


def test_what_became_of_several(db, charlie, petra, halden):
    other = factories.contact(factories.client(charlie, "Nordfjord")).client
    first = missed(halden)
    second = missed(other, live=MORNING - HOUR)
    notice = written(petra, K.OUTCOME, str(first.id), MORNING)
    merged = {"settled_at": MORNING, "why": merge.MERGED}
    written(petra, K.OUTCOME, str(second.id), MORNING, **merged)
    text = "2 missed callback deadlines | 1 client is still waiting for a call."
    assert push_text(notice, MORNING) == text


def test_several_clients_who_need_a_call_are_one_push(db, charlie, petra, halden):
    clients = [halden] + [factories.client(charlie, f"Client {n}") for n in range(2)]
    for client in clients:
        if client is not halden:
            factories.preference(factories.contact(client, f"Recipient {client.id}"))
    opened = [factories.recovery(client, opened=NINE - MINUTE * 5) for client in clients]
    notice = written(charlie, K.RECOVERY, f"opened:{opened[0].id}", NINE)
    assert push_text(notice, NINE) == "3 clients need your call | First by 10:55."
    charlie.full_names = True
    assert push_text(notice, NINE).startswith("3 clients need your call | First: ")
    for recovery in opened[1:]:
        recovery.live = NINE
    db.flush()
    assert push_text(notice, NINE).startswith("Something went wrong: Halden Freight | ")


def test_one_that_was_put_right_says_nothing_of_the_rest_unless_merged(db, charlie, halden):
    nordfjord = factories.contact(factories.client(charlie, "Nordfjord")).client
    right = factories.recovery(halden, opened=NINE, closed=NINE)
    wrong = factories.recovery(nordfjord, opened=NINE)
    notice = written(charlie, K.RECOVERY, f"opened:{right.id}", NINE)
    assert push_text(notice, NINE) == "It was put right meanwhile."
    merged = {"settled_at": NINE, "why": merge.MERGED}
    written(charlie, K.RECOVERY, f"opened:{wrong.id}", NINE, **merged)
    assert push_text(notice, NINE).startswith("A client needs your call")


def test_several_escalations_are_one_push(db, charlie, petra, halden):
    first, second = missed(halden), missed(halden, cause="Wrong invoice")
    notice = written(petra, K.ESCALATION, f"missed:{first.id}", NINE)
    written(petra, K.ESCALATION, f"missed:{second.id}", NINE, settled_at=NINE, why=merge.MERGED)
    assert push_text(notice, NINE) == "2 recoveries need your attention | Tap to see who to ask."
    second.live = NINE
    db.flush()
    assert (
        push_text(notice, NINE) == "Missed callback deadline | Charlie's client is still waiting."
    )


# By the person's settings


@pytest.mark.parametrize(
    ("values", "digest", "evening"),
    [
        ({}, 1, 1),
        ({"muted_kinds": "digest"}, 0, 1),
        ({"muted_kinds": "digest,evening"}, 0, 0),
        ({"notice_days": "mon,tue"}, 0, 0),
        ({"notice_days": "fri"}, 1, 1),
        ({"country": "SE", "notice_days": "fri"}, 1, 1),
        ({"digest_at": time(9)}, 0, 1),
        ({"evening_at": time(18)}, 1, 0),
        ({"evening_at": time(20)}, 1, 0),  # within the quiet hours
    ],
)
def test_which_and_when_is_the_persons_choice(db, charlie, values, digest, evening):
    for name, value in values.items():
        setattr(charlie, name, value)
    db.flush()
    notices.plan(MORNING)
    notices.plan(EVENING)
    assert len(planned(db, K.DIGEST)) == digest
    assert len(planned(db, K.EVENING)) == evening


def test_what_is_turned_off_since_is_not_sent(db, charlie, halden):
    notice = unlogged(charlie, halden, "a", MORNING)
    charlie.muted_kinds = "unlogged"
    assert push_text(notice, MORNING) == "These are turned off."


@pytest.mark.parametrize(
    "kind", [kind for kind in NoticeKind if kind not in (K.BOOKED, K.TEST, K.MAIL)]
)
def test_no_kind_but_a_booked_time_comes_in_the_quiet_hours(db, charlie, halden, kind):
    night = MORNING - HOUR
    notice = written(charlie, kind, "1@2026-11-20", night)
    assert push_text(notice, night) == "It would have come in the quiet hours."
    assert compose(notice, charlie, night) == Wait(MORNING - HOUR / 2, merge.QUIET)
    notice.expires_at = MORNING - HOUR / 2
    assert compose(notice, charlie, night) == Skip(merge.QUIET)


def test_the_digest_comes_once_a_day_on_a_flight(db, charlie, halden, ring):
    phone = ring(charlie)
    charlie.muted_kinds = "evening"
    start = MORNING - HOUR
    for step in range(3 * 24 * 4):
        if step == 9:
            charlie.timezone = "America/New_York"
        if step == 60:
            charlie.timezone = "Asia/Tokyo"
        db.flush()
        notices.sweep(start + step * 15 * MINUTE)
    subjects = [notice.subject for notice in planned(db, K.DIGEST)]
    assert subjects == ["2026-11-20", "2026-11-23"]
    assert len(phone.received) == 2


# In bulk


def test_a_batch_takes_a_fixed_number_of_queries(db, charlie, petra, count_queries):
    batch = []
    for number in range(12):
        client = factories.client(charlie, f"Client {number}")
        contact = factories.contact(client) if number % 2 else None
        booking = factories.booking(client, contact_id=contact.id if contact else None, at=NINE)
        factories.contact(client, "Main Contact")
        batch.append(written(charlie, K.BOOKED, f"{booking.id}@20261120T0800", NINE))
        promise = factories.promise(client, due=TODAY)
        batch.append(written(charlie, K.PROMISE_TODAY, f"{promise.id}@2026-11-20", NINE))
        recovery = factories.recovery(client, opened=NINE)
        batch.append(written(charlie, K.RECOVERY, f"opened:{recovery.id}", NINE))
        batch.append(written(petra, K.ESCALATION, f"again:{recovery.id}", NINE))
        batch.append(unlogged(charlie, client, f"key {number}", NINE))
    db.flush()
    counts = []
    for some in (batch[:5], batch):
        before = len(count_queries)
        composed = compose_all(some, NINE)
        counts.append(len(count_queries) - before)
        assert set(composed) == {notice.id for notice in some}
        assert not [push for push in composed.values() if isinstance(push, Skip)]
    assert counts[0] == counts[1] < 20


def test_one_poison_row_costs_only_itself(db, charlie, halden, caplog):
    good = written(charlie, K.DIGEST, "2026-11-20", MORNING)
    promised(halden, TODAY)
    broken = [
        written(charlie, kind, "nonsense", MORNING)
        for kind in (K.BOOKED, K.PROMISE, K.RECOVERY, K.ESCALATION, K.OUTCOME)
    ]
    composed = compose_all([*broken, good], MORNING)
    assert set(composed) == {good.id}
    assert len([r for r in caplog.records if "cannot write notice" in r.message]) == len(broken)


def test_a_persons_wrong_zone_costs_nobody_else_their_notice(db, charlie, petra, halden):
    broken = factories.user(team_=charlie.team)
    notices_ = [written(user, K.DIGEST, "2026-11-20", MORNING) for user in (broken, charlie)]
    broken.timezone = "Europe/Nowhere"
    db.flush()
    assert set(compose_all(notices_, MORNING)) == {notices_[1].id}


def test_a_paused_client_is_left_in_peace(db, charlie, halden):
    notice = unlogged(charlie, halden, "a", MORNING)
    halden.status = ClientStatus.PAUSED
    db.flush()
    assert push_text(notice, MORNING) == "This client is not active now."


def test_whoever_covers_hears_of_the_absent_managers_promise(db, charlie, halden):
    ingrid = factories.user(team_=charlie.team)
    days = {"first_day": TODAY, "last_day": TODAY, "reason": "x"}
    factories.save(Cover(absent_id=charlie.id, covered_by_id=ingrid.id, **days))
    promised(halden, TODAY)
    notices.plan(MORNING)
    assert {notice.user_id for notice in planned(db, K.PROMISE_TODAY)} == {charlie.id, ingrid.id}
    digest = written(ingrid, K.DIGEST, "x", MORNING)
    assert "1 promise due today" in push_text(digest, MORNING)
