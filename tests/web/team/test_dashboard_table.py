"""The board of a team: sorted by any column, headed with whom it is about."""

import re

import pytest

from pwa.models import Role
from tests import factories


@pytest.fixture
def team(db):
    north = factories.team()
    charlie = factories.user(team_=north, name="Charlie Boone")
    factories.user(team_=north, name="Ada Nilsen", email="a@rounds.example")
    factories.client(charlie)
    return north


@pytest.fixture
def desk(team, sign_in):
    return sign_in(factories.user(Role.SUPERVISOR, team, email="p@rounds.example"))


def names(page: str) -> list[str]:
    return re.findall(r">(Charlie Boone|Ada Nilsen)</a>", page)


@pytest.mark.parametrize(
    ("sort", "first", "said"),
    [
        ("name", "Ada Nilsen", "ascending"),
        ("-name", "Charlie Boone", "descending"),
        ("clients", "Ada Nilsen", "ascending"),
        ("-clients", "Charlie Boone", "descending"),
    ],
)
def test_a_column_sorts_and_says_so(desk, sort, first, said):
    page = desk.get(f"/team?sort={sort}").text
    assert names(page)[0] == first
    assert re.findall(r'<th [^>]*aria-sort="(\w+)"', page) == [said]


def test_a_second_time_turns_it_round(desk):
    assert 'href="/team?sort=-name"' in desk.get("/team?sort=name").text
    assert 'href="/team?sort=name"' in desk.get("/team").text


def test_a_column_that_is_none_sorts_as_ever(desk):
    assert re.findall(r'<th [^>]*aria-sort="(\w+)"', desk.get("/team?sort=--x").text) == [
        "descending"
    ]


def test_an_administrator_sees_every_team_and_is_told_so(team, sign_in):
    boss = factories.user(Role.ADMINISTRATOR, factories.team("South"), email="b@rounds.example")
    page = sign_in(boss).get("/team").text
    assert "Every team" in page
    assert len(names(page)) == 2
