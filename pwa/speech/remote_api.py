"""Hearing and reading by a service outside, for who chose one: any that speaks OpenAI's interface.

Off unless it is named in the settings, as what is said leaves the house then. Whatever it answers
is checked as a stranger's would be.
"""

import asyncio
import datetime as dt
import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from math import inf
from pathlib import Path
from typing import Any, get_args

import aiohttp

from pwa.note_parser import Kind, Suggestion
from pwa.speech.containers import format_of
from pwa.speech.errors import Failed, NoEngine, Unreadable
from pwa.speech.transcript import Transcript, TranscriptLine

CONNECT, WHOLE = 10.0, 150.0  # seconds, the second for all of it
MOST_BYTES = 1024 * 1024
MOST_FOUND = 30
LONGEST = 300  # letters of one suggestion
VALUES = {
    "cadence": {"daily", "twice_weekly", "weekly", "fortnightly", "monthly", "quarterly"},
    "preference": {"phone", "video", "visit", "email", "text"},
    "mood": {"good", "neutral", "worried"},
}
NAMES = {"matroska": "webm", "mov": "mp4"}  # as such services know them, by a file's name
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")  # no database keeps all of these
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


def transcribe(path: Path, service: Service, limit: float) -> Transcript:
    """The transcript of the first `limit` seconds of a recording. Raises NoEngine,
    Unreadable or Failed."""
    kind = format_of(path)
    form = aiohttp.FormData({"model": service.model, "response_format": "verbose_json"})
    form.add_field("file", _content(path), filename=f"note.{NAMES.get(kind, kind)}")
    answer = _ask(service, "audio/transcriptions", data=form)
    try:
        return _lines(answer["segments"], limit)
    except (LookupError, TypeError, ValueError):
        pass  # one that does not hold together: all of it as one line, so that nothing is lost
    try:
        text = _plain(answer["text"])
    except (LookupError, ValueError):
        raise Failed("The service for speech answered something else.") from None
    return Transcript((TranscriptLine(text, 0.0, 0.0),) if text else ())


def read(text: str, now: dt.datetime, service: Service) -> list[Suggestion]:
    """The suggestions in a note of the moment `now`, in the speaker's zone. Raises Failed,
    or NoEngine where it does not let us in."""
    asked = f"The call was on {now:%A, %Y-%m-%d at %H:%M}. The note:\n{text}"
    body = {
        "model": service.model,
        "temperature": 0,
        "response_format": {"type": "json_object"},
        "messages": [{"role": "system", "content": TASK}, {"role": "user", "content": asked}],
    }
    answer = _ask(service, "chat/completions", json=body)
    try:
        content = _parsed(answer["choices"][0]["message"]["content"])
        entries = content["suggestions"][:MOST_FOUND]
    except (LookupError, TypeError):
        raise Failed("The service for reading answered something else.") from None
    checked = (_checked(entry, text, now.date()) for entry in entries if isinstance(entry, dict))
    return [suggestion for suggestion in checked if suggestion]


def _content(path: Path) -> BytesIO:
    try:
        return BytesIO(path.read_bytes())
    except OSError as problem:
        raise Failed(f"{path.name} cannot be read ({problem.strerror}).") from problem


def _ask(service: Service, path: str, **what: Any) -> dict[str, Any]:
    try:
        status, content = asyncio.run(_post(service, path, what))
    except (aiohttp.ClientError, OSError, ValueError):
        raise Failed("The service did not answer. It is worth trying again.") from None
    _complain(status)
    parsed = _parsed(content)
    if not isinstance(parsed, dict):
        raise Failed("The service answered something else. It is worth trying again.")
    return parsed


async def _post(service: Service, path: str, what: dict[str, Any]) -> tuple[int, bytes]:
    """Status and content, within the time for all of it, however slowly it comes."""
    headers = {"Accept-Encoding": "identity"}  # as packed, a little may be a lot
    if service.key:
        headers["Authorization"] = f"Bearer {service.key}"
    timeout = aiohttp.ClientTimeout(total=WHOLE, connect=CONNECT)
    async with (
        aiohttp.ClientSession(timeout=timeout, trust_env=True, auto_decompress=False) as session,
        session.post(
            f"{service.url}/{path}", headers=headers, allow_redirects=False, **what
        ) as answer,
    ):
        return answer.status, await _bounded(answer.content)


async def _bounded(stream: aiohttp.StreamReader) -> bytes:
    content = b""
    async for part in stream.iter_chunked(65536):
        content += part
        if len(content) > MOST_BYTES:
            raise Failed("The service said more than anybody can. It is worth trying again.")
    return content


def _complain(status: int) -> None:
    if status in {413, 415}:
        raise Unreadable("The service cannot read this recording.")
    if status in {401, 403, 404}:
        raise NoEngine(f"The service does not let us in ({status}): check its address and key.")
    if status != HTTPStatus.OK:
        raise Failed(f"The service did not do it ({status}). It is worth trying again.")


def _parsed(content: bytes | str) -> Any:
    try:
        return json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Failed("The service answered something else. It is worth trying again.") from None


def _refuse(constant: str) -> None:
    raise ValueError(constant)  # Infinity and NaN are no JSON


def _lines(segments: Any, limit: float) -> Transcript:
    """The lines that begin before `limit`. Raises LookupError, TypeError or ValueError where one
    does not hold together, or none has words."""
    lines, cut = [], False
    for segment in segments:
        start, end, text = segment["start"], segment["end"], _plain(segment["text"])
        if not 0 <= start <= end < inf:  # a text cannot be compared, and is a TypeError
            raise ValueError
        if text and start >= limit:
            cut = True
        elif text:
            lines.append(TranscriptLine(text, float(start), float(min(end, limit) - start)))
    if not lines:
        raise ValueError
    return Transcript(tuple(lines), cut)


def _plain(value: object) -> str:
    """In one line, and such that it can be kept. Raises ValueError where it cannot."""
    if not isinstance(value, str):
        raise ValueError
    value.encode()
    return CONTROL.sub(" ", value).strip()


def _checked(entry: dict[str, Any], text: str, today: dt.date) -> Suggestion | None:
    """A suggestion that holds together and is about words that were said; else None."""
    kind, words, value = entry.get("kind"), entry.get("words"), entry.get("value")
    known = next((name for name in get_args(Kind) if name == kind), None)
    try:
        suggested_text = _plain(entry.get("text"))
    except ValueError:
        return None
    if known is None or not isinstance(words, str):
        return None
    start = text.find(words)
    day = _day(entry.get("date"), today)
    if not words or start < 0 or not 0 < len(suggested_text) <= LONGEST:
        return None
    if known in VALUES and not (isinstance(value, str) and value in VALUES[known]):
        return None
    if known == "booking" and (suggested_text not in BOOKED or day is None):
        return None
    return Suggestion(
        kind=known,
        text=suggested_text,
        words=words,
        start=start,
        end=start + len(words),
        date=day,
        time=_time(entry.get("time")),
        value=value if known in VALUES else None,
        done=entry.get("done") is True,
    )


def _day(value: object, today: dt.date) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(_plain(value))
    except ValueError:
        return None
    return day if today <= day < today.replace(year=today.year + 3, day=1) else None


def _time(value: object) -> dt.time | None:
    try:
        return dt.time.fromisoformat(_plain(value)).replace(tzinfo=None)
    except ValueError:
        return None
