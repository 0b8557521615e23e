"""A note that is kept while somebody else writes at the same client."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from pwa.db import session, writing
from pwa.models import Client, Interaction, Suggestion
from pwa.operations.calls import corrections
from pwa.operations.voice_notes import retention
from pwa.rules.vocabulary.enums import Outcome
from tests import factories
from tests.faults.test_writes import until_someone_waits
from tests.operations.listening import SAID, listening, spoken
from tests.patience import PATIENCE


@pytest.fixture
def note(client):
    talk = factories.interaction(client, contact_id=client.contacts[0].id)
    note = factories.save(spoken(talk, "a-note"))
    session.commit()
    return note


def test_what_a_note_says_follows_a_correction_that_came_first(app, client, manager, note):
    begun, corrected = threading.Event(), threading.Event()

    def hear():
        begun.set()
        assert corrected.wait(PATIENCE)
        return SAID

    def worker():
        with app.app_context():
            listening(retention.store(), hear)

    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(worker)
        assert begun.wait(PATIENCE)
        with writing():
            session.execute(sa.select(Client.id).where(Client.id == client.id).with_for_update())
            before = session.get_one(Interaction, note.interaction_id)
            after = corrections.correct(before, Outcome.VISITED, manager, factories.NOW)
            session.flush()
            corrected.set()
            until_someone_waits()
        heard.result()
    owners = session.scalars(sa.select(Suggestion.interaction_id)).all()
    assert set(owners) == {after.id}
