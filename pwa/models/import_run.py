"""Imports from the browser: file, decisions and progress."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pwa.models.base import Base, UtcDateTime, choice


class ImportState(StrEnum):
    """The state of an import."""

    CHOSEN = "chosen"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ImportRun(Base):
    """One imported list of clients.

    `mapping` is {"fields": {heading: field}}, or {"columns": [field]} for a list without headings.
    `progress` counts rows. `counts` holds the results so far, the number of `problems`, the size
    in bytes of their log (`said`) and the `share` done in percent; `problems` the first ones.
    """

    __tablename__ = "import_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    filename: Mapped[str] = mapped_column(sa.String(200))
    path: Mapped[str] = mapped_column(sa.String(300))
    mapping: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    region: Mapped[str | None] = mapped_column(sa.String(2))
    timezone: Mapped[str | None] = mapped_column(sa.String(64))
    dry_run: Mapped[bool] = mapped_column(default=True)
    state: Mapped[ImportState] = mapped_column(choice(ImportState), default=ImportState.CHOSEN)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    progress: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    problems: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    problem: Mapped[str | None] = mapped_column(sa.String(500))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
