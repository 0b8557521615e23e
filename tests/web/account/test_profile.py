"""Notifications, devices, places and password, as their owner sees them and nobody else."""

import dataclasses
import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from pwa import clock
from pwa.models import Delivery, Device, Notice, Role, SignIn, User
from pwa.operations import notices
from pwa.operations.accounts import passwords
from pwa.operations.maintenance import cleanup
from pwa.push import configured
from pwa.push.keys import application_server_key
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories
from tests.push.endpoint import Answer, Phone, PushService
from tests.push.test_hosts import HOSTILE

ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/150.0.0.0 Mobile Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1"
)


NOW = factories.NOW


@pytest.fixture
def service(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    allowed = dataclasses.replace(app.config["ROUNDS"], push_allowed_hosts=frozenset({"127.0.0.1"}))
    monkeypatch.setitem(app.config, "ROUNDS", allowed)
    configured.make_key(allowed)
    with PushService() as service:
        yield service


@pytest.fixture
def manager(db: Session) -> User:
    return factories.user(name="Charlie Boone")


def browser_of(service: PushService, client: FlaskClient) -> Phone:
    """A phone that subscribed with the key that the page gave it."""
    key = re.search(r'data-key="([^"]+)"', client.get("/me").text)
    assert key
    return service.subscribe(key[1])


def subscribe(client: FlaskClient, phone: Phone, **more: str):
    fields = {"endpoint": phone.endpoint, "p256dh": phone.p256dh, "auth": phone.auth, **more}
    return client.post("/devices", data=fields, headers={"User-Agent": ANDROID})


def trial_key(client: FlaskClient) -> str:
    form = client.get("/me").text.split('id="trial"')[1]
    key = re.search(r'name="key" value="([^"]+)"', form)
    assert key
    return key[1]


def devices_of(db: Session) -> list[Device]:
    return list(db.scalars(sa.select(Device).execution_options(populate_existing=True)))


def test_nobody_sees_it_without_a_sign_in(app, db):
    answer = app.test_client().get("/me")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=/me")


@pytest.mark.parametrize("role", list(Role))
def test_everyone_has_the_page(app, db, sign_in, service, role):
    person = factories.user(role, name="Ruth Berg")
    page = sign_in(person).get("/me").text
    assert "Ruth Berg" in page
    assert ("Morning list at" in page) == (role is Role.MANAGER)


def test_a_browser_subscribes_by_the_page_and_a_test_arrives(db, manager, sign_in, service):
    client = sign_in(manager)
    phone = browser_of(service, client)
    listed = client.post(
        "/devices",
        data={"endpoint": phone.endpoint, "p256dh": phone.p256dh, "auth": phone.auth},
        headers={"User-Agent": IPHONE, "HX-Request": "true"},
    )
    assert "Safari on iPhone" in listed.text
    assert "<html" not in listed.text
    key = trial_key(client)
    first = client.post("/notices", data={"key": key})
    assert "It should be on your screen in a moment." in first.text
    (received,) = phone.received
    assert {name: received.json[name] for name in ("title", "body", "url", "tag")} == {
        "title": "Notifications are on",
        "body": "Your list comes here in the morning.",
        "url": "/me",
        "tag": "test",
    }
    assert service.complaints == []
    again = client.post("/notices", data={"key": key})
    assert "Sent." in again.text
    assert len(phone.received) == 1
    assert "Last sent just now, not shown yet" in client.get("/me").text


def test_a_test_says_what_went_wrong(db, manager, sign_in, service):
    client = sign_in(manager)
    phone = browser_of(service, client)
    subscribe(client, phone)
    phone.answer = Answer(403, body="BadJwtToken")
    result = client.post("/notices", data={"key": trial_key(client)}).text
    assert "It could not be sent." in result
    assert "BadJwtToken" in result
    assert "BadJwtToken" in client.get("/me").text
    phone.answer = Answer(500)
    result = client.post("/notices", data={"key": trial_key(client)}).text
    assert "Not sent yet: we keep trying" in result


def test_a_test_that_waits_is_asked_for_until_it_is_settled(
    db, manager, sign_in, service, time_machine
):
    time_machine.move_to(NOW, tick=False)
    client = sign_in(manager)
    phone = browser_of(service, client)
    subscribe(client, phone)
    phone.answer = Answer(500)
    result = client.post("/notices", data={"key": trial_key(client)}).text
    address = re.search(r'hx-get="(/notices/\d+/trial)"', result)
    assert address
    assert client.get(address[1]).status_code == 204
    time_machine.move_to(NOW + timedelta(minutes=3), tick=False)
    late = client.get(address[1]).text
    assert "Still not sent. Try again later." in late
    assert "hx-get" not in late
    phone.answer = Answer(201)
    notices.sweep()
    sent = client.get(address[1], headers={"HX-Request": "true"}).text
    assert "It should be on your screen" in sent
    assert 'hx-swap-oob="true"' in sent
    assert 'class="problem"' not in sent
    assert sign_in(factories.user()).get(address[1]).status_code == 404


def test_only_a_test_is_asked_for(db, manager, sign_in):
    times = {"due_at": NOW, "expires_at": NOW + timedelta(hours=1), "next_try_at": NOW}
    digest = Notice(user_id=manager.id, kind=NoticeKind.DIGEST, subject="2026-11-20", **times)
    factories.save(digest)
    assert sign_in(manager).get(f"/notices/{digest.id}/trial").status_code == 404


def test_a_test_without_a_device_says_so(db, manager, sign_in, service):
    client = sign_in(manager)
    result = client.post("/notices", data={"key": trial_key(client)}).text
    assert "No device takes notifications." in result


def test_tests_are_not_without_end(db, manager, sign_in, service):
    client = sign_in(manager)
    answers = [client.post("/notices", data={"key": f"test-key-{n}"}) for n in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert db.scalar(sa.select(sa.func.count()).select_from(Notice)) == 10


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("endpoint", "https://evil.example/push", "not at a push service we know"),
        ("endpoint", "http://169.254.169.254/latest", "not at a push service we know"),
        ("endpoint", "", "not at a push service we know"),
        ("p256dh", "AAAA", "keys of this device are not usable"),
        ("p256dh", "§", "keys of this device are not usable"),
        ("auth", "", "keys of this device are not usable"),
    ],
)
def test_what_no_push_service_made_is_not_kept(db, manager, sign_in, service, field, value, words):
    client = sign_in(manager)
    answer = subscribe(client, browser_of(service, client), **{field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert devices_of(db) == []


def test_no_hostile_address_makes_a_device(db, manager, sign_in, service):
    client = sign_in(manager)
    phone = browser_of(service, client)
    # This machine is where the tests' own push service stands.
    hostile = [address for address in HOSTILE.values() if "//127.0.0.1" not in address]
    answers = [subscribe(client, phone, endpoint=address) for address in hostile]
    assert len(hostile) >= 40
    assert {answer.status_code for answer in answers} == {422}
    assert devices_of(db) == []


def test_a_browser_belongs_to_whoever_turned_it_on_last(db, manager, sign_in, service):
    colleague = factories.user()
    first, second = sign_in(manager), sign_in(colleague)
    phone = browser_of(service, first)
    subscribe(first, phone)
    subscribe(second, phone)
    assert [device.user_id for device in devices_of(db)] == [colleague.id]
    assert phone.endpoint not in first.get("/me").text


def test_a_subscription_that_takes_anothers_place_leaves_one(db, manager, sign_in, service):
    client = sign_in(manager)
    old, new = browser_of(service, client), browser_of(service, client)
    subscribe(client, old)
    subscribe(client, new, replaces=old.endpoint)
    assert [device.endpoint for device in devices_of(db)] == [new.endpoint]


def test_subscribing_anew_wakes_a_device_that_had_ended(db, manager, sign_in, service):
    client = sign_in(manager)
    phone = browser_of(service, client)
    subscribe(client, phone)
    phone.answer = Answer(410)
    client.post("/notices", data={"key": trial_key(client)})
    assert "Notifications stopped working on this device." in client.get("/me").text
    assert subscribe(client, phone, by_itself="1").status_code == 410  # the browser makes another
    assert devices_of(db)[0].gone_at
    subscribe(client, phone)
    (device,) = devices_of(db)
    assert (device.gone_at, device.last_problem) == (None, None)


def test_of_several_devices_a_test_names_the_one_that_did_not_take_it(
    db, manager, sign_in, service
):
    client, elsewhere = sign_in(manager), sign_in(manager)
    phone, desk = browser_of(service, client), browser_of(service, elsewhere)
    subscribe(client, phone)
    keys = {"endpoint": desk.endpoint, "p256dh": desk.p256dh, "auth": desk.auth}
    elsewhere.post("/devices", data=keys, headers={"User-Agent": IPHONE})
    desk.answer = Answer(410)
    result = client.post("/notices", data={"key": trial_key(client)}).text
    assert "Taken for 1 of 2 devices. Safari on iPhone: This device no longer takes" in result
    rows = client.get("/me").text.split('id="devices"')[1].split("</ul>")[0].split("<li")[1:]
    marked = ["This device</span>" in row for row in rows]
    assert dict(zip(("Safari" in row for row in rows), marked, strict=True)) == {
        True: False,
        False: True,
    }


def test_a_sign_in_that_is_ended_takes_its_device_off_the_same_answer(
    db, manager, sign_in, service
):
    client, elsewhere = sign_in(manager), sign_in(manager)
    subscribe(elsewhere, browser_of(service, elsewhere))
    page = client.get("/me").text
    form = re.search(r'<form[^>]*action="(/sign-ins/\d+/ending)"[^>]*>', page)
    assert form
    assert 'hx-select-oob="#flash:innerHTML,#devices"' in form[0]
    client.post(form[1], data={"key": "end-that-sign-in"})
    assert "<li" not in client.get("/me").text.split('id="devices"')[1].split("</ul>")[0]


def test_the_same_subscription_at_each_opening_changes_only_its_session(
    db, manager, sign_in, service, time_machine
):
    time_machine.move_to(NOW, tick=False)
    client = sign_in(manager)
    phone = browser_of(service, client)
    subscribe(client, phone)
    before = device_of(db, phone)
    before.last_problem = "out of order"
    before.last_shown_at = NOW
    db.commit()
    time_machine.shift(timedelta(days=2))
    subscribe(sign_in(manager), phone)
    after = device_of(db, phone)
    assert (after.created_at, after.last_problem, after.last_shown_at) == (
        NOW,
        "out of order",
        NOW,
    )
    assert after.sign_in_id == max(db.scalars(sa.select(SignIn.id)))


def test_ten_devices_are_enough(db, manager, sign_in, service):
    client = sign_in(manager)
    phones = [browser_of(service, client) for _ in range(11)]
    for phone in phones:
        subscribe(client, phone)
    kept = {device.endpoint for device in devices_of(db)}
    assert kept == {phone.endpoint for phone in phones[1:]}


def test_what_is_gone_or_removed_takes_no_ones_place_among_the_ten(
    db, manager, sign_in, service, time_machine
):
    time_machine.move_to(NOW, tick=False)
    client, elsewhere, desk = sign_in(manager), sign_in(manager), sign_in(manager)
    removed, daily, *later = [browser_of(service, client) for _ in range(12)]
    subscribe(desk, removed)
    desk.post(f"/devices/{device_of(db, removed).id}/removal")
    subscribe(client, daily)
    for phone in later:
        time_machine.shift(timedelta(days=1))
        subscribe(elsewhere, phone)
        device_of(db, phone).gone_at = clock.now()
        db.commit()
    assert device_of(db, daily)
    assert subscribe(desk, removed, by_itself="1").status_code == 422


def test_only_their_owner_removes_a_device(db, manager, sign_in, service):
    client, outsider = sign_in(manager), sign_in(factories.user())
    subscribe(client, browser_of(service, client))
    (device,) = devices_of(db)
    assert outsider.post(f"/devices/{device.id}/removal").status_code == 404
    assert device.endpoint in client.get("/me").text
    assert client.post(f"/devices/{device.id}/removal").headers["Location"] == "/me"
    assert device.endpoint not in client.get("/me").text


def test_a_removed_device_is_told_nothing_until_its_user_turns_it_on(db, manager, sign_in, service):
    client = sign_in(manager)
    phone = browser_of(service, client)
    subscribe(client, phone)
    client.post(f"/devices/{device_of(db, phone).id}/removal")
    trial = client.post("/notices", data={"key": trial_key(client)}).text
    assert "No device takes notifications." in trial
    refused = subscribe(client, phone, by_itself="1")
    assert refused.status_code == 422
    assert "turned off for this device" in refused.text
    assert phone.endpoint not in client.get("/me").text
    assert phone.received == []
    assert subscribe(client, phone).status_code == 303
    assert phone.endpoint in client.get("/me").text
    assert subscribe(client, phone, by_itself="1").status_code == 303
    client.post("/notices", data={"key": trial_key(client)})
    assert len(phone.received) == 1


def test_signing_out_on_a_phone_ends_its_notifications(db, manager, sign_in, service):
    client, outsider = sign_in(manager), sign_in(factories.user())
    phone = browser_of(service, client)
    subscribe(client, phone)
    outsider.post("/sign-out", data={"endpoint": phone.endpoint})
    assert len(devices_of(db)) == 1
    client.post("/sign-out", data={"endpoint": phone.endpoint})
    assert devices_of(db) == []


def test_a_removed_device_does_not_come_back_under_a_new_endpoint(db, manager, sign_in, service):
    client, elsewhere = sign_in(manager), sign_in(manager)
    phone, desk, renewed = [browser_of(service, client) for _ in range(3)]
    subscribe(client, phone)
    subscribe(elsewhere, desk)
    client.post(f"/devices/{device_of(db, phone).id}/removal")
    answer = subscribe(client, renewed, by_itself="1", replaces=phone.endpoint)
    assert answer.status_code == 422
    assert renewed.endpoint not in client.get("/me").text
    assert subscribe(elsewhere, desk, by_itself="1").status_code == 303
    assert subscribe(client, renewed).status_code == 303
    assert subscribe(client, renewed, by_itself="1").status_code == 303
    assert renewed.endpoint in client.get("/me").text


def test_an_endpoint_that_no_database_can_look_up_is_nobodys(db, manager, sign_in, service):
    client = sign_in(manager)
    phone = browser_of(service, client)
    assert subscribe(client, phone, replaces="\x00").status_code == 303
    assert client.post("/sign-out", data={"endpoint": "\x00"}).status_code == 303
    assert client.get("/me").status_code == 302


def test_hours_are_saved_and_shown(db, manager, sign_in, service):
    client = sign_in(manager)
    given = {"digest_at": "06:45", "quiet_from": "20:00", "quiet_to": "06:30"}
    assert client.post("/me/hours", data=given).headers["Location"] == "/me"
    db.refresh(manager)
    assert (manager.digest_at, manager.quiet_from, manager.quiet_to) == (
        time(6, 45),
        time(20),
        time(6, 30),
    )
    assert 'value="06:45"' in client.get("/me").text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"digest_at": "06:30"}, "Your quiet hours are 19:00 to 7:00."),
        ({"digest_at": "25:00"}, "Give a time"),
        ({"quiet_to": ""}, "Give a time"),
    ],
)
def test_hours_that_cannot_work_are_asked_for_again(db, manager, sign_in, service, given, words):
    client = sign_in(manager)
    whole = {"digest_at": "07:30", "quiet_from": "19:00", "quiet_to": "07:00", **given}
    answer = client.post("/me/hours", data=whole)
    assert answer.status_code == 422
    assert words in answer.text
    db.refresh(manager)
    assert manager.digest_at == time(7, 30)


def test_places_are_listed_and_ended_one_by_one(db, manager, sign_in, service):
    here, there = sign_in(manager), sign_in(manager)
    outsider = sign_in(factories.user())
    page = here.get("/me").text
    assert page.count("This one") == 1
    ending = re.search(r'action="(/sign-ins/\d+/ending)"', page)
    assert ending
    assert outsider.post(ending[1]).status_code == 404
    assert there.get("/me").status_code == 200
    assert here.post(ending[1]).headers["Location"] == "/me"
    assert there.get("/me").status_code == 302
    assert here.get("/me").status_code == 200


def test_when_someone_was_seen_is_written_down_once_an_hour(
    db, manager, sign_in, service, time_machine, count_queries
):
    time_machine.move_to(factories.NOW, tick=False)
    client = sign_in(manager)
    row = db.scalars(sa.select(SignIn)).one()
    for minutes, seen in ((50, 0), (61, 61), (100, 61), (123, 123)):
        time_machine.move_to(factories.NOW + timedelta(minutes=minutes), tick=False)
        client.get("/me")
        db.refresh(row)
        assert row.seen_at == factories.NOW + timedelta(minutes=seen)
    assert sum("UPDATE sign_ins" in statement for statement in count_queries) == 2


def test_a_new_password_keeps_me_here_and_ends_the_rest(
    app, db, manager, sign_in, service: Callable
):
    here, there = sign_in(manager), sign_in(manager)
    wrong = here.post("/me/password", data={"current": "not it", "password": "a whole new one"})
    assert wrong.status_code == 422
    assert "not your present password" in wrong.text
    short = here.post("/me/password", data={"current": factories.PASSWORD, "password": "short"})
    assert "at least 10 characters" in short.text
    given = {"current": factories.PASSWORD, "password": "a whole new one"}
    assert here.post("/me/password", data=given).headers["Location"] == "/me"
    assert here.get("/me").status_code == 200
    assert there.get("/me").status_code == 302


def test_without_a_key_the_page_says_so(app, db, manager, sign_in, tmp_path, monkeypatch):
    config = dataclasses.replace(app.config["ROUNDS"], instance_path=tmp_path)
    monkeypatch.setitem(app.config, "ROUNDS", config)
    assert "This server cannot send notifications yet" in sign_in(manager).get("/me").text
    assert app.test_client().get("/devices/key").status_code == 404


def test_the_worker_can_ask_for_the_key(app, db, service):
    key = application_server_key(configured.private_key(app.config["ROUNDS"]))
    assert app.test_client().get("/devices/key").text == key


def device_of(db: Session, phone: Phone) -> Any:
    """The device of the phone, None without one."""
    query = sa.select(Device).where(Device.endpoint == phone.endpoint)
    return db.scalars(query.execution_options(populate_existing=True)).one_or_none()


@pytest.fixture
def two_phones(db, manager, sign_in, service):
    """Two browsers with a device each, and a device from before sessions had any."""
    here, there = sign_in(manager), sign_in(manager)
    mine, lost = browser_of(service, here), browser_of(service, there)
    subscribe(here, mine)
    subscribe(there, lost)
    old = {"user_id": manager.id, "p256dh": "", "auth": "", "name": "Old", "created_at": NOW}
    factories.save(Device(endpoint="https://fcm.googleapis.com/old", **old))
    return here, there, mine, lost


def test_a_device_belongs_to_the_session_it_was_made_in(db, two_phones):
    _, _, mine, lost = two_phones
    rows = [device_of(db, phone) for phone in (mine, lost)]
    assert len({row.sign_in_id for row in rows if row}) == 2
    assert {row.sign_in_id for row in rows if row} == set(db.scalars(sa.select(SignIn.id)))


def test_ending_a_session_from_afar_ends_its_device(db, two_phones):
    here, there, mine, lost = two_phones
    page = here.get("/me").text
    ending = re.search(r'action="(/sign-ins/\d+/ending)"', page)
    assert ending
    here.post(ending[1])
    assert there.get("/me").status_code == 302
    assert device_of(db, lost) is None
    here.post("/notices", data={"key": trial_key(here)})
    assert (len(mine.received), len(lost.received)) == (1, 0)


def test_a_sign_out_ends_its_device_without_being_told_which(db, two_phones):
    here, _, mine, lost = two_phones
    here.post("/sign-out")
    assert device_of(db, mine) is None
    assert device_of(db, lost)


def test_a_new_password_leaves_the_present_device_only(db, two_phones):
    here, there, mine, _ = two_phones
    copied = here.get_cookie("rounds").value
    given = {"current": factories.PASSWORD, "password": "a whole new one"}
    assert here.post("/me/password", data=given).status_code == 303
    assert [device.endpoint for device in devices_of(db)] == [mine.endpoint]
    assert here.get("/me").status_code == 200
    there.set_cookie("rounds", copied)
    assert there.get("/me").status_code == 302


def test_a_password_by_a_link_ends_every_device(app, db, manager, two_phones):
    token = passwords.make_link(manager, clock.now())
    db.commit()
    given = {"password": "quite another one"}
    assert app.test_client().post(f"/welcome/{token}", data=given).status_code == 303
    assert devices_of(db) == []


def test_an_expired_session_takes_its_device_along(db, manager, two_phones):
    _, _, mine, _ = two_phones
    row = db.get(SignIn, device_of(db, mine).sign_in_id)
    row.expires_at = clock.now()
    db.commit()
    cleanup.clean_up(clock.now() + timedelta(seconds=1))
    assert device_of(db, mine) is None
    assert len(devices_of(db)) == 2


def end_from_afar(here: FlaskClient) -> None:
    ending = re.search(r'action="(/sign-ins/\d+/ending)"', here.get("/me").text)
    assert ending
    here.post(ending[1])


@pytest.mark.parametrize("end", [end_from_afar, lambda here: here.post("/sign-out")])
def test_a_device_of_no_session_ends_with_any_of_its_user(db, two_phones, end):
    here, _, mine, lost = two_phones
    stranger = {"p256dh": "", "auth": "", "name": "Old", "created_at": NOW}
    factories.save(Device(endpoint="theirs", user_id=factories.user().id, **stranger))
    end(here)
    left = {device.endpoint for device in devices_of(db)}
    assert left < {mine.endpoint, lost.endpoint, "theirs"}
    assert len(left) == 2


def test_a_device_of_no_session_ends_with_the_last_that_expires(db, manager, two_phones):
    now = clock.now()
    db.execute(sa.update(SignIn).values(expires_at=now))
    db.commit()
    cleanup.clean_up(now + timedelta(seconds=1))
    assert devices_of(db) == []


def test_a_removed_device_of_no_session_does_not_come_back_after_a_sign_out(
    db, sign_in, manager, two_phones
):
    here, there, _, lost = two_phones
    device_of(db, lost).sign_in_id = None
    db.commit()
    there.post(f"/devices/{device_of(db, lost).id}/removal")
    here.post("/sign-out")
    assert subscribe(there, lost, by_itself="1").status_code == 422


def test_an_address_alone_moves_no_device(db, manager, sign_in, service):
    victim, thief = sign_in(manager), sign_in(factories.user())
    phone, own = browser_of(service, victim), browser_of(service, thief)
    subscribe(victim, phone)
    for keys in ({"p256dh": own.p256dh}, {"auth": own.auth}):
        answer = subscribe(thief, phone, **keys)
        assert answer.status_code == 422
        assert "its keys do not match" in answer.text
    subscribe(thief, own, replaces=phone.endpoint)
    assert {device.endpoint for device in devices_of(db)} == {phone.endpoint, own.endpoint}
    assert device_of(db, phone).user_id == manager.id


def test_what_waits_for_a_device_does_not_follow_it_to_another_person(
    db, manager, sign_in, service
):
    first, second = sign_in(manager), sign_in(factories.user())
    phone = browser_of(service, first)
    subscribe(first, phone)
    moments = {"due_at": NOW, "expires_at": NOW, "next_try_at": NOW}
    notice = factories.save(
        Notice(user_id=manager.id, kind=NoticeKind.DIGEST, subject="today", **moments)
    )
    del moments["due_at"]
    device = device_of(db, phone)
    factories.save(Delivery(notice_id=notice.id, device_id=device.id, service="x", **moments))
    db.commit()
    subscribe(second, phone)
    assert device_of(db, phone).user_id != manager.id
    assert db.scalar(sa.select(sa.func.count()).select_from(Delivery)) == 0


def test_a_device_that_takes_and_never_shows_is_named(db, manager, sign_in, service):
    client = sign_in(manager)
    phone = browser_of(service, client)
    subscribe(client, phone)
    device = device_of(db, phone)
    for number in range(3):
        assert "never shown here" not in client.get("/me").text
        sent(db, manager, device, f"day {number}")
    assert "Sent 3 times, never shown here." in client.get("/me").text
    device = device_of(db, phone)
    device.last_shown_at = device.last_sent_at = clock.now()
    db.commit()
    page = client.get("/me").text
    assert "Last sent just now, last shown just now" in page
    assert "shown here" not in page
    for number in range(3, 6):
        sent(db, manager, device, f"day {number}")
    assert "Sent 3 times since, and not shown here." in client.get("/me").text


def sent(db: Session, user: User, device: Device, subject: str) -> None:
    """A notice that this device's push service took, and the device never showed."""
    now = clock.now()
    done = {"expires_at": now, "next_try_at": now, "settled_at": now, "result": "sent"}
    notice = Notice(user_id=user.id, kind=NoticeKind.DIGEST, subject=subject, due_at=now, **done)
    factories.save(notice)
    factories.save(Delivery(notice_id=notice.id, device_id=device.id, service="x", **done))
    db.commit()
