"""Notices on their user's side: shown, opened, put off, said on a page that is on the screen."""

import html
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from pwa.models import Delivery, Device, Notice, Postponement, SignIn
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.notices.expand import NO_DEVICE
from pwa.operations.notices.from_phone.presence import LEAVES_FOR
from pwa.operations.notices.planning.rows import base_subject
from pwa.rules.notices import merge
from pwa.rules.notices.due import UNLOGGED_AFTER
from pwa.rules.notices.hold import IN_USE_FOR
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories
from tests.factories import NOW

ENDPOINT = "https://push.example/1"
HOUR = timedelta(hours=1)
MINIMAL = {"Prefer": "return=minimal"}


@pytest.fixture(autouse=True)
def today(on_a_friday):
    """Friday the 20th of November 2026, 10:40 in Oslo."""


def a_notice(user, kind=NoticeKind.DIGEST, subject="2026-11-20", **values) -> Notice:
    times = {"due_at": NOW, "expires_at": NOW + 4 * HOUR, "next_try_at": NOW, **values}
    return factories.save(Notice(user_id=user.id, kind=kind, subject=subject, **times))


def a_device(user, endpoint=ENDPOINT, **values) -> Device:
    keys = {"p256dh": "p", "auth": "a", "name": "Chrome on Android", "created_at": NOW}
    return factories.save(Device(user_id=user.id, endpoint=endpoint, **keys, **values))


def a_delivery(notice, device) -> Delivery:
    times = {"expires_at": notice.expires_at, "next_try_at": NOW}
    ids = {"notice_id": notice.id, "device_id": device.id, "service": "https://push.example"}
    return factories.save(Delivery(**ids, **times))


def later(phone, notice, until, headers=None):
    data = {"until": until, "key": f"notice-{notice.id}-{until}"}
    return phone.post(f"/notices/{notice.id}/later", data=data, headers=headers)


def notices_of(db, user) -> list[Notice]:
    query = sa.select(Notice).where(Notice.user_id == user.id).order_by(Notice.id)
    return list(db.scalars(query.execution_options(populate_existing=True)))


def test_a_device_says_that_it_shows_a_notice(db, phone, charlie):
    notice, device = a_notice(charlie), a_device(charlie)
    elsewhere = a_device(charlie, "https://push.example/2")
    mine, colleagues = a_delivery(notice, device), a_delivery(notice, elsewhere)
    for _ in range(2):
        answer = phone.post(f"/notices/{notice.id}/shown", data={"endpoint": ENDPOINT})
        assert answer.status_code == 204
    for row in (mine, colleagues, device, elsewhere):
        db.refresh(row)
    assert (mine.shown_at, device.last_shown_at) == (NOW, NOW)
    assert (colleagues.shown_at, elsewhere.last_shown_at) == (None, None)


def test_the_first_time_that_it_was_shown_stays(db, phone, charlie, time_machine):
    notice, device = a_notice(charlie), a_device(charlie)
    delivery = a_delivery(notice, device)
    phone.post(f"/notices/{notice.id}/shown", data={"endpoint": ENDPOINT})
    time_machine.move_to(NOW + HOUR, tick=False)
    phone.post(f"/notices/{notice.id}/shown", data={"endpoint": ENDPOINT})
    db.refresh(delivery)
    assert delivery.shown_at == NOW


def test_a_device_of_somebody_else_has_shown_nothing(db, phone, charlie, ingrid):
    notice, device = a_notice(charlie), a_device(ingrid)
    assert phone.post(f"/notices/{notice.id}/shown", data={"endpoint": ENDPOINT}).status_code == 204
    db.refresh(device)
    assert device.last_shown_at is None


def test_an_endpoint_that_no_database_can_look_up_is_refused(db, phone, charlie):
    address = f"/notices/{a_notice(charlie).id}/shown"
    assert phone.post(address, data={"endpoint": "\x00"}).status_code == 400


def test_a_page_that_a_notice_led_to_says_so_once(db, phone, charlie, halden, time_machine):
    notice = a_notice(charlie)
    assert phone.get(f"/clients/{halden.id}?notice={notice.id}").status_code == 200
    time_machine.move_to(NOW + HOUR, tick=False)
    phone.get(f"/today?notice={notice.id}")
    db.refresh(notice)
    assert notice.opened_at == NOW


@pytest.mark.parametrize("number", ["", "x", "-1", "0", "99999999999999999999", "1.5"])
def test_an_address_with_any_other_number_opens_as_ever(db, phone, number):
    assert phone.get(f"/today?notice={number}").status_code == 200


def test_nobody_opens_the_notice_of_somebody_else(db, phone, ingrid):
    notice = a_notice(ingrid)
    page = phone.get(f"/today?notice={notice.id}")
    assert "In an hour" not in page.text
    db.refresh(notice)
    assert notice.opened_at is None


@pytest.mark.parametrize(
    ("kind", "about", "values"),
    [
        (NoticeKind.DIGEST, False, ["hour"]),
        (NoticeKind.DIGEST, True, ["hour", "tomorrow"]),
        (NoticeKind.PROMISE, True, ["hour", "tomorrow"]),
        (NoticeKind.RECOVERY, True, ["hour", "tomorrow"]),
        (NoticeKind.UNLOGGED, True, ["hour"]),
        (NoticeKind.BOOKED, True, ["hour"]),
        (NoticeKind.TEST, False, []),
    ],
)
def test_the_page_has_the_buttons_of_the_notice(db, phone, charlie, halden, kind, about, values):
    notice = a_notice(charlie, kind, client_id=halden.id if about else None)
    page = phone.get(f"/today?notice={notice.id}").text
    assert (f'action="/notices/{notice.id}/later"' in page) == bool(values)
    assert re.findall(r'name="until" value="(\w+)"', page) == values
    assert "/later" not in phone.get("/today").text


def test_no_button_for_an_hour_that_comes_too_late(db, phone, charlie):
    notice = a_notice(charlie, expires_at=NOW + HOUR)
    assert 'value="hour"' not in phone.get(f"/today?notice={notice.id}").text


def test_in_an_hour_it_comes_once_more(db, phone, charlie):
    notice = a_notice(charlie)
    delivery = a_delivery(notice, a_device(charlie))
    for _ in range(2):
        assert later(phone, notice, "hour", MINIMAL).status_code == 204
    first, again = notices_of(db, charlie)
    assert (first.settled_at, first.result, first.why) == (
        NOW,
        "skipped",
        "It was put off for an hour.",
    )
    assert again.subject == "2026-11-20+1"
    assert (again.due_at, again.next_try_at) == (NOW + HOUR, NOW + HOUR)
    assert (again.kind, again.expires_at, again.settled_at) == (
        NoticeKind.DIGEST,
        notice.expires_at,
        None,
    )
    db.refresh(delivery)
    assert delivery.settled_at == NOW
    assert later(phone, again, "hour", MINIMAL).status_code == 204
    assert [row.subject for row in notices_of(db, charlie)] == [
        "2026-11-20",
        "2026-11-20+1",
        "2026-11-20+2",
    ]


@pytest.mark.parametrize(
    ("subject", "base"),
    [
        ("7@20261120T0940", "7@20261120T0940"),
        ("7@20261120T0940+1", "7@20261120T0940"),
        ("opened:5+12", "opened:5"),
        ("a+b", "a+b"),
        ("", ""),
    ],
)
def test_what_was_put_off_is_about_the_same(subject, base):
    assert base_subject(subject) == base


def test_in_the_quiet_hours_it_comes_once_they_end(db, phone, charlie, halden, time_machine):
    """Put off at 18:30: an hour later nobody is told, so the next morning says it."""
    opened_at = NOW.replace(hour=16, minute=0)
    time_machine.move_to(evening := NOW.replace(hour=17, minute=30), tick=False)
    about = {"client_id": halden.id, "due_at": opened_at, "expires_at": opened_at + 12 * HOUR}
    notice = a_notice(charlie, NoticeKind.RECOVERY, "opened:1", **about)
    assert (
        "Remind me tomorrow at 7:00" in phone.get(f"/clients/{halden.id}?notice={notice.id}").text
    )
    later(phone, notice, "hour")
    assert "You&#39;ll be reminded again tomorrow at 7:00." in phone.get("/today").text
    again = notices_of(db, charlie)[-1]
    night = timedelta(hours=11, minutes=30)
    assert again.due_at == again.next_try_at == evening + HOUR + night
    assert again.expires_at == notice.expires_at + night


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (NoticeKind.RECOVERY, "deadline:1"),
        (NoticeKind.RECOVERY, "deadline:1+1"),
        (NoticeKind.PROMISE, "1@2026-11-23"),
        (NoticeKind.DIGEST, "2026-11-20"),
        (NoticeKind.UNLOGGED, "attempt-1"),
    ],
)
def test_what_is_of_no_use_once_they_end_is_not_put_off(
    db, phone, charlie, halden, time_machine, kind, subject
):
    time_machine.move_to(evening := NOW.replace(hour=17, minute=30), tick=False)
    about = {"client_id": halden.id, "due_at": evening, "expires_at": evening + 3 * HOUR}
    notice = a_notice(charlie, kind, subject, **about)
    assert 'value="hour"' not in phone.get(f"/clients/{halden.id}?notice={notice.id}").text
    assert later(phone, notice, "hour", MINIMAL).status_code == 201
    assert len(notices_of(db, charlie)) == 1


def test_a_booked_time_is_announced_in_the_quiet_hours_too(
    db, phone, charlie, halden, time_machine
):
    time_machine.move_to(evening := NOW.replace(hour=17, minute=30), tick=False)
    about = {"client_id": halden.id, "due_at": evening, "expires_at": evening + 2 * HOUR}
    notice = a_notice(charlie, NoticeKind.BOOKED, "1@20261120T1925", **about)
    assert later(phone, notice, "hour", MINIMAL).status_code == 204
    assert notices_of(db, charlie)[-1].due_at == evening + HOUR


def test_an_hour_later_is_too_late_for_a_booked_call(db, phone, charlie, halden):
    notice = a_notice(
        charlie, NoticeKind.BOOKED, "1@20261120T0945", client_id=halden.id, expires_at=NOW + HOUR
    )
    answer = later(phone, notice, "hour", MINIMAL)
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/clients/{halden.id}")
    assert len(notices_of(db, charlie)) == 1


def test_not_today_postpones_the_client(db, phone, charlie, halden):
    notice = a_notice(charlie, client_id=halden.id)
    for _ in range(2):
        assert later(phone, notice, "tomorrow", MINIMAL).status_code == 204
    (postponement,) = db.scalars(sa.select(Postponement))
    assert (postponement.client_id, postponement.whole_day) == (halden.id, True)
    assert f"{postponement.until:%d %H:%M}" == "20 23:00"  # midnight in Oslo


def test_not_today_without_a_client_ends_the_notice(db, phone, charlie):
    notice = a_notice(charlie)
    assert later(phone, notice, "tomorrow", MINIMAL).status_code == 204
    db.refresh(notice)
    assert notice.settled_at == NOW
    assert db.scalar(sa.select(sa.func.count()).select_from(Postponement)) == 0


@pytest.mark.parametrize(
    ("kind", "leads"),
    [
        (NoticeKind.RECOVERY, "/clients/{}/postponement"),
        (NoticeKind.BOOKED, "/clients/{}/postponement"),
        (NoticeKind.UNLOGGED, "/clients/{}/postponement"),
        (NoticeKind.PROMISE, "/promises"),
        (NoticeKind.PROMISE_TODAY, "/promises"),
    ],
)
def test_what_needs_a_reason_leads_to_where_it_is_given(db, phone, charlie, halden, kind, leads):
    notice = a_notice(charlie, kind, "opened:1", client_id=halden.id)
    answer = later(phone, notice, "tomorrow", MINIMAL)
    assert (answer.status_code, answer.headers["Location"]) == (201, leads.format(halden.id))
    assert phone.get(leads.format(halden.id)).status_code == 200
    db.refresh(notice)
    assert notice.settled_at is None


def test_a_client_with_something_wrong_is_not_put_off_without_a_reason(db, phone, charlie, halden):
    factories.recovery(halden)
    notice = a_notice(charlie, client_id=halden.id)
    assert later(phone, notice, "tomorrow", MINIMAL).status_code == 201


def test_the_third_time_asks_why(db, phone, charlie, halden):
    for number in range(3):
        notice = a_notice(charlie, subject=f"day {number}", client_id=halden.id)
        answer = later(phone, notice, "tomorrow", MINIMAL)
        assert answer.status_code == (204 if number < 2 else 201)


def test_the_buttons_of_a_page_lead_back_and_say_what_they_did(db, phone, charlie):
    notice = a_notice(charlie)
    answer = later(phone, notice, "hour")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "You&#39;ll be reminded again at 11:40." in phone.get("/today").text


def test_a_form_that_says_nothing_usable_is_refused(db, phone, charlie):
    assert later(phone, a_notice(charlie), "never").status_code == 400


def test_another_persons_client_is_not_put_off(db, phone, charlie, ingrid):
    notice = a_notice(charlie, client_id=factories.client(ingrid).id)
    assert later(phone, notice, "tomorrow", MINIMAL).status_code == 404


# --- a page on the screen


def test_a_page_on_the_screen_is_known(db, phone, charlie, time_machine):
    assert phone.post("/presence").status_code == 204
    (here,) = db.scalars(sa.select(SignIn).where(SignIn.user_id == charlie.id))
    assert here.visible_at == NOW
    time_machine.move_to(NOW + timedelta(seconds=20), tick=False)
    phone.post("/presence")
    db.refresh(here)
    assert here.visible_at == NOW + timedelta(seconds=20)


def test_it_says_what_would_have_been_pushed(db, phone, charlie, halden):
    booking = factories.booking(halden, at=NOW + timedelta(minutes=4))
    subject = f"{booking.id}@{booking.at:%Y%m%dT%H%M}"
    notice = a_notice(charlie, NoticeKind.BOOKED, subject, client_id=halden.id)
    answer = phone.post("/presence", headers={"X-Rounds-User": str(charlie.id)})
    assert answer.headers["X-Rounds-User"] == str(charlie.id)
    assert f'data-notice="{notice.id}"' in answer.text
    assert "In 4 minutes" in answer.text
    assert f'href="/clients/{halden.id}?notice={notice.id}"' in answer.text
    for _ in range(2):
        assert phone.post(f"/notices/{notice.id}/here").status_code == 204
    db.refresh(notice)
    assert (notice.result, notice.why) == ("skipped", "It was closed on the page.")
    assert phone.post("/presence").status_code == 204


def test_a_page_that_is_only_left_open_counts_from_when_it_was_touched(
    db, phone, charlie, time_machine
):
    phone.post("/presence", data={"idle": "600"})
    (here,) = db.scalars(sa.select(SignIn).where(SignIn.user_id == charlie.id))
    assert here.visible_at == NOW - timedelta(minutes=10)
    time_machine.move_to(NOW + timedelta(seconds=20), tick=False)
    phone.post("/presence", data={"idle": "620"})
    db.refresh(here)
    assert here.visible_at == NOW - timedelta(minutes=10)
    assert phone.post("/presence", data={"idle": "never"}).status_code == 204


def test_a_page_that_is_hidden_lets_go_of_what_it_held(db, phone, charlie, ingrid):
    phone.post("/presence")
    held = a_notice(charlie, next_try_at=NOW + timedelta(seconds=50))
    theirs = a_notice(ingrid, next_try_at=NOW + timedelta(seconds=50))
    assert phone.post("/presence", data={"left": "1"}).status_code == 204
    for row in (held, theirs):
        db.refresh(row)
    assert held.next_try_at == NOW + LEAVES_FOR
    assert theirs.next_try_at == NOW + timedelta(seconds=50)
    (here,) = db.scalars(sa.select(SignIn).where(SignIn.user_id == charlie.id))
    assert here.visible_at == NOW + LEAVES_FOR - IN_USE_FOR


def test_what_was_seen_on_a_page_is_not_sent_and_stays_there(db, phone, charlie, halden):
    promise = factories.promise(halden, due=NOW.date())
    notice = a_notice(charlie, NoticeKind.PROMISE_TODAY, f"{promise.id}@{NOW.date()}")
    assert phone.post(f"/notices/{notice.id}/here", data={"seen": "1"}).status_code == 204
    db.refresh(notice)
    assert (notice.result, notice.why) == ("skipped", "It was seen on the page.")
    assert f'data-notice="{notice.id}"' in phone.post("/presence").text
    phone.post(f"/notices/{notice.id}/here")
    db.refresh(notice)
    assert notice.why == "It was closed on the page."
    assert phone.post("/presence").status_code == 204


def test_what_is_on_its_way_is_sent_though_a_page_showed_it(db, phone, charlie):
    notice = a_notice(charlie, expanded_at=NOW)
    delivery = a_delivery(notice, a_device(charlie))
    phone.post(f"/notices/{notice.id}/here", data={"seen": "1"})
    db.refresh(delivery)
    assert delivery.settled_at is None


def test_who_has_no_device_is_told_on_the_page_a_while_longer(
    db, phone, charlie, halden, time_machine
):
    promise = factories.promise(halden, due=NOW.date())
    unsent = {"settled_at": NOW, "result": "skipped", "why": NO_DEVICE}
    notice = a_notice(charlie, NoticeKind.PROMISE_TODAY, f"{promise.id}@{NOW.date()}", **unsent)
    time_machine.move_to(NOW + timedelta(minutes=9), tick=False)
    assert f'data-notice="{notice.id}"' in phone.post("/presence", data={"idle": "540"}).text
    time_machine.move_to(NOW + timedelta(minutes=10), tick=False)
    assert phone.post("/presence").status_code == 204


@pytest.mark.parametrize(
    "values",
    [
        {"due_at": NOW + HOUR},
        {"expires_at": NOW},
        {"settled_at": NOW},
        {"expanded_at": NOW},
        {"claimed_until": NOW + HOUR},
        {"kind": NoticeKind.TEST},
    ],
)
def test_it_says_nothing_that_is_not_held(db, phone, charlie, halden, values):
    a_notice(charlie, **values)
    assert phone.post("/presence").status_code == 204


def test_what_is_over_by_now_is_settled_and_not_said(db, phone, charlie, halden):
    booking = factories.booking(halden, at=NOW + timedelta(minutes=4), cancelled_at=NOW)
    subject = f"{booking.id}@{booking.at:%Y%m%dT%H%M}"
    notice = a_notice(charlie, NoticeKind.BOOKED, subject, client_id=halden.id)
    assert phone.post("/presence").status_code == 204
    db.refresh(notice)
    assert (notice.result, notice.why) == ("skipped", "The booking was cancelled.")


def test_what_one_push_would_say_is_one_banner(db, phone, charlie, halden):
    promise = factories.promise(halden, due=NOW.date())
    refresh_due_dates([halden.id], NOW)
    digest = a_notice(charlie)
    promised = a_notice(charlie, NoticeKind.PROMISE_TODAY, f"{promise.id}@{NOW.date()}")
    calls = [
        a_notice(charlie, NoticeKind.UNLOGGED, f"attempt-{number}", client_id=halden.id)
        for number in range(2)
    ]
    banners = phone.post("/presence").text
    shown = {int(number) for number in re.findall(r'data-notice="(\d+)"', banners)}
    assert shown == {digest.id, calls[0].id}
    assert "1 promise due today" in banners
    assert "2 calls aren" in banners
    for notice in (promised, calls[1]):
        db.refresh(notice)
    assert (promised.why, calls[1].why) == (merge.IN_DIGEST, merge.MERGED)


def test_what_waits_for_the_end_of_the_quiet_hours_is_left_to_wait(
    db, phone, charlie, halden, time_machine
):
    time_machine.move_to(night := NOW.replace(hour=19), tick=False)
    recovery = factories.recovery(halden)
    values = {"due_at": night, "expires_at": night + 12 * HOUR, "next_try_at": night + 11 * HOUR}
    notice = a_notice(charlie, NoticeKind.RECOVERY, f"opened:{recovery.id}", **values)
    assert phone.post("/presence").status_code == 204
    db.refresh(notice)
    assert notice.settled_at is None


@pytest.mark.parametrize("path", ["/presence", "/attempts"])
def test_a_page_of_whoever_was_signed_in_before_says_nothing(db, phone, path):
    assert phone.post(path, headers={"X-Rounds-User": "0"}).status_code == 401


# --- calls that were begun


def attempt(phone, client, key="attempt-1", **values):
    return phone.post("/attempts", data={"key": key, "client": client.id, **values})


def test_a_call_that_was_begun_is_asked_about_ten_minutes_later(db, phone, charlie, halden):
    at = NOW - timedelta(minutes=2)
    for _ in range(2):
        assert attempt(phone, halden, at=at.isoformat()).status_code == 204
    (notice,) = notices_of(db, charlie)
    assert (notice.kind, notice.subject, notice.client_id) == (
        NoticeKind.UNLOGGED,
        "attempt-1",
        halden.id,
    )
    assert notice.due_at == at + UNLOGGED_AFTER
    assert notice.expires_at == notice.due_at + 2 * HOUR


@pytest.mark.parametrize(
    "at", ["", "x", "2026-11-20T09:40:00", "2026-11-20T09:34:00Z", "2030-01-01T00:00:00Z"]
)
def test_a_wrong_clock_of_the_phone_does_not_move_it(db, phone, charlie, halden, at):
    attempt(phone, halden, at=at)
    (notice,) = notices_of(db, charlie)
    assert notice.due_at == NOW + UNLOGGED_AFTER


def test_a_call_that_is_logged_already_is_not_asked_about(db, phone, charlie, halden):
    factories.interaction(halden, ref="attempt-1")
    assert attempt(phone, halden).status_code == 204
    assert notices_of(db, charlie) == []


def test_the_form_that_logs_it_has_the_same_key(db, phone, charlie, halden):
    attempt(phone, halden)
    data = {"key": "attempt-1", "client": halden.id, "contact": halden.contacts[0].id}
    answer = phone.post(
        "/interactions",
        data={
            **data,
            "at": NOW.isoformat(),
            "kind": "call",
            "direction": "out",
            "outcome": "no_answer",
        },
    )
    assert answer.status_code == 303


def test_a_call_that_did_not_take_place_is_not_asked_about(db, phone, charlie, halden):
    attempt(phone, halden)
    for _ in range(2):
        assert phone.post("/attempts/attempt-1/removal").status_code == 204
    (notice,) = notices_of(db, charlie)
    assert (notice.settled_at, notice.why) == (NOW, "There was no call.")
    attempt(phone, halden)
    assert len(notices_of(db, charlie)) == 1


@pytest.mark.parametrize("key", ["", "short", "with spaces in it", "x" * 65])
def test_a_key_that_is_none_is_refused(db, phone, halden, key):
    assert attempt(phone, halden, key).status_code == 400


@pytest.mark.parametrize("key", ["short", "x%00", "attempt-1%00", "x" * 65])
def test_a_key_that_is_none_removes_nothing(db, phone, charlie, halden, key):
    attempt(phone, halden)
    assert phone.post(f"/attempts/{key}/removal").status_code == 404
    (notice,) = notices_of(db, charlie)
    assert notice.settled_at is None


def test_only_whoever_looks_after_a_client_is_asked(db, phone, charlie, petra, ingrid, sign_in):
    hers = factories.client(ingrid, "Vik Kommune")
    assert attempt(phone, hers).status_code == 404
    assert attempt(sign_in(petra), hers).status_code == 404  # her team's, not hers
    assert phone.post("/attempts", data={"key": "attempt-1"}).status_code == 404


# --- a test, and whether it was shown


def test_a_test_says_on_which_device_it_was_shown(db, phone, charlie):
    notice = a_notice(charlie, NoticeKind.TEST, "test-key-1")
    address = f"/notices/{notice.id}/shown"
    htmx = {"HX-Request": "true"}
    assert "in a moment" in phone.get(address, headers=htmx).text
    assert 'hx-trigger="every 1s"' in phone.get(f"{address}?times=14", headers=htmx).text
    last = phone.get(f"{address}?times=15", headers=htmx).text
    assert "Not shown yet." in last
    assert "hx-get" not in last
    a_device(charlie, last_shown_at=NOW)
    elsewhere = phone.get(address, headers=htmx).text
    assert "Shown on Chrome on Android." in elsewhere
    assert "hx-get" not in elsewhere
    here = db.scalar(sa.select(SignIn.id).where(SignIn.user_id == charlie.id))
    a_device(charlie, "https://push.example/2", sign_in_id=here, last_shown_at=NOW)
    assert "Shown on this device." in phone.get(address, headers=htmx).text


def test_the_notice_of_several_calls_leads_to_a_form_for_each(db, phone, charlie, halden):
    """Also where another phone dialled them."""
    nordfjord = factories.client(charlie, "Nordfjord Timber")
    for number, client in enumerate((halden, nordfjord)):
        attempt(phone, client, key=f"attempt-{number}")
    first, second = notices_of(db, charlie)
    first.due_at = second.due_at = NOW
    evening = a_notice(charlie, NoticeKind.EVENING)
    db.commit()
    for notice in (first, evening):
        page = phone.get(f"/today?notice={notice.id}").text
        part = page.split('id="calls-to-log"')[1].split("</section>")[0]
        assert "2 calls aren&#39;t logged" in part
        forms = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', part)]
        assert [phone.get(form).status_code for form in forms] == [200, 200]
        assert "Halden Freight" in part
        assert "Nordfjord Timber" in part
    phone.post("/attempts/attempt-1/removal")
    page = phone.get(f"/today?notice={first.id}").text
    assert "Nordfjord Timber" not in page.split('id="calls-to-log"')[1].split("</section>")[0]
    assert 'id="calls-to-log"' not in phone.get("/today").text
