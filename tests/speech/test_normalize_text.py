import pytest

from pwa.speech.normalize_text import respell, tidy
from pwa.speech.transcript import Line


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
    lines = tidy([Line("I call her on Friday", 0, 20.0), Line("on Friday, at noon.", 19.6, 5.0)])
    assert [line.text for line in lines] == ["I call her on Friday", "at noon."]
    assert lines[1] == Line("at noon.", 20.0, 4.6)


def test_what_a_person_says_twice_stays():
    said = [Line("Do you hear me?", 0.0, 1.2), Line("Do you hear me?", 2.2, 1.4)]
    assert tidy(said) == tuple(said)


def test_lines_without_words_go():
    assert tidy([Line(" ", 0.0, 1.0), Line("Yes.", 1.0, 1.0)]) == (Line("Yes.", 1.0, 1.0),)


def test_a_line_that_was_only_heard_twice_goes():
    assert len(tidy([Line("on Friday", 0.0, 2.0), Line("Friday", 1.8, 0.4)])) == 1
