"""Reads a client's interactions and open requests."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from pwa.db import session
from pwa.models import Interaction, InteractionContact, ServiceRequest, VoiceNote
from pwa.rules.vocabulary.enums import RequestStatus


def history(client_id: int, limit: int = 30) -> list[Interaction]:
    """The latest interactions of a client, newest first, superseded ones left out."""
    query = (
        sa.select(Interaction)
        .where(Interaction.client_id == client_id, Interaction.superseded_at.is_(None))
        .options(
            joinedload(Interaction.contact),
            joinedload(Interaction.user),
            joinedload(Interaction.voice_note).joinedload(VoiceNote.transcript),
            joinedload(Interaction.lesson),
            joinedload(Interaction.also).joinedload(InteractionContact.contact),
            selectinload(Interaction.covered),
        )
        .order_by(Interaction.at.desc(), Interaction.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query).unique())


def open_requests(client_id: int) -> list[ServiceRequest]:
    """The open requests of a client, oldest first."""
    query = sa.select(ServiceRequest).where(
        ServiceRequest.client_id == client_id, ServiceRequest.status != RequestStatus.DONE
    )
    return list(session.scalars(query.order_by(ServiceRequest.opened, ServiceRequest.id)))
