"""A service outside, for who chose one: asked as agreed, and believed in nothing."""

import json
import os
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import pytest

from config import Config, ConfigError
from pwa.operations.voice_notes.transcription import MAX_TRANSCRIBED_SECONDS
from pwa.speech import engine_choice, remote_api
from pwa.speech.errors import Failed, NoEngine, Unreadable
from pwa.speech.remote_api import Service
from tests.patience import PATIENCE

SAID = Path(__file__).parent.parent / "browser" / "said.ogg"
LIMIT = MAX_TRANSCRIBED_SECONDS
NOW = datetime(2026, 11, 25, 11, tzinfo=ZoneInfo("Europe/Oslo"))
NOTE = "I told her I'd send the drawings by Friday. She is happy."
PROMISE = {
    "kind": "promise",
    "text": "send the drawings",
    "words": "I'd send the drawings by Friday",
    "date": "2026-11-27",
    "time": None,
    "value": None,
}


def test_it_is_sent_the_sound_and_says_where_each_line_lies(outside):
    outside.answer = {"segments": [{"start": 0.5, "end": 2.0, "text": " Hello there. "}]}
    heard = remote_api.transcribe(SAID, outside.service, LIMIT)
    assert (heard.text, heard.lines[0].start, heard.lines[0].seconds) == ("Hello there.", 0.5, 1.5)
    path, key, body = outside.asked[0]
    assert (path, key) == ("/v1/audio/transcriptions", "Bearer a key")
    assert b"a-model" in body
    assert SAID.read_bytes() in body


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ({"text": " All of it "}, "All of it"),
        ({"text": ""}, ""),
        ({"text": "x", "segments": [{"start": "?"}, {"text": "y", "start": 3, "end": 1}]}, "x"),
        ({"text": "x", "segments": [{"text": "y", "start": 0, "end": 1}, {"text": "z"}]}, "x"),
        ({"text": "x", "segments": [{"text": "y", "start": 0, "end": "1"}]}, "x"),
        ({"text": "x", "segments": [{"text": ["y"], "start": 0, "end": 1}]}, "x"),
        ({"text": "x", "segments": [{"text": "\ud800", "start": 0, "end": 1}]}, "x"),
        ({"text": "x", "segments": {"text": "y"}}, "x"),
        ({"text": "a\x00b\nc"}, "a b c"),
    ],
)
def test_an_answer_without_lines_is_taken_as_one(outside, answer, text):
    outside.answer = answer
    assert remote_api.transcribe(SAID, outside.service, LIMIT).text == text


@pytest.mark.parametrize(
    ("status", "answer", "problem"),
    [
        (200, b"<html>", Failed),
        (200, [], Failed),
        (200, {}, Failed),
        (200, b"x" * 2_000_000, Failed),
        (200, b"[" * 200_000, Failed),
        (200, b'{"text": ' + b"[" * 200_000, Failed),
        (200, b'{"segments": [{"text": "x", "start": 0, "end": Infinity}]}', Failed),
        (200, b'{"segments": [{"text": "x", "start": NaN, "end": NaN}], "text": "y"}', Failed),
        (200, {"text": "\ud800"}, Failed),
        (200, {"text": ["x"]}, Failed),
        (500, {}, Failed),
        (429, {}, Failed),
        (302, {}, Failed),
        (401, {}, NoEngine),
        (404, {}, NoEngine),
        (400, {}, Failed),  # a wrong model, as likely as a wrong file
        (422, {}, Failed),
        (415, {}, Unreadable),
    ],
)
def test_what_it_cannot_do_is_said_in_our_words(outside, status, answer, problem):
    outside.status, outside.answer = status, answer
    with pytest.raises(problem):
        remote_api.transcribe(SAID, outside.service, LIMIT)
    assert len(outside.asked) == 1


def test_nobody_there(outside):
    outside.server.server_close()
    with pytest.raises(Failed):
        remote_api.transcribe(SAID, Service("http://127.0.0.1:1/v1", "a-model"), LIMIT)


def test_what_it_reads_is_a_suggestion_about_words_that_were_said(outside):
    outside.says(PROMISE)
    (one,) = remote_api.read(NOTE, NOW, outside.service)
    assert (one.kind, one.text, one.date) == ("promise", "send the drawings", date(2026, 11, 27))
    assert NOTE[one.start : one.end] == one.words
    asked = json.loads(outside.asked[0][2])
    assert asked["model"] == "a-model"
    assert "Wednesday, 2026-11-25" in asked["messages"][1]["content"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "order a pizza"},
        {"words": "I will give them all our money"},
        {"words": ""},
        {"words": None},
        {"text": ""},
        {"text": "x" * 1000},
        {"kind": "cadence", "value": "hourly"},
        {"kind": "mood", "value": None},
        {"kind": "mood", "value": []},
        {"kind": "cadence", "value": {}},
        {"kind": ["promise"]},
        {"text": "\ud800"},
        {"kind": "booking", "text": "send the drawings"},
        {"kind": "booking", "text": "call", "date": None},
    ],
)
def test_what_does_not_hold_together_is_left_out(outside, wrong):
    outside.says({**PROMISE, **wrong}, "nonsense", 7, PROMISE)
    assert [one.kind for one in remote_api.read(NOTE, NOW, outside.service)] == ["promise"]


@pytest.mark.parametrize("day", ["2020-01-01", "9999-01-01", "Friday", 7, None, [], {}])
def test_a_day_that_cannot_be_is_none(outside, day):
    outside.says({**PROMISE, "date": day, "time": "14:30:00"})
    (one,) = remote_api.read(NOTE, NOW, outside.service)
    assert (one.date, one.time) == (None, time(14, 30))


@pytest.mark.parametrize(
    "content",
    [
        {},
        b"[" * 200_000,
        {"choices": []},
        {"choices": [{"message": {"content": "?"}}]},
        {"choices": [{"message": {"content": "[" * 200_000}}]},
        {"choices": [{"message": {"content": '{"suggestions": {}}'}}]},
    ],
)
def test_where_it_is_of_no_use_our_own_rules_read(outside, tmp_path, content):
    outside.answer = content
    config = Config(instance_path=tmp_path, reading_url=f"{outside.url}#a-model")
    found = engine_choice.read(config, NOTE, NOW)
    assert [one.kind for one in found if one.kind == "promise"] == ["promise"]
    assert len(outside.asked) == 1


def test_a_fault_in_asking_it_leaves_no_note_lying_either(tmp_path, monkeypatch, caplog):
    def broken(text, *_):
        raise ZeroDivisionError(text)

    monkeypatch.setattr(remote_api, "read", broken)
    config = Config(instance_path=tmp_path, reading_url="http://127.0.0.1:1/v1#a-model")
    assert "promise" in [one.kind for one in engine_choice.read(config, NOTE, NOW)]
    assert "ZeroDivisionError" in caplog.text
    assert "drawings" not in caplog.text


@pytest.mark.parametrize("end", [1e308, int("9" * 400)], ids=["a float", "an integer"])
def test_a_line_ends_with_the_sound(outside, end):
    outside.answer = {"segments": [{"start": LIMIT - 10, "end": end, "text": "Hello."}]}
    (line,) = remote_api.transcribe(SAID, outside.service, LIMIT).lines
    assert (line.start, line.seconds) == (LIMIT - 10, 10)


def test_what_lies_beyond_the_limit_is_said_to_be_missing(outside):
    lines = [
        {"start": n * LIMIT / 3, "end": (n + 1) * LIMIT / 3, "text": f"Minute {n}."}
        for n in range(4)
    ]
    outside.answer = {"segments": lines, "text": "Minute 0. Minute 1. Minute 2. Minute 3."}
    heard = remote_api.transcribe(SAID, outside.service, LIMIT)
    assert (heard.text, heard.cut) == ("Minute 0. Minute 1. Minute 2.", True)


@pytest.mark.parametrize(
    "first",
    [b"HTTP/1.1 200 OK\r\nA-Header: ", b"HTTP/1.1 200 OK\r\n\r\n{"],
    ids=["in its headers", "in its answer"],
)
def test_a_service_that_drips_is_left_in_time(outside, first, monkeypatch):
    monkeypatch.setattr(remote_api, "WHOLE", 0.5)
    outside.drips = first
    started = monotonic()
    with pytest.raises(Failed):
        remote_api.transcribe(SAID, outside.service, LIMIT)
    assert monotonic() - started < PATIENCE


def test_a_file_that_cannot_be_opened_now_is_worth_another_try(outside, tmp_path):
    with pytest.raises(Failed):
        remote_api.transcribe(tmp_path / "nothing", outside.service, LIMIT)
    assert outside.asked == []


def test_the_settings_choose_it(outside, tmp_path):
    outside.answer = {"text": "Hello"}
    setting = f"{outside.url}#a-model"
    config = Config(instance_path=tmp_path, speech_engine=setting, speech_api_key="a key")
    assert engine_choice.missing(config) is None
    assert engine_choice.transcribe(config, SAID, LIMIT).text == "Hello"


@pytest.mark.parametrize(
    "value",
    [
        "http://speech.example/v1#m",
        "https://speech.example/v1",
        "https://#m",
        "shouting",
        "whisper:x",
    ],
)
@pytest.mark.parametrize("name", ["SPEECH_ENGINE", "READING_URL"])
def test_a_setting_that_cannot_work_says_what_to_write(name, value):
    with pytest.raises(ConfigError, match=name):
        Config.from_environment({name: value})


def test_a_key_may_lie_in_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text("a key\n")
    environ = {"SPEECH_ENGINE": "https://speech.example/v1#m", "SPEECH_API_KEY_FILE": str(file)}
    assert Config.from_environment(environ).speech_api_key == "a key"


def test_a_setting_that_cannot_work_is_one_line_on_the_command_line():
    command = [sys.executable, "-m", "flask", "--app", "pwa", "doctor"]
    environment = {**os.environ, "SPEECH_ENGINE": "shouting"}
    root = Path(engine_choice.__file__).parent.parent.parent
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("SPEECH_ENGINE is “shouting”")
    assert len(done.stderr.splitlines()) == 1
