"""Hearing and reading by a service outside, for who chose one: any that speaks OpenAI's interface.

Off unless it is named in the settings, as what is said leaves the house then. Whatever it answers
is checked as a stranger's would be.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, get_args

import requests

from pwa.speech.containers import format_of
from pwa.speech.errors import Failed, NoEngine, Unreadable
from pwa.speech.read import Kind, Suggestion
from pwa.speech.transcript import Line, Transcript

CONNECT, ANSWER = 10.0, 120.0  # seconds
MOST_BYTES = 1024 * 1024
MOST_FOUND = 30
LONGEST = 300  # letters of one suggestion
VALUES = {
    "cadence": {"daily", "twice_weekly", "weekly", "fortnightly", "monthly", "quarterly"},
    "preference": {"phone", "video", "visit", "email", "text"},
    "mood": {"good", "neutral", "worried"},
}
NAMES = {"matroska": "webm", "mov": "mp4"}  # as such services know them, by a file's name
BOOKED = {"call", "visit", "video", "email", "text"}
TASK = """You read what an account manager said after talking with a client. Answer with JSON:
{"suggestions": [{"kind", "text", "words", "date", "time", "value", "done"}]}.
kind: promise (what we will do for them), booking (the next talk; text is call, visit, video,
email or text), cadence (agreed or asked for; value daily, twice_weekly, weekly, fortnightly,
monthly or quarterly), preference (value phone, video, visit, email or text), recovery
(something went wrong and is not settled), request (what they wait for; done true where it is
settled), need, mood (value good, neutral or worried). words: copied letter by letter from the
note. date: YYYY-MM-DD or null, counted from the day of the call. time: HH:MM or null. Leave out
whatever is doubtful, refused, over, or done by somebody else. Nothing found is an empty list."""


@dataclass(frozen=True)
class Service:
    """`url` up to its version, as in https://speech.example/v1, the model, and the key if any."""

    url: str
    model: str
    key: str | None = None

    @classmethod
    def named(cls, setting: str, key: str | None) -> "Service":
        """From a setting: the address, with the model behind a #."""
        url, _, model = setting.partition("#")
        return cls(url.rstrip("/"), model, key)


def hear(path: Path, service: Service) -> Transcript:
    """What the service hears in a recording. Raises NoEngine, Unreadable or Failed."""
    kind = format_of(path)
    fields = {"model": service.model, "response_format": "verbose_json"}
    with path.open("rb") as sound:
        files = {"file": (f"note.{NAMES.get(kind, kind)}", sound)}
        said = _ask(service, "audio/transcriptions", data=fields, files=files)
    lines = tuple(_lines(said))
    if not lines and not isinstance(said.get("text"), str):
        raise Failed("The service for speech answered something else. It is worth trying again.")
    return Transcript(lines or tuple(_whole(said["text"])))


def read(text: str, now: dt.datetime, service: Service) -> list[Suggestion]:
    """What the service reads in a note of the moment `now`, in the speaker's zone. Raises Failed,
    or NoEngine where it does not let us in."""
    asked = f"The call was on {now:%A, %Y-%m-%d at %H:%M}. The note:\n{text}"
    body = {
        "model": service.model,
        "temperature": 0,
        "response_format": {"type": "json_object"},
        "messages": [{"role": "system", "content": TASK}, {"role": "user", "content": asked}],
    }
    said = _ask(service, "chat/completions", json=body)
    try:
        found = json.loads(said["choices"][0]["message"]["content"])["suggestions"][:MOST_FOUND]
    except (KeyError, IndexError, TypeError, ValueError):
        raise Failed("The service for reading answered something else.") from None
    checked = (_checked(one, text, now.date()) for one in found if isinstance(one, dict))
    return [one for one in checked if one]


def _ask(service: Service, path: str, **what: Any) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {service.key}"} if service.key else {}
    try:
        with requests.post(
            f"{service.url}/{path}",
            headers=headers,
            timeout=(CONNECT, ANSWER),
            allow_redirects=False,
            stream=True,
            **what,
        ) as answer:
            _complain(answer.status_code)
            said = json.loads(_bounded(answer))
    except (requests.RequestException, OSError, ValueError):
        raise Failed("The service did not answer. It is worth trying again.") from None
    if not isinstance(said, dict):
        raise Failed("The service answered something else. It is worth trying again.")
    return said


def _bounded(answer: requests.Response) -> bytes:
    content = b""
    for part in answer.iter_content(65536):
        content += part
        if len(content) > MOST_BYTES:
            raise Failed("The service said more than anybody can. It is worth trying again.")
    return content


def _complain(status: int) -> None:
    if status in {400, 413, 415, 422}:
        raise Unreadable("The service cannot read this recording.")
    if status in {401, 403, 404}:
        raise NoEngine(f"The service does not let us in ({status}): check its address and key.")
    if status != HTTPStatus.OK:
        raise Failed(f"The service is not well ({status}). It is worth trying again.")


def _lines(said: dict[str, Any]) -> Iterator[Line]:
    segments = said.get("segments")
    for one in segments if isinstance(segments, list) else []:
        try:
            start, end = float(one["start"]), float(one["end"])
            text = str(one["text"]).strip()
        except (KeyError, TypeError, ValueError):
            continue
        if text and 0 <= start <= end:
            yield Line(text, start, end - start)


def _whole(text: str) -> Iterator[Line]:
    if text.strip():
        yield Line(text.strip(), 0.0, 0.0)


def _checked(one: dict[str, Any], text: str, today: dt.date) -> Suggestion | None:
    """A suggestion that holds together and is about words that were said; else None."""
    kind, words, said = one.get("kind"), one.get("words"), one.get("text")
    known = next((name for name in get_args(Kind) if name == kind), None)
    if known is None or not isinstance(words, str) or not isinstance(said, str):
        return None
    start = text.find(words)
    day, value = _day(one.get("date"), today), one.get("value")
    if not words or start < 0 or not 0 < len(said.strip()) <= LONGEST:
        return None
    if kind in VALUES and value not in VALUES[kind]:
        return None
    if kind == "booking" and (said not in BOOKED or day is None):
        return None
    return Suggestion(
        kind=known,
        text=said.strip(),
        words=words,
        start=start,
        end=start + len(words),
        date=day,
        time=_time(one.get("time")),
        value=value if kind in VALUES else None,
        done=one.get("done") is True,
    )


def _day(given: object, today: dt.date) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(str(given))
    except ValueError:
        return None
    return day if today <= day < today.replace(year=today.year + 3, day=1) else None


def _time(given: object) -> dt.time | None:
    try:
        return dt.time.fromisoformat(str(given)).replace(tzinfo=None)
    except ValueError:
        return None
