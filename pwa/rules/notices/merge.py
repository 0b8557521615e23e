"""Placeholder by the lead until WORDS is merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pwa.rules.vocabulary.enums import NoticeKind


@dataclass(frozen=True, slots=True)
class Waiting:
    id: int
    kind: NoticeKind
    due_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    send: tuple[int, ...] = ()
    later: tuple[tuple[int, datetime], ...] = ()
    absorbed: tuple[tuple[int, str], ...] = ()


def decide(waiting: Sequence[Waiting], now: datetime) -> Decision:
    return Decision(send=tuple(notice.id for notice in waiting))
