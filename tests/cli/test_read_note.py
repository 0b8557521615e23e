"""`read-note` as it is typed: a transcript on standard input, suggestions on standard output."""

import json

import pytest

NOTE = (
    "Spoke to Dana, er, I told her I'd send the quote by Friday, she wants to go down to a weekly "
    "call, call her back Thursday at two, and the alarm thing's done."
)
MONDAY = "2026-11-23T10:00:00+01:00"


@pytest.fixture
def run(app):
    def typed(*words, said=NOTE):
        return app.test_cli_runner().invoke(args=["read-note", *words], input=said)

    return typed


def test_the_suggestions_as_the_interface_has_them(run):
    found = json.loads(run("--at", MONDAY, "--json").stdout)
    assert [set(one) for one in found] == [
        {"kind", "text", "words", "date", "time", "value"},
    ] * 4
    assert [(one["kind"], one["date"], one["time"], one["value"]) for one in found] == [
        ("promise", "2026-11-27", None, None),
        ("cadence", None, None, "weekly"),
        ("booking", "2026-11-26", "14:00", None),
        ("request", None, None, None),
    ]
    assert found[0]["text"] == "send the quote"
    assert all(one["words"] in NOTE for one in found)


def test_days_count_in_the_zone_of_the_manager(run):
    late = "2026-11-23T23:30:00+00:00"
    said = "I'll send it tomorrow"

    def day(*words):
        return json.loads(run(*words, "--json", said=said).stdout)[0]["date"]

    assert day("--at", late) == "2026-11-24"
    assert day("--at", late, "--timezone", "Europe/Oslo") == "2026-11-25"
    assert day("--at", late, "--timezone", "America/New_York") == "2026-11-24"


def test_without_json_it_is_read_by_a_person(run):
    assert run("--at", MONDAY).stdout.splitlines() == [
        "promise    send the quote · Fri 27 Nov 2026",
        "cadence    weekly",
        "booking    call · Thu 26 Nov 2026 14:00",
        "request    alarm thing · done",
    ]


def test_nothing_said_is_nothing_suggested(run):
    assert run("--json", said="").stdout == "[]\n"
    assert run("--json", said="\xff\x00 nothing new").exit_code == 0


@pytest.mark.parametrize("wrong", [("--timezone", "Moon/Base"), ("--at", "soon")])
def test_what_cannot_be_meant_is_said_in_one_line(run, wrong):
    answer = run(*wrong)
    assert answer.exit_code == 1
    assert len(answer.stderr.splitlines()) == 1


def test_a_time_without_an_offset_is_of_the_zone_that_is_given(run):
    late = ("--at", "2026-11-20T23:30", "--timezone", "Europe/Oslo", "--json")
    (one,) = json.loads(run(*late, said="I'll send it tomorrow").stdout)
    assert one["date"] == "2026-11-21"
