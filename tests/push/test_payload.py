"""What a phone is sent: both shapes in one, under 1 kB, and never an address that is not ours."""

import json

import pytest

from pwa.push.payload import LIMIT, Action, Push, Who, address, short

BASE = "https://rounds.example"
CALL = Action("call", "Call", "/clients/7")
HOUR = Action("hour", "In an hour", "/clients/7")
PUSH = Push("Now: Åse", "Booked for 15:00", "/clients/7", "booking-1", 12, 3, (CALL, HOUR))


def test_both_shapes_are_in_one_payload() -> None:
    assert json.loads(PUSH.to_bytes(BASE)) == {
        "title": "Now: Åse",
        "body": "Booked for 15:00",
        "url": "/clients/7",
        "tag": "booking-1",
        "id": 12,
        "badge": 3,
        "actions": [
            {"name": "call", "title": "Call", "url": "/clients/7"},
            {"name": "hour", "title": "In an hour", "url": "/clients/7"},
        ],
        "web_push": 8030,
        "mutable": True,
        "app_badge": 3,
        "notification": {
            "title": "Now: Åse",
            "body": "Booked for 15:00",
            "navigate": "https://rounds.example/clients/7?notice=12",
            "tag": "booking-1",
            "lang": "en",
            "silent": False,
            "app_badge": "3",
            "actions": [
                {
                    "action": "call",
                    "title": "Call",
                    "navigate": "https://rounds.example/clients/7?notice=12",
                },
                {
                    "action": "hour",
                    "title": "In an hour",
                    "navigate": "https://rounds.example/clients/7?notice=12",
                },
            ],
        },
    }


def test_without_a_number_left_the_badge_stays_as_it_is() -> None:
    values = json.loads(Push("a", "b", "/me", "c").to_bytes(BASE))
    assert values["badge"] is None
    assert "app_badge" not in values
    assert "app_badge" not in values["notification"]


@pytest.mark.parametrize(
    ("path", "notice", "expected"),
    [
        ("/today", 0, "https://rounds.example/today"),
        ("/today", 7, "https://rounds.example/today?notice=7"),
        ("/clients?show=due", 7, "https://rounds.example/clients?show=due&notice=7"),
        ("/clients/3#booked", 7, "https://rounds.example/clients/3?notice=7#booked"),
    ],
)
def test_a_tap_says_which_notice_it_was(path: str, notice: int, expected: str) -> None:
    assert address(BASE, path, notice) == expected


@pytest.mark.parametrize("letter", ["x", "é", "字", "😀", '"', "\\"])
@pytest.mark.parametrize("base", [BASE, "https://" + "long." * 40 + "example"])
def test_it_is_under_a_kilobyte_whatever_the_names(letter: str, base: str) -> None:
    long = letter * 5000
    actions = (CALL, HOUR, Action("tomorrow", "Not today", "/today"))
    url, tag = f"/clients/{10**9}", f"booking-{10**9}"
    data = Push(short(long), short(long), url, tag, 10**12, 999, actions).to_bytes(base)
    assert len(data) < LIMIT
    assert json.loads(data)["title"][0] == letter
    assert json.loads(data)["notification"]["title"] == json.loads(data)["title"]


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example", "/\\evil.example", "me", ""]
)
def test_a_tap_leads_nowhere_else(url: str) -> None:
    with pytest.raises(ValueError, match="path of this app"):
        Push("a", "b", url, "c")
    with pytest.raises(ValueError, match="path of this app"):
        Push("a", "b", "/me", "c", actions=(Action("call", "Call", url),))


@pytest.mark.parametrize("title", ["", " ", "\n"])
def test_no_push_without_a_title(title: str) -> None:
    with pytest.raises(ValueError, match="title"):
        Push(title, "b", "/me", "c")


@pytest.mark.parametrize(
    ("who", "person", "firm"),
    [
        (Who("Dana Whitfield", "Halden Freight"), "Dana", ""),
        (Who("", "Halden Freight"), "", ""),
        (Who("Dana Whitfield", "Halden Freight", full=True), "Dana Whitfield", "Halden Freight"),
        (Who("", "Halden Freight", full=True), "Halden Freight", "Halden Freight"),
        (Who("A\n" + "b" * 90, "C", full=True), "A " + "b" * 57 + "…", "C"),
    ],
)
def test_who_is_named_only_by_choice(who: Who, person: str, firm: str) -> None:
    assert (who.person, who.firm) == (person, firm)
