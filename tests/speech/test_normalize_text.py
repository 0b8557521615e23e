import pytest

from pwa.speech.normalize_text import normalize, respell
from pwa.speech.transcript import TranscriptLine


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("I call her to-morrow, not To-day.", "I call her tomorrow, not Today."),
        ("At four p. M. on Friday", "At four p.m. on Friday"),
        ("at 4 P.M., or 10 am.", "at 4 p.m., or 10 a.m."),
        ("at 4pm he calls", "at 4 p.m. he calls"),
        ("I am in at four", "I am in at four"),
        ("I'll be there at 5. Am I late?", "I'll be there at 5. Am I late?"),
        ("In short,, the  period .", "In short, the period."),
        ("at four o' clock", "at four o'clock"),
        ("at four o’clock", "at four o'clock"),
        ("  ", ""),
    ],
)
def test_spelling_is_of_today(heard, written):
    assert respell(heard) == written


def test_what_a_forced_cut_gives_twice_is_said_once():
    lines = normalize(
        [
            TranscriptLine("I call her on Friday", 0, 20.0),
            TranscriptLine("on Friday, at noon.", 19.6, 5.0),
        ]
    )
    assert [line.text for line in lines] == ["I call her on Friday", "at noon."]
    assert lines[1] == TranscriptLine("at noon.", 20.0, 4.6)


def test_what_a_person_says_twice_stays():
    said = [
        TranscriptLine("Do you hear me?", 0.0, 1.2),
        TranscriptLine("Do you hear me?", 2.2, 1.4),
    ]
    assert normalize(said) == tuple(said)


def test_lines_without_words_go():
    assert normalize([TranscriptLine(" ", 0.0, 1.0), TranscriptLine("Yes.", 1.0, 1.0)]) == (
        TranscriptLine("Yes.", 1.0, 1.0),
    )


def test_a_line_that_was_only_heard_twice_goes():
    assert (
        len(normalize([TranscriptLine("on Friday", 0.0, 2.0), TranscriptLine("Friday", 1.8, 0.4)]))
        == 1
    )
