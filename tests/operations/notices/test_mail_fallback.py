"""The mail to whoever is not reached: when it comes, what it says, and that it comes once."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa

from pwa.db import session
from pwa.models import Delivery, Device, Notice, Role, User
from pwa.operations.client_state import due_dates
from pwa.operations.notices.mail_fallback import BATCH, RETRY_AFTER, VALID_FOR, mail_due
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories
from tests.mailbox import Mailbox

MORNING = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)  # a Friday, half past seven in Oslo
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def mailbox(app, monkeypatch) -> Iterator[Mailbox]:
    with Mailbox() as box:
        use_mail(app, monkeypatch, f"smtp://127.0.0.1:{box.port}")
        yield box


def use_mail(app, monkeypatch, smtp_url: str | None) -> None:
    config = dataclasses.replace(
        app.config["ROUNDS"], smtp_url=smtp_url, base_url="https://rounds.north.test"
    )
    monkeypatch.setitem(app.config, "ROUNDS", config)


@pytest.fixture
def manager(db) -> User:
    user = factories.user(name="Charlie Boone", team_=factories.team())
    client = factories.client(user, "Halden Freight")
    factories.preference(factories.contact(client, "Dana Whitfield"))
    due_dates.refresh_due_dates([client.id], MORNING)
    return user


def device(user: User, **values: object) -> Device:
    made = {"p256dh": "", "auth": "", "name": "Phone", "created_at": MORNING - 30 * DAY, **values}
    endpoint = f"https://fcm.googleapis.com/{user.id}/{made['name']}"
    return factories.save(Device(user_id=user.id, endpoint=endpoint, **made))


def sent(phone: Device, at: datetime, result: str = "sent", **values: object) -> Notice:
    """A notice and its delivery to the phone."""
    done = {"expires_at": at, "next_try_at": at, "settled_at": at, "result": result}
    made = {"kind": NoticeKind.DIGEST, "subject": f"{at:%Y-%m-%d %H:%M}", "due_at": at, **values}
    notice = factories.save(Notice(user_id=phone.user_id, **{**done, **made}))
    factories.save(Delivery(notice_id=notice.id, device_id=phone.id, service="x", **done))
    return notice


def silent(user: User) -> Device:
    """A phone that took a notification yesterday and one just now, and showed neither."""
    phone = device(user)
    sent(phone, MORNING - DAY)
    sent(phone, MORNING)
    return phone


def text_of(letter: EmailMessage) -> str:
    return str(letter.get_content()).replace("\r\n", "\n")


def mails(db) -> list[Notice]:
    query = sa.select(Notice).where(Notice.kind == NoticeKind.MAIL)
    return list(db.scalars(query.execution_options(populate_existing=True)))


def test_a_day_without_any_shown_brings_a_mail_and_only_one(db, manager, mailbox):
    silent(manager)
    (line,) = mail_due(MORNING)
    assert (line.person, line.kind, line.result) == (manager.email, "mail", "sent")
    (letter,) = mailbox.letters
    assert (letter["To"], letter["Subject"]) == (manager.email, "Rounds: 1 to call today")
    text = text_of(letter)
    assert "no device of yours has shown any for a day" in text
    assert "Today: 1 to call.\nhttps://rounds.north.test/today\n" in text
    assert "open https://rounds.north.test/me" in text
    assert "Dana" not in text
    assert "Halden" not in text
    for minutes in (1, 60, 600):
        assert mail_due(MORNING + minutes * MINUTE) == []
    assert len(mailbox.letters) == 1


def test_the_next_day_it_comes_again(db, manager, mailbox):
    silent(manager)
    mail_due(MORNING)
    monday = MORNING + 3 * DAY
    sent(db.scalars(sa.select(Device)).one(), monday)
    assert [line.result for line in mail_due(monday)] == ["sent"]
    assert len(mailbox.letters) == 2


def test_names_are_in_it_by_choice(db, manager, mailbox):
    manager.full_names = True
    silent(manager)
    mail_due(MORNING)
    assert "Today: 1 to call.\nDana Whitfield, Halden Freight\n" in text_of(mailbox.letters[0])


def test_a_supervisor_hears_how_many_clients_need_them(db, manager, mailbox):
    petra = factories.user(Role.SUPERVISOR, manager.team, name="Petra Lund")
    client = factories.client(manager, "Vik Kommune")
    contact = factories.contact(client)
    factories.recovery(client, opened=MORNING - 3 * DAY, contact_id=contact.id)
    silent(petra)
    mail_due(MORNING)
    (letter,) = mailbox.letters
    assert (letter["To"], letter["Subject"]) == (petra.email, "Rounds: 1 client needs you today")
    assert "https://rounds.north.test/team\n" in text_of(letter)


def shown(phone: Device) -> None:
    phone.last_shown_at = MORNING - 60 * MINUTE


def opened(phone: Device) -> None:
    sent(phone, MORNING - 60 * MINUTE, opened_at=MORNING - 59 * MINUTE)


def new_device(phone: Device) -> None:
    device(session.get_one(User, phone.user_id), name="New", created_at=MORNING - 60 * MINUTE)


def shown_on_another(phone: Device) -> None:
    shown(device(session.get_one(User, phone.user_id), name="Desk"))


def muted(phone: Device) -> None:
    session.get_one(User, phone.user_id).muted_kinds = "evening,mail"


def off_today(phone: Device) -> None:
    session.get_one(User, phone.user_id).notice_days = "mon,tue"


def quiet(phone: Device) -> None:
    session.get_one(User, phone.user_id).quiet_to = time(8)


def gone_from_here(phone: Device) -> None:
    session.get_one(User, phone.user_id).deactivated_at = MORNING


@pytest.mark.parametrize(
    "change",
    [shown, opened, new_device, shown_on_another, muted, off_today, quiet, gone_from_here],
)
def test_whoever_is_reached_or_rests_gets_none(db, manager, mailbox, change):
    change(silent(manager))
    assert mail_due(MORNING) == []
    assert mails(db) == []


def test_what_was_sent_just_now_may_be_on_its_way(db, manager, mailbox):
    sent(device(manager), MORNING - 60 * MINUTE)
    assert mail_due(MORNING) == []


def test_a_device_that_never_was_is_missed_by_nobody(db, manager, mailbox):
    at = {"due_at": MORNING, "expires_at": MORNING, "next_try_at": MORNING, "settled_at": MORNING}
    kind = {"kind": NoticeKind.DIGEST, "subject": "x", "result": "skipped"}
    factories.save(Notice(user_id=manager.id, **kind, **at))
    assert mail_due(MORNING) == []


@pytest.mark.parametrize(
    ("result", "values", "why"),
    [
        ("failed", {}, "The push service did not take them."),
        ("skipped", {"gone_at": MORNING}, "None of your devices takes them any more."),
    ],
)
def test_what_failed_or_has_no_device_left_is_mailed_at_once(
    db, manager, mailbox, result, values, why
):
    sent(device(manager, **values), MORNING - MINUTE, result)
    assert [line.why for line in mail_due(MORNING)] == [why]
    assert why in text_of(mailbox.letters[0])


def test_without_a_mail_server_it_says_so_once(app, db, manager, monkeypatch):
    use_mail(app, monkeypatch, None)
    silent(manager)
    (line,) = mail_due(MORNING)
    assert (line.result, line.why) == ("skipped", "No mail server is set up here (SMTP_URL).")
    assert mail_due(MORNING + MINUTE) == []


def test_a_mail_server_that_is_away_is_asked_again_while_it_is_of_use(
    app, db, manager, monkeypatch
):
    with Mailbox() as closed:
        use_mail(app, monkeypatch, f"smtp://127.0.0.1:{closed.port}")
    silent(manager)
    tried = {}
    for minutes in range(int(VALID_FOR / MINUTE) + 10):
        for line in mail_due(MORNING + minutes * MINUTE):
            tried[minutes] = line.result
    step = int(RETRY_AFTER / MINUTE)
    assert list(tried) == list(range(0, int(VALID_FOR / MINUTE), step))
    assert [*tried.values()] == ["waiting"] * (len(tried) - 1) + ["failed"]
    (row,) = mails(db)
    assert row.result == "failed"
    assert row.why
    assert row.why.startswith("The mail server did not take it (ConnectionRefusedError")


def test_shown_meanwhile_a_waiting_mail_is_left(app, db, manager, monkeypatch):
    with Mailbox() as closed:
        use_mail(app, monkeypatch, f"smtp://127.0.0.1:{closed.port}")
    phone = silent(manager)
    mail_due(MORNING)
    phone.last_shown_at = MORNING + MINUTE
    db.flush()
    (line,) = mail_due(MORNING + RETRY_AFTER)
    assert (line.result, line.why) == ("skipped", "A notification was shown meanwhile.")


def test_a_mail_is_sent_with_no_transaction_open(db, manager, mailbox, monkeypatch):
    silent(manager)
    committed = []
    monkeypatch.setattr(
        "pwa.operations.notices.mail_fallback.mail.send",
        lambda *_: committed.append(not session().in_transaction()),
    )
    mail_due(MORNING)
    assert committed == [True]


def test_no_more_than_a_few_at_once(db, manager, mailbox):
    for _ in range(BATCH + 1):
        silent(factories.user(team_=manager.team))
    assert [len(mail_due(MORNING)) for _ in range(3)] == [BATCH, 1, 0]
    assert len({letter["To"] for letter in mailbox.letters}) == BATCH + 1


def test_one_person_with_a_wrong_zone_costs_nobody_else_the_mail(db, manager, mailbox):
    broken = factories.user(team_=manager.team)
    for user in (broken, manager):
        silent(user)
    broken.timezone = "Europe/Nowhere"
    db.flush()
    assert [line.person for line in mail_due(MORNING)] == [manager.email]


def test_while_nobody_is_due_it_writes_nothing(db, manager, mailbox, count_queries):
    for _ in range(5):
        silent(factories.user(team_=manager.team, quiet_to=time(8)))
    count_queries.clear()
    assert mail_due(MORNING) == []
    assert [statement.split()[0] for statement in count_queries] == ["SELECT"] * 3
