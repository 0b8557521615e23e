"""`import-clients`: the file as it is, the outcome as JSON or in words, one line when it cannot."""

import json

import pytest
import sqlalchemy as sa

from pwa.models import Client, Contact
from tests import factories

TABLE = (
    "company;name;phone;email;town\nHalden;Dana White;03 8174 9123;dana@halden.example;Müncheberg\n"
)


@pytest.fixture
def charlie(db):
    home = factories.team("North", region="AU")
    person = factories.user(team_=home, name="Charlie Boone", email="charlie@example.com")
    db.commit()
    return person


@pytest.fixture
def run(app, db, charlie, tmp_path):
    """Run the command on this content."""

    def ran(content, *options, name="list.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return app.test_cli_runner().invoke(args=["import-clients", str(path), *options])

    return ran


def outcome(answer):
    assert answer.exit_code == 0, answer.stderr
    return json.loads(answer.stdout)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_list_in_any_dress(run, db, encoding, ends):
    answer = run(TABLE.replace("\n", ends).encode(encoding), "--json")
    assert outcome(answer) == {
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "skipped": 0,
        "errors": [],
    }
    assert db.scalar(sa.select(Client.town)) == "Müncheberg"
    assert db.scalar(sa.select(Contact.phone)) == "+61381749123"


def test_tabs_and_quoted_line_breaks(run, db):
    table = 'company\tname\taddress\temail\n"Acme\nInc"\tAnn\t"1 Road\nBack"\ta@a.example\n'
    assert outcome(run(table, "--json"))["created"] == 1
    assert db.execute(sa.select(Client.name, Client.address)).one() == ("Acme Inc", "1 Road, Back")


def test_contact_cards(run, db):
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Ash\nORG:Acme\nTEL:0381749123\nEND:VCARD\n"
    assert outcome(run(card, "--json", name="cards.vcf"))["created"] == 1
    assert db.scalar(sa.select(Client.name)) == "Acme"


def test_wrong_rows_are_listed_and_do_not_fail(run):
    answer = run("company,phone\nAcme,12 34\n,0458 665 290\n", "--json")
    found = outcome(answer)
    assert (found["created"], found["skipped"]) == (1, 1)
    assert found["errors"][0] == {
        "row": 2,
        "column": "phone",
        "problem": "“12 34” is not a phone number we can dial",
    }
    assert [one["row"] for one in found["errors"]] == [2, 2, 3]


def test_in_words_with_the_columns_that_are_not_read(run):
    answer = run("company,phone,shoe size,notes\nAcme,0458 665 290,44,likes tea\n")
    assert answer.exit_code == 0
    assert answer.stdout.splitlines() == [
        "Columns that are not read: shoe size, notes",
        "1 created, 0 updated, 0 unchanged, 0 skipped.",
    ]


def test_a_dry_run_changes_nothing(run, db):
    answer = run(TABLE, "--dry-run")
    assert "Nothing was changed. It would be: 1 created" in answer.stdout
    assert db.scalar(sa.select(Client.id)) is None


def test_a_list_without_headings_asks_for_its_columns(run, db):
    bare = "Halden,Dana White,03 8174 9123\n"
    answer = run(bare)
    assert answer.exit_code == 1
    assert "--columns" in answer.stderr
    assert outcome(run(bare, "--columns", "company,full_name,phone", "--json"))["created"] == 1


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        (b"", (), "empty"),
        (b"%PDF-1.7 and so on", (), "PDF"),
        (TABLE, ("--owner", "nobody@example.com"), "nobody@example.com"),
        (TABLE, ("--region", "Mars"), "Mars"),
        (TABLE, ("--timezone", "Mars/Base"), "Mars/Base"),
        (TABLE, ("--columns", "company,shoe"), "shoe"),
    ],
)
def test_what_cannot_work_is_said_in_one_line(run, db, content, options, words):
    answer = run(content, *options)
    assert answer.exit_code == 1
    assert words in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert db.scalar(sa.select(Client.id)) is None


def test_a_file_that_is_not_there(app, charlie):
    answer = app.test_cli_runner().invoke(args=["import-clients", "/nowhere/list.csv"])
    assert answer.exit_code == 1
    assert "/nowhere/list.csv cannot be read" in answer.stderr


def test_several_managers_need_an_owner(run, db, charlie):
    factories.user(team_=charlie.team)
    db.commit()
    assert "--owner" in run(TABLE).stderr
    assert outcome(run(TABLE, "--owner", "Charlie@Example.com", "--json"))["created"] == 1
    assert db.scalar(sa.select(Client.owner_id)) == charlie.id


def test_progress_goes_to_standard_error(run):
    rows = "".join(f"Firm {number},f{number}@firm.example\n" for number in range(5001))
    answer = run("company,email\n" + rows, "--dry-run", "--json")
    assert outcome(answer)["created"] == 5001
    assert "5,000 rows" in answer.stderr
