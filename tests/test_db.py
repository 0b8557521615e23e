"""What the database says of a failure is for a log: it holds nothing that somebody said."""

import pytest
import sqlalchemy as sa

from pwa.db import make_engine
from pwa.models import Transcript
from tests.factories import NOW

SECRET = "she told me in confidence"


@pytest.fixture
def engine(database_url):
    made = make_engine(database_url)
    yield made
    made.dispose()


@pytest.mark.parametrize(
    "values",
    [
        {"voice_note_id": 10**6, "lines": [SECRET], "engine": SECRET, "heard_at": NOW},
        {"voice_note_id": 10**6, "lines": [SECRET], "engine": None, "heard_at": NOW},
        {"voice_note_id": 10**6, "lines": [SECRET, float("inf")], "engine": "", "heard_at": None},
    ],
    ids=["nothing it belongs to", "a value that lacks", "no JSON"],
)
def test_a_statement_that_fails_shows_no_parameter(migrated_app, engine, values):
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError) as caught:
        connection.execute(sa.insert(Transcript).values(**values))
    raised = caught.value
    assert "INSERT INTO transcripts" in str(raised)
    assert SECRET not in f"{raised} {raised!r} {raised.__cause__} {raised.__cause__!r}"
