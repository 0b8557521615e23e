"""What administrators are told of push services and of people whom nothing reaches."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from pwa.models import Delivery, Device, Notice, PushService, Role, User
from pwa.operations.maintenance.push_trouble import push_trouble
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories
from tests.factories import NOW

OSLO = ZoneInfo("Europe/Oslo")
UTC = ZoneInfo("UTC")
MOZILLA = "https://updates.push.services.mozilla.com"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def manager(db) -> User:
    return factories.user(name="Charlie Boone")


def device(user: User, number: int = 1, **values: object) -> Device:
    made = {"p256dh": "", "auth": "", "name": "Phone", "created_at": NOW - 30 * DAY, **values}
    endpoint = f"https://fcm.googleapis.com/{user.id}/{number}"
    return factories.save(Device(user_id=user.id, endpoint=endpoint, **made))


def sent(phone: Device, days: int, **values: object) -> None:
    at = NOW - days * DAY
    done = {"expires_at": at, "next_try_at": at, "settled_at": at, "result": "sent"}
    kind = {"kind": NoticeKind.DIGEST, "subject": str(days), "due_at": at, **values}
    notice = factories.save(Notice(user_id=phone.user_id, **kind, **done))
    factories.save(Delivery(notice_id=notice.id, device_id=phone.id, service="x", **done))


def service(**values: object) -> None:
    factories.save(PushService(service=MOZILLA, **values))


def test_nothing_is_wrong_where_nobody_misses_anything(db, manager):
    phone = device(manager)
    sent(phone, days=5)
    sent(phone, days=1)
    phone.last_shown_at = NOW - DAY
    service(failures=2, answered_at=NOW, open_until=NOW)
    db.flush()
    assert push_trouble(NOW, OSLO) == []


@pytest.mark.parametrize(
    ("hours", "answered", "told"),
    [(1, None, True), (1, 0, True), (30, 40, True), (30, 30, True), (30, 2, False)],
)
def test_a_refusal_of_our_key_stands_while_it_is_new_or_the_last_word(db, hours, answered, told):
    at = None if answered is None else NOW - timedelta(hours=answered)
    refused = {"refused_at": NOW - timedelta(hours=hours), "refused_why": "403: BadJwtToken"}
    service(answered_at=at, **refused)
    assert bool(push_trouble(NOW, OSLO)) == told


def test_a_refusal_says_when_and_why_and_what_to_do(db):
    service(refused_at=NOW - 60 * MINUTE, refused_why="403: BadJwtToken.")
    (trouble,) = push_trouble(NOW, OSLO)
    assert trouble.about == "updates.push.services.mozilla.com"
    assert trouble.problem == "It refused our key today at 9:40. 403: BadJwtToken."
    assert trouble.remedy.startswith("Set VAPID_CONTACT")
    assert push_trouble(NOW, UTC)[0].problem.startswith("It refused our key today at 8:40 UTC.")


def test_an_open_breaker_says_since_when_and_until_when(db):
    opened = {"opened_at": NOW - 30 * MINUTE, "open_until": NOW + MINUTE}
    service(failures=5, last_problem="It did not answer in 10 s.", **opened)
    (trouble,) = push_trouble(NOW, OSLO)
    assert trouble.problem == (
        "Failing since today at 10:10; next try in 60 s. It did not answer in 10 s."
    )
    assert push_trouble(NOW + MINUTE, OSLO) == []


def test_managers_whom_nothing_reaches_are_named_by_cause(db, manager):
    lost, silent = (factories.user(name=name) for name in ("Ingrid Moe", "Ole Vik"))
    device(lost, gone_at=NOW)
    sent(device(silent), days=3)
    petra = factories.user(Role.SUPERVISOR, name="Petra Lund")
    factories.user(Role.ADMINISTRATOR)
    factories.user(name="Left", deactivated_at=NOW)
    never = ((manager.id, "Charlie Boone"), (petra.id, "Petra Lund"))
    assert [(trouble.problem, trouble.users) for trouble in push_trouble(NOW, OSLO)] == [
        ("2 people have no device that takes notifications.", never),
        ("1 person has lost every device.", ((lost.id, "Ingrid Moe"),)),
        (
            "1 person was sent notifications and has seen none for three days.",
            ((silent.id, "Ole Vik"),),
        ),
    ]


@pytest.mark.parametrize("way", ["shown", "opened", "too new", "a test", "another device"])
def test_whoever_may_have_seen_some_is_left_out(db, manager, way):
    phone = device(manager)
    kind = NoticeKind.TEST if way == "a test" else NoticeKind.DIGEST
    sent(phone, days=2 if way == "too new" else 4, kind=kind)
    if way == "shown":
        phone.last_shown_at = NOW - 2 * DAY
    if way == "opened":
        sent(phone, days=2, opened_at=NOW - 2 * DAY)
    if way == "another device":
        device(manager, 2, last_shown_at=NOW - DAY)
    db.flush()
    assert push_trouble(NOW, OSLO) == []


def test_it_costs_two_queries_and_removes_nothing(db, manager, count_queries):
    service(refused_at=NOW, refused_why="401")
    for number in range(5):
        user = factories.user(name=f"Person {number}")
        sent(device(user), days=4)
    count_queries.clear()
    push_trouble(NOW, OSLO)
    assert len(count_queries) == 2
    assert db.scalar(sa.select(sa.func.count()).select_from(Device)) == 5
