"""`demo`, `init --demo-if-empty` and `bench-data` as they are typed."""

import json
from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa

from pwa import clock
from pwa.models import Client, Contact, Preference, User
from pwa.operations import synthetic
from tests import factories


@pytest.fixture
def run(app, db):
    return lambda *words: app.test_cli_runner().invoke(args=words)


def count(db, model):
    return db.scalar(sa.select(sa.func.count()).select_from(model))


def test_the_demo_is_safe_to_repeat(run, db):
    first = run("demo", "--json")
    assert first.exit_code == 0
    people = json.loads(first.stdout)
    assert len(people) == 5
    again = run("demo")
    assert "here already" in again.stderr
    assert people[0]["password"] in again.stdout
    assert count(db, Client) == 60


def test_a_first_start_brings_the_demo_and_a_real_one_does_not(run, db):
    factories.user()
    db.commit()
    assert "rounds-demo" not in run("init", "--demo-if-empty").stdout
    assert count(db, Client) == 0


def test_the_demo_says_that_it_lies_beside_another_book(run, db):
    factories.client(factories.user())
    db.commit()
    assert "beside 1 clients" in run("demo").stderr


def test_the_demo_as_a_file_can_be_loaded(run, tmp_path):
    file = tmp_path / "demo.json"
    assert run("demo", "--output", str(file)).exit_code == 0
    assert "60 clients created" in run("load-book", str(file)).stdout


def test_a_synthetic_book(run, db):
    result = run("bench-data", "--managers", "3", "--clients", "300", "--json")
    assert result.exit_code == 0
    made = json.loads(result.stdout)
    assert list(made["managers"].values()) == [100, 100, 100]
    assert count(db, Client) == 300
    assert count(db, Contact) > 300
    assert 200 < count(db, Preference) < 280
    days_ago = clock.now().date() - timedelta(days=3)
    late = sa.select(sa.func.count()).where(Client.next_due < days_ago)
    assert db.scalar(late) < 45
    assert run("bench-data", "--managers", "1", "--clients", "1").exit_code == 1


def test_synthetic_managers_may_sign_in(run, app, db):
    made = json.loads(run("bench-data", "--managers", "1", "--clients", "3", "--json").stdout)
    entry = {"email": "manager1@bench.example", "password": made["password"]}
    assert app.test_client().post("/sign-in", data=entry).status_code == 303
    assert count(db, User) == 1


@pytest.mark.parametrize(
    ("managers", "clients", "expected"),
    [
        (1, 10, {10: 1}),
        (3, 10, {3: 2, 4: 1}),
        (4, 6000, {5000: 1, 200: 1, 400: 2}),
        (2, 6000, {3000: 2}),
    ],
)
def test_shares(managers, clients, expected):
    assert Counter(synthetic.clients_per_manager(managers, clients)) == expected


def test_more_managers_than_clients(run):
    assert run("bench-data", "--managers", "5", "--clients", "2").exit_code == 1
