import pytest

from pwa.speech.transcript import Transcript, TranscriptLine

SAID = Transcript(
    (TranscriptLine("Call her Friday.", 1.0, 4.0), TranscriptLine("At noon.", 6.0, 2.0))
)


def test_text_joins_the_lines():
    assert SAID.text == "Call her Friday. At noon."
    assert Transcript(()).text == ""


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("Call", 1.0), ("Friday", 1.0 + 4.0 * 9 / 16), ("At", 6.0), ("noon", 6.0 + 2.0 * 3 / 8)],
)
def test_a_moment_lies_in_its_line_by_the_part_of_its_length(words, seconds):
    assert SAID.moment(SAID.text.index(words)) == pytest.approx(seconds)


@pytest.mark.parametrize(("offset", "seconds"), [(-5, 1.0), (16, 5.0), (25, 8.0), (999, 8.0)])
def test_outside_of_words_the_nearest_end_is_meant(offset, seconds):
    assert SAID.moment(offset) == pytest.approx(seconds)


def test_nothing_heard_has_no_moment_but_the_beginning():
    assert Transcript(()).moment(3) == 0.0
    assert Transcript((TranscriptLine("", 2.0, 1.0),)).moment(0) == 2.0
