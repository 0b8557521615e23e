"""Service requests of clients, including quotes and roadmap meetings."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pwa.models.base import Base, choice
from pwa.models.client import new_ref
from pwa.rules.vocabulary.enums import Priority, RequestKind, RequestStatus


class ServiceRequest(Base):
    """A service request; open until `status` is DONE."""

    __tablename__ = "requests"
    __table_args__ = (
        sa.UniqueConstraint("client_id", "ref"),
        sa.Index("ix_requests_open", "client_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(sa.String(80), default=new_ref)
    client_id: Mapped[int] = mapped_column(sa.ForeignKey("clients.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="SET NULL")
    )
    kind: Mapped[RequestKind] = mapped_column(choice(RequestKind), default=RequestKind.REQUEST)
    title: Mapped[str] = mapped_column(sa.String(300))
    priority: Mapped[Priority] = mapped_column(choice(Priority), default=Priority.MEDIUM)
    status: Mapped[RequestStatus] = mapped_column(choice(RequestStatus), default=RequestStatus.OPEN)
    opened: Mapped[date]
    due: Mapped[date | None]
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as a class value
