"""Import from the browser: choose, look, correct, try out, import, download what failed."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from pwa import clock
from pwa.models import Client, Heartbeat, ImportRun, ImportState, Role
from pwa.operations.imports import batches, runs
from pwa.operations.imports.write import write_clients
from tests import factories

TABLE = (
    "Company,Contact,Telephone,Mail\n"
    "Halden,Dana White,03 8174 9123,dana@halden.example\n"
    "Brightline,Omar Haddad,12 34,omar@b.example\n"
    ",,0458 665 290,\n"
)
HERE = "AU|Australia/Sydney"


@pytest.fixture
def charlie(db):
    home = factories.team("North", region="AU")
    return factories.user(team_=home, name="Charlie Boone", timezone="Australia/Sydney")


@pytest.fixture
def ada(db, charlie):
    return factories.user(Role.ADMINISTRATOR, charlie.team, name="Ada Lind")


@pytest.fixture
def admin(sign_in, ada):
    return sign_in(ada)


def choose(admin, content=TABLE, name="list.csv"):
    raw = content if isinstance(content, bytes) else content.encode()
    data = {"list": (io.BytesIO(raw), name), "key": "choose-list-1"}
    return admin.post("/admin/imports", data=data)


def decided(admin, address, charlie, *fields, **changed):
    data = {f"field-{place}": field for place, field in enumerate(fields, start=1)}
    return admin.post(
        f"{address}/mapping", data={**data, "where": HERE, "owner": charlie.id, **changed}
    )


def tried(admin, charlie, content=TABLE, fields=("company", "full_name", "phone", "email")):
    address = choose(admin, content).headers["Location"]
    assert decided(admin, address, charlie, *fields).status_code == 303
    runs.run_waiting(clock.now)
    return address


def latest(db):
    newest = sa.select(ImportRun).order_by(ImportRun.id.desc()).limit(1)
    return db.scalar(newest.execution_options(populate_existing=True))


def test_from_the_file_to_the_clients(admin, db, charlie):
    address = choose(admin).headers["Location"]
    asked = admin.get(address).text
    assert "Dana White · Omar Haddad" in asked
    assert '<option value="email" selected>E-mail' in asked
    assert f'<option value="{HERE}" selected>Australia, Sydney' in asked
    assert f'<option value="{charlie.id}" selected>Charlie Boone' in asked

    decided(admin, address, charlie, "company", "full_name", "phone", "email")
    waiting = admin.get(address).text
    assert "Trying it out" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    runs.run_waiting(clock.now)
    trial = admin.get(address, headers={"HX-Request": "true"}).text
    assert "2 new clients in this list" in trial
    assert "every 2s" not in trial
    assert "<html" not in trial
    assert "“12 34” is not a phone number" in trial
    assert db.scalar(sa.select(Client.id)) is None

    assert admin.post(f"{address}/start").status_code == 303
    runs.run_waiting(clock.now)
    done = admin.get(address).text
    assert "2 clients are in" in done
    assert "Download what failed" in done
    found = db.scalars(sa.select(Client).order_by(Client.id)).all()
    assert [(one.name, one.country, one.timezone) for one in found] == [
        ("Halden", "AU", "Australia/Sydney"),
        ("Brightline", "AU", "Australia/Sydney"),
    ]
    assert all(one.next_due for one in found)


def test_what_failed_comes_back_with_its_columns(admin, charlie):
    address = tried(admin, charlie)
    answer = admin.get(f"{address}/problems.csv")
    lines = answer.get_data().decode("utf-8-sig").splitlines()
    assert "attachment" in answer.headers["Content-Disposition"]
    assert lines[0] == "Company,Contact,Telephone,Mail,Row,Problem"
    assert lines[1].startswith("Brightline,Omar Haddad,12 34,omar@b.example,3,Telephone: “12 34”")
    assert lines[2].startswith(",,0458 665 290,,4,No company")
    assert len(lines) == 3


def test_a_mapping_can_be_corrected_after_the_trial(admin, db, charlie):
    address = tried(admin, charlie, fields=("full_name", "", "phone", "email"))
    assert "Contact" in admin.get(f"{address}?change=1").text
    decided(admin, address, charlie, "company", "full_name", "", "email")
    runs.run_waiting(clock.now)
    assert latest(db).counts["problems"] == 1
    admin.post(f"{address}/start")
    runs.run_waiting(clock.now)
    assert {c.name for one in db.scalars(sa.select(Client)) for c in one.contacts} == {
        "Dana White",
        "Omar Haddad",
    }


def test_a_list_without_headings_asks_for_every_column(admin, db, charlie):
    address = choose(admin, "Halden,Dana White,03 8174 9123\n").headers["Location"]
    assert "This list has no headings" in admin.get(address).text
    refused = decided(admin, address, charlie, "", "", "phone")
    assert refused.status_code == 422
    assert "No column holds the company or the person" in refused.text
    assert decided(admin, address, charlie, "company", "full_name", "phone").status_code == 303
    runs.run_waiting(clock.now)
    assert latest(db).counts["created"] == 1
    assert "Column 2" in admin.get(f"{address}?change=1").text


def test_headings_that_nobody_knows_are_not_taken_for_a_client(admin, db, charlie):
    address = choose(admin, "firmanimi,kuka\nHalden,Dana White\n").headers["Location"]
    assert "We could not tell what these columns are" in admin.get(address).text
    decided(admin, address, charlie, "company", "full_name")
    runs.run_waiting(clock.now)
    assert latest(db).counts["created"] == 1


def test_contact_cards_need_no_mapping(admin, db, charlie):
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Ash\nORG:Acme\nTEL:0381749123\nEND:VCARD\n"
    address = choose(admin, card, "cards.vcf").headers["Location"]
    assert "there is nothing to choose" in admin.get(address).text
    decided(admin, address, charlie)
    runs.run_waiting(clock.now)
    assert latest(db).counts["created"] == 1


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "empty"), (b"%PDF-1.7 hello", "PDF"), (b"\x89PNG....", "picture")]
)
def test_what_is_no_list_is_refused_in_words_and_not_kept(app, admin, content, words):
    folder = app.config["ROUNDS"].instance_path / "imports"
    before = {path.name for path in folder.glob("*")}
    answer = choose(admin, content)
    assert answer.status_code == 422
    assert words in answer.text
    assert {path.name for path in folder.glob("*")} == before


def test_no_file_and_no_place_are_said(admin, charlie):
    assert "Choose a file first" in admin.post("/admin/imports").text
    address = choose(admin).headers["Location"]
    refused = decided(admin, address, charlie, "company", "full_name", "phone", "", where="")
    assert refused.status_code == 422
    assert "Choose where these clients are" in refused.text
    assert '<option value="phone" selected>' in refused.text


def test_a_large_file_may_come_here_and_nowhere_else(admin, charlie):
    rows = "".join(f"Firm {number},{'x' * 990}\n" for number in range(2000))
    large = "Company,Notes\n" + rows
    start = b'--x\r\nContent-Disposition: form-data; name="list"; filename="large.csv"\r\n\r\n'
    body = start + large.encode() + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    assert admin.post("/admin/imports", data=body, content_type=kind).status_code == 303
    assert admin.post("/sign-in", data=body, content_type=kind).status_code == 413


def test_the_same_choice_sent_twice_is_one_list(admin, db):
    first, second = choose(admin), choose(admin)
    assert first.headers["Location"] == second.headers["Location"]
    assert db.scalar(sa.select(sa.func.count(ImportRun.id))) == 1


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR])
def test_others_find_nothing_here(admin, sign_in, charlie, role):
    address = choose(admin).headers["Location"]
    other = sign_in(factories.user(role, charlie.team))
    for path in ("/admin/imports", address, f"{address}/problems.csv"):
        assert other.get(path).status_code == 404
    for path in ("/admin/imports", f"{address}/mapping", f"{address}/start", f"{address}/retry"):
        assert other.post(path).status_code == 404


def test_it_says_when_nobody_works_in_the_background(admin, db, charlie):
    address = choose(admin).headers["Location"]
    decided(admin, address, charlie, "company", "full_name", "phone", "email")
    assert "Nothing is working in the background" in admin.get(address).text
    db.add(Heartbeat(name="sweep", at=clock.now() - timedelta(minutes=2)))
    db.commit()
    assert "Nothing is working in the background" not in admin.get(address).text


def test_a_run_at_work_cannot_be_changed(admin, charlie):
    address = choose(admin).headers["Location"]
    fields = ("company", "full_name", "phone", "email")
    decided(admin, address, charlie, *fields)
    assert decided(admin, address, charlie, *fields).status_code == 409
    assert admin.post(f"{address}/start").status_code == 409


def test_an_import_whose_worker_died_goes_on_where_it_stopped(admin, db, charlie, monkeypatch):
    table = "Company,Mail\n" + "".join(f"Firm {n},f{n}@a.example\n" for n in range(1200))
    address = tried(admin, charlie, table + ",\n,x\n", ("company", "email"))
    admin.post(f"{address}/start")
    calls = []

    def killed(*args):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        write_clients(*args)

    monkeypatch.setattr(batches, "write_clients", killed)
    with pytest.raises(KeyboardInterrupt):
        runs.run_waiting(clock.now)
    monkeypatch.undo()
    run = latest(db)
    assert (run.state, run.progress) == (ImportState.RUNNING, 500)
    runs.run_waiting(clock.now)
    assert latest(db).state is ImportState.RUNNING  # somebody may still be at it
    runs.run_waiting(lambda: clock.now() + timedelta(minutes=3))
    run = latest(db)
    assert run.state is ImportState.DONE
    assert (run.counts["created"], run.counts["skipped"]) == (1200, 1)
    assert db.scalar(sa.select(sa.func.count(Client.id))) == 1200
    assert db.scalar(sa.select(sa.func.count(Client.id)).where(Client.next_due.is_(None))) == 0


def test_a_worker_that_lost_its_hold_writes_nothing_more(admin, db, charlie, monkeypatch):
    address = tried(admin, charlie)
    admin.post(f"{address}/start")

    def overtaken(*args):
        write_clients(*args)
        until = clock.now() + timedelta(hours=1)
        db.execute(sa.update(ImportRun).values(claimed_until=until))

    monkeypatch.setattr(batches, "write_clients", overtaken)
    runs.run_waiting(clock.now)
    assert db.scalar(sa.select(Client.id)) is None


def test_a_run_that_broke_says_so_and_can_be_taken_up(admin, db, charlie, monkeypatch):
    address = tried(admin, charlie)
    admin.post(f"{address}/start")
    monkeypatch.setattr(batches, "write_clients", lambda *_: 1 / 0)
    runs.run_waiting(clock.now)
    assert "Something broke on our side" in admin.get(address).text
    monkeypatch.undo()
    assert admin.post(f"{address}/retry").status_code == 303
    runs.run_waiting(clock.now)
    assert "2 clients are in" in admin.get(address).text


def test_old_files_are_let_go(admin, db, charlie):
    tried(admin, charlie)
    path = Path(latest(db).path)
    assert path.exists()
    runs.run_waiting(lambda: clock.now() + timedelta(days=31))
    assert not path.exists()
    assert "list.csv" in admin.get("/admin/imports").text


def test_the_real_list_in_the_browser(admin, db, charlie, shared_data):
    content = (shared_data / "clients-au-500.csv").read_bytes()
    address = choose(admin, content, "clients-au-500.csv").headers["Location"]
    person = ("first_name", "last_name", "company")
    place = ("street", "town", "state", "postcode")
    fields = (*person, *place, "phone", "phone_other", "email", "website")
    decided(admin, address, charlie, *fields)
    runs.run_waiting(clock.now)
    admin.post(f"{address}/start")
    runs.run_waiting(clock.now)
    assert "500 clients are in" in admin.get(address).text
    assert db.scalar(sa.select(sa.func.count(Client.id))) == 500
