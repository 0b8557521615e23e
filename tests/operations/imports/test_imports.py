"""Lists become clients: recognised, filled, spread, and what is wrong with them named."""

import re
from collections import Counter
from datetime import date
from unittest.mock import Mock

import pytest
import sqlalchemy as sa

from pwa.models import Cadence, Client, Contact, Preference, Role
from pwa.operations import imports
from pwa.operations.clients import clients as by_hand
from pwa.rules.vocabulary.enums import Channel, ClientStatus, Stage, Tier
from tests import factories
from tests.operations.lists import counts, many, read

DANA = (
    "company,full_name,phone,email,town\nHalden,Dana White,03 8174 9123,dana@halden.example,Leith\n"
)


@pytest.fixture
def charlie(db):
    home = factories.team("North", region="AU", country="AU")
    return factories.user(team_=home, name="Charlie Boone", email="charlie@example.com")


def total(db, model):
    return db.scalar(sa.select(sa.func.count()).select_from(model))


def test_a_row_becomes_a_client_with_a_contact_a_cadence_and_a_due_day(db, charlie):
    assert read(DANA, timezone="Australia/Hobart") == (counts(created=1), [])
    client = db.scalar(sa.select(Client))
    assert (client.name, client.town, client.country) == ("Halden", "Leith", "AU")
    assert (client.timezone, client.status, client.owner) == (
        "Australia/Hobart",
        ClientStatus.ACTIVE,
        charlie,
    )
    (dana,) = client.contacts
    assert (dana.name, dana.phone, dana.email) == (
        "Dana White",
        "+61381749123",
        "dana@halden.example",
    )
    cadence = db.scalar(sa.select(Cadence))
    assert cadence.stage is Stage.MONTHLY
    assert client.next_due == cadence.since == date(2026, 11, 20)
    assert client.unasked
    assert "dana@halden.example" in client.search_key


def test_the_same_list_twice_creates_nothing_twice(db, charlie):
    read(many(30))
    assert read(many(30)) == (counts(unchanged=30), [])
    assert (total(db, Client), total(db, Contact), total(db, Cadence)) == (30, 30, 30)


def test_a_client_added_by_hand_is_recognised(db, charlie):
    facts = by_hand.ClientFacts("HALDEN", "leith")
    by_hand.add(charlie, facts, by_hand.ContactFacts("Dana White"), Stage.WEEKLY, factories.NOW)
    assert read(DANA)[0] == counts(updated=1)
    client = db.scalar(sa.select(Client).execution_options(populate_existing=True))
    assert total(db, Client) == 1
    assert db.scalar(sa.select(Contact.phone)) == "+61381749123"
    assert db.scalar(sa.select(Cadence.stage)) is Stage.WEEKLY
    assert client.name == "HALDEN"


def test_one_company_in_two_towns_is_two_clients_and_in_two_rows_one(db, charlie):
    table = "company,full_name,town,email\n"
    two_towns = table + "Acme,Ann Ash,Leith,ann@a.example\nAcme,Ben Bay,Perth,ben@a.example\n"
    assert read(two_towns)[0] == counts(created=2)
    assert read(table + "ACMÉ,Cy Cole,Leith,cy@a.example\n")[0] == counts(updated=1)
    contacts = db.execute(sa.select(Client.town, Contact.name).join(Contact).order_by(Contact.id))
    assert [tuple(row) for row in contacts] == [
        ("Leith", "Ann Ash"),
        ("Perth", "Ben Bay"),
        ("Leith", "Cy Cole"),
    ]


def test_teams_do_not_share_clients(db, charlie):
    olga = factories.user(name="Olga Sund", email="olga@example.com")
    table = "company,full_name,email,owner\nAcme,Ann Ash,ann@a.example,"
    assert read(table + "charlie@example.com")[0] == counts(created=1)
    assert read(table + "Olga Sund")[0] == counts(created=1)
    assert set(db.scalars(sa.select(Client.owner_id))) == {charlie.id, olga.id}


def test_a_contact_is_recognised_by_mail_by_phone_or_by_name(db, charlie):
    read(DANA)
    table = "company,town,full_name,phone,email,role\n"
    by_mail = "Halden,Leith,Dana White,,dana@halden.example,owner\n"
    by_phone = "Halden,Leith,Dana W.,+61 3 8174 9123,,\n"
    by_name = "Halden,Leith,DANA WHITE,0458 665 290,,\n"
    assert read(table + by_mail + by_phone + by_name)[0] == counts(updated=2, unchanged=1)
    dana = db.scalar(sa.select(Contact).execution_options(populate_existing=True))
    assert (dana.role, dana.phone) == ("owner", "+61381749123")
    assert [phone.number for phone in dana.phones] == ["+61381749123", "+61458665290"]
    assert total(db, Contact) == 1


def test_two_people_may_share_the_number_of_their_office(db, charlie):
    table = "company,full_name,phone\nAcme,Ann Ash,03 8174 9123\nAcme,Ben Bay,03 8174 9123\n"
    assert read(table)[0] == counts(created=1, updated=1)
    assert set(db.scalars(sa.select(Contact.name))) == {"Ann Ash", "Ben Bay"}


def test_what_is_known_is_kept_and_the_difference_named(db, charlie):
    read(DANA.replace("town", "town,tier").replace("Leith", "Leith,A"))
    table = "company,town,full_name,email,tier,cadence\n"
    outcome, problems = read(table + "Halden,Leith,Dana Black,dana@halden.example,B,monthly")
    assert outcome == counts(unchanged=1)
    assert problems == [
        (2, "tier", "The list says “B”, you have “A”: we kept yours"),
        (2, "cadence", "The list says “monthly”, you have “weekly”: we kept yours"),
        (2, "full_name", "The list says “Dana Black”, you have “Dana White”: we kept yours"),
    ]
    assert db.scalar(sa.select(Client.tier)) is Tier.A


def test_rows_without_phone_and_mail_or_with_a_wrong_phone_come_in_and_are_named(db, charlie):
    table = (
        "company,full_name,phone,email\nAcme,Ann Ash,,\nBolt,Ben Bay,12 34,b@b.example\nCask,,,\n"
    )
    outcome, problems = read(table)
    assert outcome == counts(created=3)
    assert [(row, column) for row, column, _ in problems] == [(2, ""), (3, "phone"), (4, "")]
    assert "No phone number and no e-mail yet" in problems[0][2]
    ben = db.scalar(sa.select(Contact).where(Contact.name == "Ben Bay"))
    assert (ben.phone, ben.phone_given) == (None, "12 34")
    assert read(table)[0] == counts(unchanged=3)


def test_wrong_rows_never_stop_right_ones_and_the_counts_add_up(db, charlie):
    table = "company,full_name,phone,cadence\n"
    outcome, problems = read(table + ",,0458 665 290,\nAcme,Ann,0458 665 291,when it rains\n")
    assert outcome == counts(created=1, skipped=1)
    assert [(row, column) for row, column, _ in problems] == [(2, ""), (3, "cadence")]


def test_the_row_names_its_manager_and_an_unknown_one_is_named(db, charlie):
    olga = factories.user(team_=charlie.team, name="Olga Sund", email="olga@example.com")
    table = "company,email,owner\nA,a@a.example,OLGA sund\nB,b@a.example,nobody\nC,c@a.example,\n"
    outcome, problems = read(table)
    assert outcome == counts(created=1, skipped=2)
    assert [(row, column) for row, column, _ in problems] == [(3, "owner"), (4, "owner")]
    outcome, problems = read(table, owner="charlie@example.com")
    assert outcome == counts(created=2, unchanged=1)
    assert "Charlie Boone looks after this client" in problems[0][2]
    rows = db.execute(sa.select(Client.name, Client.owner_id))
    owners = {row.name: row.owner_id for row in rows}
    assert owners == {"A": olga.id, "B": charlie.id, "C": charlie.id}


@pytest.mark.parametrize("roles", [[], [Role.SUPERVISOR], [Role.MANAGER, Role.MANAGER]])
def test_somebody_has_to_look_after_them(db, roles):
    for role in roles:
        factories.user(role)
    with pytest.raises(imports.UndecidedImport) as undecided:
        read(DANA)
    assert undecided.value.reason == ("whose" if len(roles) == 2 else "nobody")


def test_a_manager_who_left_gets_no_clients(db, charlie):
    factories.user(name="Left Long", email="left@example.com", deactivated_at=factories.NOW)
    with pytest.raises(imports.UndecidedImport, match="owner"):
        read(DANA, owner="left@example.com")


def test_the_cadence_comes_from_the_row_or_the_tier(db, charlie):
    read("company,tier,cadence\nA,A,\nB,B,\nC,C,\nD,,\nE,C,every week\n")
    stages = db.execute(sa.select(Client.name, Cadence.stage).join(Cadence).order_by(Client.name))
    assert [stage.value for _, stage in stages] == [
        "weekly",
        "fortnightly",
        "quarterly",
        "monthly",
        "weekly",
    ]


def test_a_channel_is_known_from_the_list_though_nobody_asked(db, charlie):
    table = "company,full_name,email,preferred channel\nA,Ann Ash,a@a.example,Zoom\n"
    read(table)
    preference = db.scalar(sa.select(Preference))
    assert (preference.channel, preference.asked_on) == (Channel.VIDEO, None)
    assert not db.scalar(sa.select(Client.unasked))
    assert read(table)[0] == counts(unchanged=1)


def test_first_days_are_spread_by_what_a_day_holds(db, charlie):
    charlie.capacity_minutes = 60
    planned = factories.client(charlie, "Planned", next_due=date(2026, 11, 23))
    read(re.sub(r"(?m),[ABC]$", ",", many(100)))
    days = Counter(db.scalars(sa.select(Client.next_due).where(Client.id != planned.id)).all())
    assert min(days) == date(2026, 11, 20)
    assert max(days) >= date(2026, 12, 14)
    assert max(days.values()) <= 6
    assert all(day.weekday() < 5 for day in days)
    assert days[date(2026, 11, 23)] <= 5


def test_a_paused_client_of_the_list_has_no_due_day(db, charlie):
    read("company,email,status\nA,a@a.example,on hold\n")
    assert db.execute(sa.select(Client.status, Client.next_due)).one() == (
        ClientStatus.PAUSED,
        None,
    )


def test_clients_of_an_import_that_was_cut_off_are_spread_by_the_next(db, charlie, monkeypatch):
    from pwa.operations.imports import batches

    killed = Mock(side_effect=RuntimeError("killed"))
    monkeypatch.setattr(batches, "spread_first_due_dates", killed)
    with pytest.raises(RuntimeError):
        read(many(3))
    monkeypatch.undo()
    assert db.scalars(sa.select(Client.next_due)).all() == [None] * 3
    assert read(many(3))[0] == counts(unchanged=3)
    assert None not in db.scalars(sa.select(Client.next_due)).all()


def test_trying_out_counts_the_same_and_writes_nothing(db, charlie):
    eva = "Firm 3,Eva Oak,,eva@firm.example,Leith,A"
    table = "\n".join([many(600), eva, eva, ",,0458 665 290,,,"])
    dry_run_counts, problems = read(table, dry_run=True)
    assert total(db, Client) == 0
    assert (dry_run_counts, problems) == read(table)
    assert dry_run_counts == counts(created=600, updated=1, unchanged=1, skipped=1)


def test_five_thousand_rows_take_a_few_statements_for_each_batch(db, charlie, count_queries):
    assert read(many(5000))[0] == counts(created=5000)
    assert len(count_queries) < 5000 / 500 * 40
    assert total(db, Client) == 5000
    del count_queries[:]
    assert read(many(5000))[0] == counts(unchanged=5000)
    assert len(count_queries) < 5000 / 500 * 10


def test_the_real_list(db, charlie, shared_data):
    content = (shared_data / "clients-au-500.csv").read_bytes()
    assert read(content) == (counts(created=500), [])
    assert read(content) == (counts(unchanged=500), [])
    names = Counter(db.scalars(sa.select(Client.name)).all())
    assert [count for _, count in names.most_common(3)] == [2, 2, 1]
    assert db.scalar(sa.select(sa.func.count(Contact.id)).where(Contact.phone.like("+61%"))) == 500
    due = db.scalars(sa.select(Client.next_due)).all()
    assert len(set(due)) > 15
