"""A notice as composing takes it."""

from datetime import datetime
from typing import Protocol

from pwa.rules.vocabulary.notice_kind import NoticeKind


class DueNotice(Protocol):
    """A notice to be said: a row of the table, or a value with the same fields."""

    @property
    def id(self) -> int: ...
    @property
    def user_id(self) -> int: ...
    @property
    def kind(self) -> NoticeKind: ...
    @property
    def subject(self) -> str: ...
    @property
    def client_id(self) -> int | None: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def expires_at(self) -> datetime: ...
