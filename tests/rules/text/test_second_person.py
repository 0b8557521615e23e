"""What a manager noted about a contact, as that contact reads it (WORDS: letters)."""

import pytest

from pwa.rules.text.second_person import capitalized, to_reader


@pytest.mark.parametrize(
    ("noted", "read"),
    [
        ("send the quote", "send the quote"),
        ("send her the quote", "send you the quote"),
        ("Send him the licence list", "Send you the licence list"),
        ("call her back", "call you back"),
        ("call her", "call you"),
        ("call her, whatever comes", "call you, whatever comes"),
        ("call her on Friday about the alarm", "call you on Friday about the alarm"),
        ("fix her laptop", "fix your laptop"),
        ("go through it with her team", "go through it with your team"),
        ("have a look at his printer", "have a look at your printer"),
        ("check their backup", "check your backup"),
        ("give her access", "give you access"),
        ("tell her what it costs", "tell you what it costs"),
        ("send Dana the switch quote", "send you the switch quote"),
        ("send Dana Whitfield the quote", "send you the quote"),
        ("Dana's new laptop", "Your new laptop"),
        ("set up Dana’s new laptop", "set up your new laptop"),
        ("call before Dana leaves", "call before you leave"),
        ("call when she is back", "call when you are back"),
        ("find what she still needs", "find what you still need"),
        ("ring him once he's back", "ring you once you're back"),
        ("ask what she carries", "ask what you carry"),
        ("Her laptop is slow", "Your laptop is slow"),
        ("send them the list", "send you the list"),
        ("I'll send them the list when they are back", "I'll send you the list when you are back"),
        ("send the list to them", "send the list to you"),
        ("ring the alarm company for them", "ring the alarm company for you"),
        ("print the labels and bring them on Monday", "print the labels and bring them on Monday"),
        ("ask Ben to call her", "ask Ben to call you"),
        ("send Dana the Halden quote and call her", "send you the Halden quote and call you"),
        ("a van brings it on Monday", "a van brings it on Monday"),
        ("have the server checked", "have the server checked"),
        ("put the other two there", "put the other two there"),
    ],
)
def test_what_is_safe_is_turned_to_the_reader(noted, read):
    assert to_reader(noted, "Dana Whitfield") == read


@pytest.mark.parametrize(
    "noted",
    [
        "send her invoices",
        "bring her laptop back",
        "talk to Ben and call him",
        "ask Ben, then send her the plan",
        "call Dana about Ben and tell her",
    ],
)
def test_what_may_mean_two_things_is_not_turned(noted):
    assert to_reader(noted, "Dana Whitfield") is None


def test_without_a_name_the_pronouns_are_turned():
    assert to_reader("send her the quote for Halden") == "send you the quote for Halden"


@pytest.mark.parametrize(
    ("words", "begun"),
    [
        ("send you the quote", "Send you the quote"),
        ("iPhone for the driver", "iPhone for the driver"),
        ("3 chargers", "3 chargers"),
        ("é", "É"),
        ("", ""),
    ],
)
def test_a_line_begins_with_a_capital(words, begun):
    assert capitalized(words) == begun
