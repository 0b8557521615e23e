"""Somebody's own spoken note on the page of a client."""

import pytest

from pwa.models import Transcript
from tests import factories
from tests.factories import NOW
from tests.operations.listening import spoken

PART = "Only the first part of it could be heard."


@pytest.mark.parametrize("cut", [True, False])
def test_a_transcript_says_whether_it_lacks_its_end(sign_in, db, cut):
    manager = factories.user()
    client = factories.client(manager)
    note = factories.save(spoken(factories.interaction(client), "a-note"))
    lines = [("She is happy.", 0.0, 1.0)]
    factories.save(
        Transcript(voice_note=note, lines=lines, cut=cut, engine="an engine", heard_at=NOW)
    )
    page = sign_in(manager).get(f"/clients/{client.id}").text
    assert "She is happy." in page
    assert (PART in page) is cut
