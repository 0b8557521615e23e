"""Words without the names in them."""

import pytest

from pwa.rules.text.redact_names import redact_names

NAMES = ("Halden Bakery", "Dana Whitfield", "Zoë Li-Åsen")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I told Dana I'd call", "I told [name] I'd call"),
        ("dana whitfield wants it", "[name] [name] wants it"),
        ("Dana's flour for the Halden BAKERY", "[name]'s flour for the [name] [name]"),
        ("Halden’s ovens, Haldens ovens", "[name]’s ovens, [name] ovens"),
        ("Zoe and ZOË and Zoe\u0308 with Li", "[name] and [name] and [name] with [name]"),
        ("Ask Asen, Åsen", "Ask [name], [name]"),
        ("Danae is another, so is a bakeryman", "Danae is another, so is a bakeryman"),
        ("", ""),
    ],
)
def test_names_are_left_out_whole_and_in_part(text, left):
    assert redact_names(text, NAMES) == left


def test_without_a_name_all_stays():
    assert redact_names("by Friday", ("", "–")) == "by Friday"
