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
