"""What a book says of the house and of links between rows is checked, with its place."""

import re
from datetime import date

import pytest

from pwa.operations import book_files
from pwa.operations.book_files import BadBook
from pwa.operations.client_state.recovery_checks import read_checks
from pwa.rules.commitments.recovery_checks import Check
from tests.factories import NOW
from tests.operations.full_book import full_book


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("numbers", {"ask_again_days": "soon"}, "numbers.ask_again_days: “soon” is not a number"),
        ("numbers", {"patience": 3}, "numbers.patience: “patience” is no number"),
        (
            "teams",
            [{"name": "North", "openings": {"gossip": []}}],
            "teams[0].openings.gossip: “gossip” is no situation",
        ),
    ],
)
def test_what_the_house_says_is_checked_too(db, name, value, says):
    with pytest.raises(BadBook, match=re.escape(says)):
        book_files.load({"version": 1, name: value}, NOW, "NO")


def test_a_link_to_nothing_says_where(db):
    book = full_book()
    book["clients"][0]["recoveries"][1]["again_of"] = "r9"
    with pytest.raises(BadBook, match=r"recoveries\[1\].again_of: “r9” is no recovery"):
        book_files.load(book, NOW, "NO")


@pytest.mark.parametrize(
    ("stored", "checks"),
    [
        (None, ()),
        ("2026-11-27", ()),
        (["2026-11-27"], (Check(date(2026, 11, 27)),)),
        ([{"due": "2026-11-27", "done": None}], (Check(date(2026, 11, 27)),)),
        (
            [{"due": "2026-11-27", "done": "2026-11-30T09:00:00+01:00"}],
            (Check(date(2026, 11, 27), date(2026, 11, 30)),),
        ),
        (
            [{"due": "2026-11-27", "done": True}],
            (Check(date(2026, 11, 27), date(2026, 11, 27)),),
        ),
        ([{"done": True}, 7, "soon", None], ()),
    ],
)
def test_checks_are_read_as_far_as_they_say_a_day(stored, checks):
    assert read_checks(stored) == checks
