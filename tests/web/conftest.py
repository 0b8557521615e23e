"""People that several pages are tested with; each test asks for those it needs."""

import pytest

from pwa.models import Role
from tests import factories


@pytest.fixture
def team(db):
    return factories.team()


@pytest.fixture
def petra(team):
    return factories.user(Role.SUPERVISOR, team, name="Petra Lund")


@pytest.fixture
def charlie(team):
    return factories.user(Role.MANAGER, team, name="Charlie Boone")


@pytest.fixture
def ingrid(team):
    return factories.user(Role.MANAGER, team, name="Ingrid Moe")


@pytest.fixture
def on_a_friday(time_machine):
    """Friday the 20th of November 2026, 10:40 in Oslo."""
    time_machine.move_to(factories.NOW, tick=False)


@pytest.fixture
def halden(charlie):
    client = factories.client(charlie)
    factories.contact(client)
    return client


@pytest.fixture
def phone(charlie, sign_in, halden):
    return sign_in(charlie)
