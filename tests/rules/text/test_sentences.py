"""What of a transcript can be chosen with a tap."""

import pytest

from pwa.rules.text.sentences import LONGEST, sentences

LONG = "I told her that the crew comes on Monday, and she said that the gate is locked until nine"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n ", []),
        ("She is fine", ["She is fine"]),
        ("She is fine. I'll call on Friday!", ["She is fine.", "I'll call on Friday!"]),
        ("At 8.45 she leaves. Really?", ["At 8.45 she leaves.", "Really?"]),
        ("One line\nand another", ["One line", "and another"]),
        (
            f"{LONG} and {LONG}",
            [
                f"{LONG} and I told her that the crew comes on Monday,",
                "and she said that the gate is locked until nine",
            ],
        ),
    ],
)
def test_a_text_in_sentences(text, expected):
    parts = sentences(text)
    assert [part.words for part in parts] == expected
    assert all(text[part.start :].startswith(part.words) for part in parts)


def test_a_flood_of_words_is_split_at_its_pauses():
    parts = sentences(" and ".join(["she wants the list"] * 40))
    assert all(len(part.words) <= LONGEST for part in parts)
    assert len(parts) < 10


def test_what_has_no_pause_stays_whole():
    assert [part.words for part in sentences("word " * 60)] == [("word " * 60).strip()]
