"""Making it right, step by step, on the screens of a manager and a supervisor."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from pwa.models import Audit, Interaction, Notice, Promise, Recovery, WritingOverride
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.notices import plan
from pwa.rules.vocabulary.enums import Channel, Kind, Outcome
from tests import factories

pytestmark = pytest.mark.usefixtures("on_a_friday")

NOW = factories.NOW
WENT_WRONG = {"key": "went-wrong-1", "cause": "Delivery missing", "severity": "high"}
COURIER = "A courier brings it this afternoon"


@pytest.fixture
def halden(charlie):
    client = factories.client(charlie)
    dana = factories.contact(client, email="dana@halden.example")
    factories.preference(dana)
    return client


@pytest.fixture
def dana(halden):
    return halden.contacts[0]


def noted(db, action):
    """What the audit says of an action, each time that somebody did it."""
    rows = db.scalars(sa.select(Audit).where(Audit.action == action).order_by(Audit.id)).all()
    assert all(one.user_id for one in rows)
    return [one.details for one in rows]


def opened(browser, client, **values):
    data = {**WENT_WRONG, "contact": client.contacts[0].id, **values}
    return browser.post(f"/clients/{client.id}/recoveries", data=data)


def stored(db):
    db.expire_all()
    return list(db.scalars(sa.select(Recovery).order_by(Recovery.id)))


def prepared(browser, recovery, **values):
    data = {"key": "prepare-it-1", "make_good": COURIER, **values}
    return browser.post(f"/recoveries/{recovery.id}/preparation", data=data)


def talk(browser, client, key="a-talk-it-was", **values):
    data = {
        "key": key,
        "client": client.id,
        "contact": client.contacts[0].id,
        "kind": "call",
        "direction": "out",
        "outcome": "spoke",
        "at": datetime.now(UTC).isoformat(),
        **values,
    }
    return browser.post("/interactions", data=data)


def test_it_is_opened_in_two_taps_and_comes_first(db, phone, halden, charlie):
    factories.client(charlie, "Another Ltd")
    db.commit()
    refresh_due_dates([halden.id], NOW)
    db.commit()
    for path in (f"/clients/{halden.id}", "/today"):
        page = phone.get(path).text
        assert f"/clients/{halden.id}/recoveries/new" in page, path
        assert "Something went wrong" in page, path
    assert opened(phone, halden).status_code == 303
    today = phone.get("/today").text
    assert "Make it right ·" in today
    assert "Delivery missing. Say sorry first" in today
    assert db.scalar(sa.select(Audit.details["cause"].as_string())) == "Delivery missing"


def test_what_is_missing_is_said_and_what_was_typed_is_kept(phone, halden):
    answer = opened(phone, halden, cause="", contact="0", severity="medium")
    assert answer.status_code == 422
    assert "What went wrong?" in answer.text
    assert "Who is it about?" in answer.text


def test_a_cause_of_ones_own_is_taken_in_its_words(db, phone, halden):
    opened(phone, halden, cause="", other="The gate stood open all night")
    assert stored(db)[0].cause == "The gate stood open all night"


def test_the_call_waits_until_it_is_prepared(db, phone, halden):
    opened(phone, halden)
    (recovery,) = stored(db)
    for path in (f"/clients/{halden.id}", "/today", f"/recoveries/{recovery.id}"):
        page = phone.get(path).text
        assert "Prepare first" in page, path
        assert "tel:" not in page, path
    assert prepared(phone, recovery).status_code == 303
    for path in (f"/clients/{halden.id}", "/today", f"/recoveries/{recovery.id}"):
        assert "tel:+4722123456" in phone.get(path).text, path
    assert COURIER in phone.get(f"/recoveries/{recovery.id}").text


def test_one_tap_says_by_when_i_will_know(db, phone, halden):
    opened(phone, halden)
    (recovery,) = stored(db)
    assert prepared(phone, recovery, make_good="", know="evening").status_code == 303
    assert stored(db)[0].know_by == datetime(2026, 11, 20, 16, tzinfo=UTC)
    said = {"make_good": None, "know_by": "2026-11-20T16:00:00+00:00"}
    assert noted(db, "recovery prepared") == [{"recovery": recovery.id, **said}]
    assert "I will know by today 17:00" in phone.get(f"/recoveries/{recovery.id}").text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Say what you will do, or by when you will know."),
        ({"know_day": "2026-11-19", "know_time": "09:00"}, "That moment is gone."),
        ({"know_day": "2026-11-21"}, "What time?"),
    ],
)
def test_a_preparation_says_something(db, phone, halden, values, words):
    opened(phone, halden)
    answer = prepared(phone, stored(db)[0], make_good="", **values)
    assert answer.status_code == 422
    assert words in answer.text


def test_call_first_until_it_was_talked_about(db, phone, halden, dana):
    page = phone.get(f"/clients/{halden.id}").text
    assert "mailto:dana@halden.example" in page
    opened(phone, halden)
    (recovery,) = stored(db)
    talk(phone, halden, key="only-a-voicemail", outcome="voicemail")
    for path in (f"/clients/{halden.id}", f"/contacts/{dana.id}/writing"):
        page = phone.get(path).text
        assert "mailto:" not in page, path
        assert "sms:" not in page, path
    assert "Ask for a time to talk" in phone.get(f"/contacts/{dana.id}/writing").text
    prepared(phone, recovery)
    talk(phone, halden, **{f"about-{recovery.id}": "yes"})
    assert "mailto:dana@halden.example" in phone.get(f"/clients/{halden.id}").text


def test_writing_all_the_same_takes_a_reason_and_holds_for_a_while(
    db, phone, halden, dana, petra, sign_in, time_machine
):
    opened(phone, halden)
    address = f"/contacts/{dana.id}/writing"
    refused = phone.post(address, data={"key": "without-reason", "what": "else"})
    assert refused.status_code == 422
    assert "your supervisor sees it" in refused.text
    data = {"key": "with-a-reason", "what": "else", "reason": "The gate code"}
    answer = phone.post(address, data=data)
    through = answer.headers["Location"]
    assert "mailto:dana@halden.example" in phone.get(through).text
    assert "mailto:" not in phone.get(address).text
    assert "holds for one message" in phone.get(address).text
    row = db.scalar(sa.select(WritingOverride))
    assert (row.reason, row.something_else) == ("The gate code", True)
    assert "The gate code" in sign_in(petra).get("/team").text
    time_machine.move_to(NOW + timedelta(minutes=16), tick=False)
    assert "mailto:" not in phone.get(through).text


def test_writing_all_the_same_is_for_one_message(phone, halden, dana, time_machine):
    opened(phone, halden)
    address = f"/contacts/{dana.id}/writing"
    data = {"key": "with-a-reason", "what": "else", "reason": "The gate code"}
    through = phone.post(address, data=data).headers["Location"]
    time_machine.move_to(NOW + timedelta(minutes=2), tick=False)
    assert "mailto:" in phone.get(through).text
    asked = {"key": "ask-for-a-time", "words": "When may I call?", "channel": "email"}
    phone.post(f"/contacts/{dana.id}/time-to-talk", data=asked)
    assert "mailto:" not in phone.get(through).text


def test_asking_for_a_time_is_no_contact_for_who_asked_for_mail(db, phone, halden, dana):
    dana.preferences[0].channel = Channel.EMAIL
    at = NOW - timedelta(days=2)
    factories.interaction(halden, contact_id=dana.id, at=at, received_at=at)
    refresh_due_dates([halden.id], NOW)
    db.expire_all()
    before = (halden.next_due, halden.promised_on)
    page = phone.get(f"/contacts/{dana.id}/time-to-talk")
    assert 'data-kind="email"' not in page.text
    data = {"key": "ask-for-a-time", "words": "When may I call?", "channel": "email"}
    phone.post(f"/contacts/{dana.id}/time-to-talk", data=data)
    db.expire_all()
    assert (halden.next_due, halden.promised_on) == before
    assert before[1] is not None


def test_asking_for_a_time_is_written_down_and_settles_nothing(db, phone, halden, dana):
    opened(phone, halden)
    page = phone.get(f"/contacts/{dana.id}/time-to-talk").text
    assert "When may I call you?" in page
    data = {"key": "ask-for-a-time", "words": "When may I call?", "channel": "email"}
    assert phone.post(f"/contacts/{dana.id}/time-to-talk", data=data).status_code == 303
    row = db.scalar(sa.select(Interaction))
    assert (row.kind, row.outcome, row.note) == (Kind.EMAIL, Outcome.WRITTEN, "When may I call?")
    assert (row.asks_for_time, row.reached) == (True, False)
    assert stored(db)[0].live is None
    missing = {**data, "key": "ask-for-another", "channel": ""}
    assert phone.post(f"/contacts/{dana.id}/time-to-talk", data=missing).status_code == 422


def test_a_conversation_about_something_else_does_not_settle_it(db, phone, halden):
    opened(phone, halden)
    (recovery,) = stored(db)
    asked = talk(phone, halden)
    assert asked.status_code == 422
    assert "Did you talk about it?" in asked.text
    talk(phone, halden, **{f"about-{recovery.id}": "no"})
    assert stored(db)[0].live is None
    assert "Make it right" in phone.get("/today").text
    assert "Prevent it next time" not in phone.get("/today").text


def test_after_it_was_talked_about_prevention_is_one_tap_away(db, phone, halden):
    opened(phone, halden)
    (recovery,) = stored(db)
    talk(phone, halden, **{f"about-{recovery.id}": "yes"})
    assert f'href="/recoveries/{recovery.id}">Prevent it next time' in phone.get("/today").text


def test_correcting_the_conversation_puts_it_first_again(db, phone, halden):
    opened(phone, halden)
    (recovery,) = stored(db)
    talk(phone, halden, **{f"about-{recovery.id}": "yes"})
    assert stored(db)[0].live == NOW
    row = db.scalar(sa.select(Interaction))
    data = {"key": "it-was-no-talk", "outcome": "no_answer"}
    phone.post(f"/interactions/{row.id}/correction", data=data)
    assert stored(db)[0].live is None


def test_prevention_becomes_a_promise_with_an_owner_and_a_day(db, phone, halden, petra):
    opened(phone, halden)
    (recovery,) = stored(db)
    talk(phone, halden, **{f"about-{recovery.id}": "yes"})
    data = {"key": "prevent-it-now", "words": "Track each parcel", "due": "2026-12-01"}
    bad = phone.post(f"/recoveries/{recovery.id}/prevention", data={**data, "due": "2026-11-01"})
    assert bad.status_code == 422
    assert "Track each parcel" in bad.text
    data["owner"] = petra.id
    assert phone.post(f"/recoveries/{recovery.id}/prevention", data=data).status_code == 303
    promise = db.scalar(sa.select(Promise))
    assert (promise.words, promise.due) == ("Track each parcel", date(2026, 12, 1))
    assert promise.owner_id == petra.id
    assert stored(db)[0].prevention_id == promise.id
    again = {**data, "key": "from-another-tab", "words": "Ask the carrier"}
    answer = phone.post(f"/recoveries/{recovery.id}/prevention", data=again, follow_redirects=True)
    assert "yours was not added: “Ask the carrier”" in answer.text
    assert db.scalar(sa.select(sa.func.count()).select_from(Promise)) == 1


def test_closed_without_a_talk_the_supervisor_sees_it(db, phone, halden, petra, sign_in):
    opened(phone, halden)
    (recovery,) = stored(db)
    desk = sign_in(petra)
    assert "Closed without a talk" not in desk.get("/team").text
    data = {"key": "close-it-now", "why": "It arrived after all"}
    assert "your supervisor sees it, and why" in phone.get(f"/recoveries/{recovery.id}").text
    phone.post(f"/recoveries/{recovery.id}/closing", data=data)
    team = desk.get("/team").text
    assert "Closed without a talk" in team
    assert "Delivery missing · It arrived after all" in team


def test_the_checks_follow_and_the_last_one_closes_it(db, phone, halden, time_machine):
    opened(phone, halden, severity="low")
    (recovery,) = stored(db)
    talk(phone, halden, **{f"about-{recovery.id}": "yes"})
    assert stored(db)[0].checks == [{"due": "2026-11-27", "done": None}]
    time_machine.move_to(NOW + timedelta(days=7), tick=False)
    new = f"/interactions/new?client={halden.id}&contact={halden.contacts[0].id}&key=check-it-holds"
    assert "Does it hold? Delivery missing" in phone.get(f"{new}&at=2026-11-27T09:00").text
    talk(phone, halden, key="the-check-talk", **{f"about-{recovery.id}": "yes"})
    (recovery,) = stored(db)
    assert recovery.checks == [{"due": "2026-11-27", "done": "2026-11-27"}]
    assert recovery.closed is not None
    why = "the last check held"
    assert noted(db, "recovery closed") == [{"recovery": recovery.id, "why": why}]


def test_the_same_again_is_a_second_time_and_the_supervisor_is_told(
    db, phone, halden, petra, time_machine
):
    opened(phone, halden, severity="low")
    (first,) = stored(db)
    talk(phone, halden, **{f"about-{first.id}": "yes"})
    time_machine.move_to(NOW + timedelta(days=7), tick=False)
    talk(phone, halden, key="the-check-talk", **{f"about-{first.id}": "again"})
    first, second = stored(db)
    assert first.closed is not None
    assert (second.again_of_id, second.live) == (first.id, None)
    assert noted(db, "recovery closed") == [{"recovery": first.id, "why": "it came back"}]
    assert "second time" in phone.get(f"/clients/{halden.id}").text
    told = db.scalar(sa.select(Notice.user_id).where(Notice.subject == f"again:{second.id}"))
    assert told == petra.id


def test_a_supervisor_who_heard_of_it_opens_it_and_the_manager_is_told(
    db, petra, charlie, halden, sign_in
):
    assert opened(sign_in(petra), halden).status_code == 303
    (recovery,) = stored(db)
    assert recovery.opened_by_id == petra.id
    assert db.scalar(sa.select(Notice.user_id)) == charlie.id


def test_a_missed_deadline_is_told_once_and_written_down(db, phone, halden, petra, time_machine):
    opened(phone, halden)
    (recovery,) = stored(db)
    near = NOW + timedelta(minutes=95)
    plan(near)
    kinds = list(db.scalars(sa.select(Notice.subject)))
    assert kinds == [f"deadline:{recovery.id}"]
    late = NOW + timedelta(minutes=125)
    for _ in range(2):
        plan(late)
    missed = db.scalars(sa.select(Notice).where(Notice.subject == f"missed:{recovery.id}")).all()
    assert [one.user_id for one in missed] == [petra.id]
    assert stored(db)[0].escalated_at == late
    actions = list(db.scalars(sa.select(Audit.action).where(Audit.user_id.is_(None))))
    assert actions == ["recovery escalated"]


def test_call_anyway_is_offered_and_written_down(db, phone, halden):
    opened(phone, halden)
    (recovery,) = stored(db)
    assert "Call anyway" in phone.get(f"/recoveries/{recovery.id}").text
    phone.post(f"/recoveries/{recovery.id}/call-anyway", data={"key": "call-anyway-1"})
    assert stored(db)[0].call_anyway
    assert "recovery call anyway" in set(db.scalars(sa.select(Audit.action)))


def test_it_is_closed_by_hand_only_with_a_reason(db, phone, halden):
    opened(phone, halden)
    (recovery,) = stored(db)
    address = f"/recoveries/{recovery.id}/closing"
    assert phone.post(address, data={"key": "close-without"}).status_code == 422
    assert phone.post(address, data={"key": "close-with-it", "why": "A mix-up"}).status_code == 303
    assert stored(db)[0].closed == NOW
    assert "Make it right" not in phone.get("/today").text


def test_the_team_keeps_its_own_list_of_causes(db, phone, halden):
    assert "Wrong invoice" in phone.get(f"/clients/{halden.id}/recoveries/new").text
    data = {"key": "our-own-causes", "words": "Late pallet\n\nLate pallet\n Broken  seal "}
    assert phone.post("/team/causes", data=data).status_code == 303
    page = phone.get(f"/clients/{halden.id}/recoveries/new").text
    assert page.count("Late pallet") == 2  # its value and its words
    assert "Broken seal" in page
    assert "Wrong invoice" not in page
    (change,) = noted(db, "causes changed")
    assert "Wrong invoice" in change["from"]
    assert change["to"] == ["Late pallet", "Broken seal"]
    many = "\n".join(f"Cause {number}" for number in range(21))
    refused = phone.post("/team/causes", data={"key": "far-too-many", "words": many})
    assert refused.status_code == 422
    assert "Cause 20" in refused.text
