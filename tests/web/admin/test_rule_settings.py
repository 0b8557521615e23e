"""The numbers of the rules on the administrator's page."""

from dataclasses import asdict

import pytest
import sqlalchemy as sa

from pwa.models import Audit, Number, Role
from pwa.operations.common.rule_settings import current_settings
from pwa.rules.vocabulary.settings import DEFAULTS
from tests import factories

AS_THEY_ARE = {name: str(value) for name, value in asdict(DEFAULTS).items() if value is not False}


@pytest.fixture
def boss(db):
    return factories.user(Role.ADMINISTRATOR, name="Ada Boss")


@pytest.fixture
def desk(boss, sign_in):
    return sign_in(boss)


def save(desk, key="numbers-1", **changed):
    return desk.post("/admin/numbers", data={"key": key, **AS_THEY_ARE, **changed})


def test_every_number_stands_there_with_its_default(desk):
    assert 'href="/admin/numbers"' in desk.get("/admin").text
    text = desk.get("/admin/numbers").text
    for name, value in AS_THEY_ARE.items():
        assert f'name="{name}" value="{value}"' in text, name
    assert text.count("Default: ") == len(asdict(DEFAULTS))


def test_what_is_changed_holds_and_is_noted_and_the_default_leaves_no_row(desk, db, boss):
    assert save(desk, offer_after_daily="5", below_weekly="1").status_code == 303
    db.expire_all()
    assert (current_settings().offer_after_daily, current_settings().below_weekly) == (5, True)
    assert "The numbers are changed." in desk.get("/admin/numbers").text
    audit = db.scalars(sa.select(Audit).where(Audit.action == "numbers changed")).one()
    assert audit.user_id == boss.id
    assert audit.details == {
        "before": {"offer_after_daily": 2, "below_weekly": False},
        "after": {"offer_after_daily": 5, "below_weekly": True},
    }
    save(desk, key="numbers-2")
    assert current_settings() == DEFAULTS
    assert db.scalars(sa.select(Number)).all() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("offer_after_daily", "0"), ("ask_again_days", "soon"), ("care_minutes", "")],
)
def test_a_number_that_cannot_be_is_said_beside_its_field(desk, db, name, value):
    page = save(desk, offer_after_weekly="7", **{name: value})
    assert page.status_code == 422
    assert f'id="{name}-problem"' in page.text
    assert 'name="offer_after_weekly" value="7"' in page.text
    assert db.scalars(sa.select(Number)).all() == []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR])
def test_only_an_administrator_finds_them(db, sign_in, role):
    someone = sign_in(factories.user(role))
    assert someone.get("/admin/numbers").status_code == 404
    assert someone.post("/admin/numbers", data=AS_THEY_ARE).status_code == 404
