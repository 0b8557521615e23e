"""Looking after people and teams: links shown once, roles, leaving, and who may do it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from pwa.models import (
    Audit,
    Client,
    Device,
    OneTimeLink,
    PushService,
    Receipt,
    Role,
    SignIn,
    Team,
    User,
)
from pwa.operations.notices.sweep import store_heartbeat
from tests import factories
from tests.mailbox import Mailbox

pytestmark = pytest.mark.usefixtures("on_a_friday")

PERSON = {
    "key": "key-of-ingrid",
    "email": "ingrid@example.com",
    "name": "Ingrid Moe",
    "role": "manager",
    "team": "North",
    "timezone": "Europe/Oslo",
    "country": "NO",
    "capacity_minutes": "180",
}
CHANGE = {key: value for key, value in PERSON.items() if key != "email"}


@pytest.fixture
def boss(db):
    return factories.user(Role.ADMINISTRATOR, factories.team(), name="Ada Boss")


@pytest.fixture
def desk(boss, sign_in):
    return sign_in(boss)


@pytest.fixture
def use_mail(app, monkeypatch):
    """Let the application send by this address."""

    def set_up(smtp_url):
        monkeypatch.setitem(app.config, "ROUNDS", replace(app.config["ROUNDS"], smtp_url=smtp_url))

    return set_up


def person(db, email="ingrid@example.com"):
    db.expire_all()
    return db.scalar(sa.select(User).where(User.email == email))


def link_on(page):
    found = re.search(r'value="http://localhost(/welcome/[^"]+)"', page.text)
    return found[1] if found else None


def test_a_person_added_gets_a_link_that_is_shown_once_and_works(app, desk, db):
    answer = desk.post("/admin/people", data=PERSON)
    assert answer.status_code == 303
    link = link_on(desk.get(answer.headers["Location"]))
    assert link
    assert link_on(desk.get(answer.headers["Location"])) is None
    added = person(db)
    assert (added.role, added.team.name, added.capacity_minutes) == (Role.MANAGER, "North", 180)
    used = app.test_client().post(link, data={"password": "quite a long one"})
    assert used.headers["Location"] == "/today"


def test_the_database_keeps_no_link_that_works(desk, db):
    answer = desk.post("/admin/people", data=PERSON)
    token = link_on(desk.get(answer.headers["Location"])).removeprefix("/welcome/")
    kept = [
        *db.scalars(sa.select(OneTimeLink.token_hash)),
        *db.scalars(sa.select(Receipt.location)),
    ]
    assert not any(token in (text or "") for text in kept)


def test_a_new_team_is_made_with_the_person(desk, db):
    desk.post("/admin/people", data={**PERSON, "new_team": "Coast"})
    assert person(db).team.name == "Coast"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("email", "ingrid", "no e-mail address"),
        ("email", "", "Which address"),
        ("name", "", "What are they called?"),
        ("role", "king", "Choose one of the list"),
        ("team", "", "Choose a team"),
        ("timezone", "", "Where are they?"),
        ("capacity_minutes", "a lot", "A whole number from 0 to 720"),
        ("capacity_minutes", "-1", "A whole number"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(desk, db, field, typed, words):
    answer = desk.post("/admin/people", data={**PERSON, field: typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'id="{field}-problem"' in answer.text or field == "role"
    assert person(db) is None


def test_an_address_is_one_persons(desk, boss):
    answer = desk.post("/admin/people", data={**PERSON, "email": boss.email.upper()})
    assert answer.status_code == 422
    assert "is here already" in answer.text


def test_a_change_of_role_and_team_is_written_down(desk, db, boss):
    one = factories.user(email="ingrid@example.com", name="Ingrid Moe")
    db.commit()
    data = {**CHANGE, "role": "supervisor", "new_team": "Coast"}
    assert desk.post(f"/admin/people/{one.id}", data=data).status_code == 303
    assert (person(db).role, person(db).team.name) == (Role.SUPERVISOR, "Coast")
    note = db.scalar(sa.select(Audit).where(Audit.action == "person changed"))
    assert note.user_id == boss.id
    assert note.details["before"]["role"] == "manager"


def test_the_last_administrator_stays_one(desk, db, boss):
    refused = desk.post(f"/admin/people/{boss.id}", data=CHANGE)
    assert refused.status_code == 422
    assert "is the only administrator" in refused.text
    factories.user(Role.ADMINISTRATOR)
    db.commit()
    again = {**CHANGE, "key": "another-key"}
    assert desk.post(f"/admin/people/{boss.id}", data=again).status_code == 303


def test_nobody_deactivates_themselves(desk, db, boss):
    factories.user(Role.ADMINISTRATOR)
    db.commit()
    answer = desk.post(f"/admin/people/{boss.id}/deactivation", data={"key": "leaving-me"})
    assert answer.status_code == 422
    assert "You cannot deactivate yourself" in answer.text
    assert person(db, boss.email).is_active


def test_someone_deactivated_is_out_everywhere_and_their_clients_are_listed(desk, db, sign_in):
    one = factories.user(email="ingrid@example.com", name="Ingrid Moe")
    factories.client(one)
    theirs = sign_in(one)
    session_id = db.scalar(sa.select(SignIn.id).where(SignIn.user_id == one.id))
    for number, sign_in_id in enumerate((session_id, None)):  # None: from before sessions had any
        keys = {"endpoint": f"https://x/{number}", "p256dh": "", "auth": "", "name": "Phone"}
        made = {"user_id": one.id, "sign_in_id": sign_in_id, "created_at": factories.NOW}
        factories.save(Device(**keys, **made))
    db.commit()
    answer = desk.post(f"/admin/people/{one.id}/deactivation", data={"key": "leaving-us"})
    assert answer.status_code == 303
    assert theirs.get("/today").status_code == 302
    assert db.scalar(sa.select(SignIn).where(SignIn.user_id == one.id)) is None
    assert db.scalar(sa.select(Device).where(Device.user_id == one.id)) is None
    assert "Ingrid Moe left 1 client that needs a new manager" in desk.get("/admin").text
    desk.post(f"/admin/people/{one.id}/reactivation", data={"key": "back-again"})
    assert person(db).is_active


def test_all_clients_of_someone_are_handed_over_at_once(desk, db, boss):
    one, other = factories.user(email="ingrid@example.com"), factories.user(name="Omar Haddad")
    clients = [factories.client(one, f"Client {n}") for n in range(3)]
    db.commit()
    address = f"/admin/people/{one.id}/handover"
    missing = desk.post(address, data={"key": "hand-over-1"})
    assert missing.status_code == 422
    assert "Who looks after them" in missing.text
    given = {"key": "hand-over-2", "owner": other.id, "reason": "left us"}
    assert desk.post(address, data=given).status_code == 303
    db.expire_all()
    assert set(db.scalars(sa.select(Client.owner_id))) == {other.id}
    notes = db.scalars(sa.select(Audit).where(Audit.action == "handed over")).all()
    assert {note.subject_id for note in notes} == {client.id for client in clients}


def test_a_reset_ends_the_link_before(app, desk, db):
    one = factories.user(email="ingrid@example.com")
    db.commit()
    links = []
    for key in ("first-reset", "second-reset"):
        answer = desk.post(f"/admin/people/{one.id}/link", data={"key": key})
        links.append(link_on(desk.get(answer.headers["Location"])))
    assert [app.test_client().get(link).status_code for link in links] == [410, 200]


def test_someone_deactivated_gets_no_link(desk, db):
    one = factories.user(email="ingrid@example.com", deactivated_at=factories.NOW)
    db.commit()
    answer = desk.post(f"/admin/people/{one.id}/link", data={"key": "first-reset"})
    assert answer.status_code == 422
    assert "Reactivate them first" in answer.text


def test_the_link_is_mailed_where_mail_is_set_up(app, desk, db, use_mail):
    with Mailbox() as mailbox:
        use_mail(f"smtp://127.0.0.1:{mailbox.port}")
        answer = desk.post("/admin/people", data=PERSON)
    shown = link_on(desk.get(answer.headers["Location"]))
    (letter,) = mailbox.letters
    assert letter["To"] == "ingrid@example.com"
    assert f"http://localhost{shown}" in letter.get_content()


def test_mail_that_fails_loses_nothing_and_says_so(desk, db, use_mail):
    use_mail("smtp://127.0.0.1:9")
    answer = desk.post("/admin/people", data=PERSON)
    page = desk.get(answer.headers["Location"])
    assert link_on(page)
    assert "The mail could not be sent" in page.text


def test_no_mail_leaves_for_what_was_not_stored(desk, db, use_mail):
    with Mailbox() as mailbox:
        use_mail(f"smtp://127.0.0.1:{mailbox.port}")
        desk.post("/admin/people", data={**PERSON, "email": "nothing"})
    assert mailbox.letters == []


def test_a_team_has_holidays_and_a_phone_region(desk, db, boss):
    address = f"/admin/teams/{boss.team_id}"
    data = {"key": "team-change", "name": "South", "country": "AU", "region": "AU"}
    assert desk.get(address).status_code == 200
    assert desk.post(address, data=data).status_code == 303
    db.expire_all()
    changed = db.get(Team, boss.team_id)
    assert (changed.name, changed.country, changed.region) == ("South", "AU", "AU")


def test_two_teams_of_one_name_are_refused(desk, db, boss):
    factories.team("South")
    db.commit()
    data = {"key": "team-change", "name": "South"}
    answer = desk.post(f"/admin/teams/{boss.team_id}", data=data)
    assert answer.status_code == 422
    assert "There is a team of that name already" in answer.text


def test_the_list_says_who_was_here_last(desk, db, boss):
    factories.user(name="Never Here", email="never@example.com")
    db.commit()
    text = desk.get("/admin").text
    assert "just now" in text
    assert "not yet" in text


def test_the_list_costs_the_same_however_many(desk, db, count_queries):
    counts = []
    for _ in range(2):
        for _ in range(10):
            factories.client(factories.user())
        db.commit()
        count_queries.clear()
        assert desk.get("/admin").status_code == 200
        counts.append(len(count_queries))
    assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR])
def test_everyone_else_finds_nothing(db, sign_in, boss, role):
    other = sign_in(factories.user(role, boss.team))
    pages = [
        "/admin",
        "/admin/people/new",
        f"/admin/people/{boss.id}",
        f"/admin/teams/{boss.team_id}",
    ]
    writes = [
        "/admin/people",
        f"/admin/people/{boss.id}",
        f"/admin/teams/{boss.team_id}",
        *(
            f"/admin/people/{boss.id}/{what}"
            for what in ("deactivation", "reactivation", "link", "handover")
        ),
    ]
    assert {other.get(address).status_code for address in pages} == {404}
    assert {other.post(address, data=PERSON).status_code for address in writes} == {404}
    assert person(db) is None


def test_the_page_says_who_gets_no_notifications_and_which_service_refuses(desk, db):
    store_heartbeat(factories.NOW)
    db.commit()
    assert "Notifications that don" not in desk.get("/admin").text
    manager = factories.user(name="Ingrid Moe")
    refused = {"refused_at": factories.NOW, "refused_why": "403: BadJwtToken"}
    factories.save(PushService(service="https://web.push.apple.com", **refused))
    db.commit()
    page = desk.get("/admin").text
    assert "web.push.apple.com" in page
    assert "403: BadJwtToken" in page
    assert "1 person has no device that takes notifications." in page
    trouble = page.split('id="push-trouble"')[1].split("</section>")[0]
    assert "Worker" not in trouble
    assert f'<a href="/admin/people/{manager.id}">Ingrid Moe</a>' in trouble


def test_the_page_says_first_that_the_worker_stands_still(desk, db, time_machine):
    factories.user(name="Ingrid Moe")
    db.commit()
    lines = desk.get("/admin").text.split('id="push-trouble"')[1].split("<li>")
    assert "It has never run here, so no notification is sent." in lines[1]
    assert "no device that takes notifications" in lines[2]
    store_heartbeat(factories.NOW)
    time_machine.move_to(factories.NOW + timedelta(seconds=181), tick=False)
    page = desk.get("/admin").text
    assert "It last ran today at 10:40: no notification is sent until it runs." in page
