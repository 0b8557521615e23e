"""R21: put off again and again, tried again and again."""

from datetime import timedelta

import pytest

from pwa.models import Postponement
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.enums import Outcome, Stage
from tests import factories
from tests.factories import NOW
from tests.operations.exchanges import happened, line, person, row_after


@pytest.fixture
def halden(db):
    return factories.client(factories.user(name="Charlie Boone"), stage=Stage.QUARTERLY)


def due(client):
    dana = person(client)
    happened(dana, 200)
    return dana


def test_three_times_put_off_is_said(halden):
    due(halden)
    for days in (250, 3, 2, 1):
        at = NOW - timedelta(days=days)
        factories.save(
            Postponement(
                client_id=halden.id,
                at=at,
                until=at + timedelta(hours=1),
                reason="busy",
                made_by_id=halden.owner_id,
            )
        )
    refresh_due_dates([halden.id], NOW)
    row = row_after(halden, 0)
    assert row.put_off == 3
    assert "put off three times" in line(row)


@pytest.mark.parametrize(
    ("difficult", "words"),
    [
        (False, "Not reached on 3 days: agree a time in their channel"),
        (True, "Not reached on 3 days: call again"),
    ],
)
def test_three_days_without_reaching_them(halden, difficult, words):
    dana = due(halden)
    dana.difficult = difficult
    factories.promise(halden, contact_id=dana.id)
    for days in (4, 2, 1):
        happened(dana, days, Outcome.NO_ANSWER)
    refresh_due_dates([halden.id], NOW)
    assert words in line(row_after(halden, 0))
    happened(person(halden, "Ben Stone"), 3)
    assert row_after(halden, 0).unreached == 3
    happened(dana, 3)
    assert row_after(halden, 0).unreached == 2
