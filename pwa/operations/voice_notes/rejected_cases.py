"""Stores rejected and corrected suggestions, names removed, as training cases.

They are pruned with their note.
"""

import json
import logging
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import current_app

from pwa.db import after_commit, session
from pwa.files import training
from pwa.files.training import Case
from pwa.models import Suggestion
from pwa.operations.voice_notes.readings import reading_of, stored
from pwa.rules.text.redact_names import redact_names

EXPORTED = ("at", "said", "heard_by", "not", "value", "instead")

log = logging.getLogger(__name__)


def store_case(suggestion: Suggestion) -> None:
    """Stores a rejected or corrected suggestion as a case once the answer is committed."""
    case = _case_of(suggestion)
    after_commit(lambda: _rewrite_safely(case))


def prune_after_commit() -> None:
    """Prunes the cases once the transaction is committed."""
    after_commit(_rewrite_safely)


def prune() -> int:
    """Deletes the cases whose note was deleted or expired, or that were accepted as read since.

    Returns how many.
    """
    return _rewrite()


def count() -> int:
    """The number of stored cases."""
    return len(training.read(_file()))


def export_lines() -> str:
    """The cases after pruning as JSON lines, without references to their notes."""
    prune()
    cases = [
        {name: case[name] for name in EXPORTED if name in case} for case in training.read(_file())
    ]
    return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)


def _case_of(suggestion: Suggestion) -> Case:
    talk = suggestion.interaction
    names = [talk.client.name, *(contact.name for contact in talk.client.contacts)]
    case: Case = {
        "suggestion": suggestion.id,
        "answered": suggestion.answered_at.isoformat() if suggestion.answered_at else None,
        "at": talk.at.astimezone(talk.user.zone).isoformat(),
        "said": redact_names(suggestion.words, names),
        "heard_by": _engine(suggestion),
    }
    now = stored(reading_of(suggestion))
    was = now if suggestion.read_as is None else suggestion.read_as
    case |= {"not": _redacted(was, names), "value": was.get("value")}
    if suggestion.accepted:
        case["instead"] = {**now, "text": redact_names(now["text"], names)}
    return case


def _redacted(reading: dict[str, Any], names: list[str]) -> dict[str, Any] | None:
    """What was read, without names; None where nothing was."""
    if not reading:
        return None
    text = redact_names(reading["text"], names)
    return {"kind": reading["kind"], "text": text, "date": reading["date"], "time": reading["time"]}


def _engine(suggestion: Suggestion) -> str | None:
    """The engine that transcribed the note, as the error may be its own; None if typed."""
    transcript = suggestion.voice_note.transcript if suggestion.voice_note else None
    return transcript.engine if transcript else None


def _rewrite_safely(*cases: Case) -> None:
    """Rewrites the file; a failure is logged only, as the answer is already stored."""
    try:
        _rewrite(*cases)
    except OSError:
        log.exception("the cases to learn from could not be written")


def _rewrite(*cases: Case) -> int:
    return training.rewrite(_file(), _still_standing, *cases)


def _still_standing(cases: list[Case]) -> list[Case]:
    session.commit()  # a new snapshot, so that answers stored meanwhile count
    query = sa.select(Suggestion.id, Suggestion.answered_at)
    rejected = Suggestion.accepted.is_(False) | Suggestion.read_as.is_not(None)
    # With the time of the answer, as ids are reused after a row was deleted.
    standing = {
        (row_id, at.isoformat()) for row_id, at in session.execute(query.where(rejected)) if at
    }
    return [case for case in cases if (case.get("suggestion"), case.get("answered")) in standing]


def _file() -> Path:
    folder: Path = current_app.config["ROUNDS"].instance_path
    return folder / training.CASES
