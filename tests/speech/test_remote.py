"""A service outside, for who chose one: asked as agreed, and believed in nothing."""

import json
import threading
from datetime import date, datetime, time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pwa.config import Config, ConfigError
from pwa.speech import chosen, remote
from pwa.speech.errors import Failed, NoEngine, Unreadable
from pwa.speech.remote import Service

SAID = Path(__file__).parent.parent / "browser" / "said.ogg"
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


class Outside:
    """A service on this machine that answers what it is told to, and keeps what it was asked."""

    def __init__(self):
        self.asked: list[tuple[str, str | None, bytes]] = []
        self.answer: Any = {}
        self.status = 200
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outside.asked.append((self.path, self.headers.get("Authorization"), body))
                content = outside.answer
                if not isinstance(content, bytes):
                    content = json.dumps(content).encode()
                self.send_response(outside.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        self.service = Service(self.url, "a-model", "a key")

    def says(self, *suggestions):
        content = json.dumps({"suggestions": list(suggestions)})
        self.answer = {"choices": [{"message": {"content": content}}]}


@pytest.fixture
def outside():
    made = Outside()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_it_is_sent_the_sound_and_says_where_each_line_lies(outside):
    outside.answer = {"segments": [{"start": 0.5, "end": 2.0, "text": " Hello there. "}]}
    heard = remote.hear(SAID, outside.service)
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
    ],
)
def test_an_answer_without_lines_is_taken_as_one(outside, answer, text):
    outside.answer = answer
    assert remote.hear(SAID, outside.service).text == text


@pytest.mark.parametrize(
    ("status", "answer", "problem"),
    [
        (200, b"<html>", Failed),
        (200, [], Failed),
        (200, {}, Failed),
        (200, b"x" * 2_000_000, Failed),
        (500, {}, Failed),
        (429, {}, Failed),
        (302, {}, Failed),
        (401, {}, NoEngine),
        (404, {}, NoEngine),
        (415, {}, Unreadable),
    ],
)
def test_what_it_cannot_do_is_said_in_our_words(outside, status, answer, problem):
    outside.status, outside.answer = status, answer
    with pytest.raises(problem):
        remote.hear(SAID, outside.service)
    assert len(outside.asked) == 1


def test_nobody_there(outside):
    outside.server.server_close()
    with pytest.raises(Failed):
        remote.hear(SAID, Service("http://127.0.0.1:1/v1", "a-model"))


def test_what_it_reads_is_a_suggestion_about_words_that_were_said(outside):
    outside.says(PROMISE)
    (one,) = remote.read(NOTE, NOW, outside.service)
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
        {"kind": "booking", "text": "send the drawings"},
        {"kind": "booking", "text": "call", "date": None},
    ],
)
def test_what_does_not_hold_together_is_left_out(outside, wrong):
    outside.says({**PROMISE, **wrong}, "nonsense", 7, PROMISE)
    assert [one.kind for one in remote.read(NOTE, NOW, outside.service)] == ["promise"]


@pytest.mark.parametrize("day", ["2020-01-01", "9999-01-01", "Friday", 7, None])
def test_a_day_that_cannot_be_is_none(outside, day):
    outside.says({**PROMISE, "date": day, "time": "14:30:00"})
    (one,) = remote.read(NOTE, NOW, outside.service)
    assert (one.date, one.time) == (None, time(14, 30))


@pytest.mark.parametrize(
    "content", [{}, {"choices": []}, {"choices": [{"message": {"content": "?"}}]}]
)
def test_where_it_is_of_no_use_our_own_rules_read(outside, tmp_path, content):
    outside.answer = content
    config = Config(instance_path=tmp_path, reading_url=f"{outside.url}#a-model")
    found = chosen.read(config, NOTE, NOW)
    assert [one.kind for one in found if one.kind == "promise"] == ["promise"]
    assert len(outside.asked) == 1


def test_the_settings_choose_it(outside, tmp_path):
    outside.answer = {"text": "Hello"}
    setting = f"{outside.url}#a-model"
    config = Config(instance_path=tmp_path, speech_engine=setting, speech_api_key="a key")
    assert chosen.missing(config) is None
    assert chosen.hear(config, SAID, 180).text == "Hello"


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
