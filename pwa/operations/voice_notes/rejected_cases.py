"""What somebody said No to, kept as a case to learn from while the note and the No stand."""

import json
import logging
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from pwa.db import after_commit, session
from pwa.files import training
from pwa.files.training import Case
from pwa.models import Suggestion
from pwa.rules.text.redact_names import redact_names

TAKEN_ALONG = ("at", "said", "heard_by", "not", "value")

log = logging.getLogger(__name__)


def remember(one: Suggestion) -> None:
    """Keep what was read wrongly, without names, once the answer is safe."""
    case = _case(one)
    after_commit(lambda: _keep(case))


def let_go() -> None:
    """Once it is safe, forget the cases that no longer stand."""
    after_commit(_keep)


def prune() -> int:
    """Forget the cases whose note was deleted or had its time, or whose No became a Yes.

    How many.
    """
    return _rewrite()


def count() -> int:
    """How many cases there are."""
    return len(training.read(_file()))


def export_lines() -> str:
    """Those that stand, a line of JSON each, with nothing that leads back to their notes."""
    prune()
    cases = [{name: case.get(name) for name in TAKEN_ALONG} for case in training.read(_file())]
    return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)


def _case(one: Suggestion) -> Case:
    talk = one.interaction
    names = [talk.client.name, *(contact.name for contact in talk.client.contacts)]
    text = redact_names(one.text, names)
    return {
        "suggestion": one.id,
        "answered": one.answered_at.isoformat() if one.answered_at else None,
        "at": talk.at.astimezone(talk.user.zone).isoformat(),
        "said": redact_names(one.words, names),
        "heard_by": _engine(one),
        "not": {"kind": one.kind.value, "text": text, "date": one.day, "time": one.at_time},
        "value": one.value,
    }


def _engine(one: Suggestion) -> str | None:
    """What wrote it out, as it may have been heard wrongly; None when it was typed."""
    transcript = one.voice_note.transcript if one.voice_note else None
    return transcript.engine if transcript else None


def _keep(*new: Case) -> None:
    """The answer is stored: it is no failure of theirs when the file cannot be written."""
    try:
        _rewrite(*new)
    except OSError:
        log.exception("the cases to learn from could not be written")


def _rewrite(*new: Case) -> int:
    return training.rewrite(_file(), _standing, *new)


def _standing(cases: list[Case]) -> list[Case]:
    session.commit()  # what was stored since this one began to read counts as well
    query = sa.select(Suggestion.id, Suggestion.answered_at)
    rows = session.execute(query.where(Suggestion.accepted.is_(False)))
    # With its moment, as numbers are given again once their row is gone.
    refused = {(number, at.isoformat()) for number, at in rows if at}
    return [one for one in cases if (one.get("suggestion"), one.get("answered")) in refused]


def _file() -> Path:
    folder: Path = current_app.config["ROUNDS"].instance_path
    return folder / training.CASES
