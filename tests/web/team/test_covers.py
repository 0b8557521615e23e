"""Cover for an absence: whoever steps in sees the clients, for as long as was agreed."""

import pytest
import sqlalchemy as sa

from pwa.models import Audit, Cover, Role
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.clients.clients import refresh_keys
from tests import factories

pytestmark = pytest.mark.usefixtures("on_a_friday")

COVER = {
    "key": "cover-the-absence",
    "first_day": "2026-11-20",
    "last_day": "2026-11-27",
    "reason": "Holiday",
}


@pytest.fixture
def halden(charlie):
    client = factories.client(charlie)
    factories.contact(client)
    refresh_keys(client)
    return client


def agree(desk, charlie, ingrid, **values):
    people = {"absent": str(charlie.id), "covered_by": str(ingrid.id)}
    return desk.post("/team/covers", data={**COVER, **people, **values})


def test_who_steps_in_opens_and_finds_the_clients(sign_in, petra, charlie, ingrid, halden):
    phone = sign_in(ingrid)
    assert phone.get(f"/clients/{halden.id}").status_code == 404
    assert agree(sign_in(petra), charlie, ingrid).status_code == 303
    assert phone.get(f"/clients/{halden.id}").status_code == 200
    assert "Halden Freight" in phone.get("/clients").text


def test_who_is_due_stands_on_the_list_of_whoever_steps_in(sign_in, petra, charlie, ingrid, halden):
    refresh_due_dates([halden.id], factories.NOW)
    phone = sign_in(ingrid)
    assert "Dana Whitfield" not in phone.get("/today").text
    agree(sign_in(petra), charlie, ingrid)
    today = phone.get("/today").text
    assert "Dana Whitfield" in today
    assert "for Charlie" in today
    assert ">1 to call<" in today
    assert "for Charlie" not in sign_in(charlie).get("/today").text


def test_the_cover_is_said_to_both(sign_in, petra, charlie, ingrid, halden):
    agree(sign_in(petra), charlie, ingrid)
    assert "Ingrid Moe looks after your clients" in sign_in(charlie).get("/me").text
    assert "You look after the clients of Charlie Boone" in sign_in(ingrid).get("/me").text


@pytest.mark.parametrize(("day", "status"), [("19", 404), ("20", 200), ("27", 200), ("28", 404)])
def test_it_holds_from_its_first_to_its_last_day(
    sign_in, petra, charlie, ingrid, halden, time_machine, day, status
):
    agree(sign_in(petra), charlie, ingrid)
    time_machine.move_to(factories.NOW.replace(day=int(day)), tick=False)
    assert sign_in(ingrid).get(f"/clients/{halden.id}").status_code == status


def test_a_cover_that_is_called_off_ends_at_once(db, sign_in, petra, charlie, ingrid, halden):
    desk = sign_in(petra)
    agree(desk, charlie, ingrid)
    cover = db.scalar(sa.select(Cover))
    assert (
        desk.post(f"/team/covers/{cover.id}/end", data={"key": "end-the-cover"}).status_code == 303
    )
    assert sign_in(ingrid).get(f"/clients/{halden.id}").status_code == 404
    actions = set(db.scalars(sa.select(Audit.action).where(Audit.subject == "cover")))
    assert actions == {"cover", "cover ended"}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("absent", "", "Who is away?"),
        ("covered_by", "", "Who looks after the clients?"),
        ("last_day", "2026-11-19", "Give a last day that is still to come"),
        ("reason", "", "Say why, in a few words."),
    ],
)
def test_what_is_missing_is_said_beside_the_field(
    sign_in, petra, charlie, ingrid, field, value, words
):
    answer = agree(sign_in(petra), charlie, ingrid, **{field: value})
    assert answer.status_code == 422
    assert words in answer.text
    kept = "2026-11-20" if field == "reason" else "Holiday"
    assert f'value="{kept}"' in answer.text


def test_nobody_covers_for_themselves_or_twice(sign_in, petra, charlie, ingrid):
    desk = sign_in(petra)
    answer = agree(desk, charlie, charlie)
    assert "Choose somebody else" in answer.text
    agree(desk, charlie, ingrid)
    again = agree(desk, charlie, ingrid, key="another-cover", first_day="2026-11-27")
    assert again.status_code == 422
    assert "Somebody looks after them on some of these days" in again.text


def test_another_team_is_out_of_reach(db, sign_in, petra, charlie, ingrid):
    agree(sign_in(petra), charlie, ingrid)
    elsewhere = sign_in(factories.user(Role.SUPERVISOR, name="Sam Other"))
    cover = db.scalar(sa.select(Cover))
    assert "Charlie Boone" not in elsewhere.get("/team/covers").text
    assert (
        elsewhere.post(f"/team/covers/{cover.id}/end", data={"key": "end-of-another"}).status_code
        == 404
    )
    answer = agree(elsewhere, charlie, ingrid, key="other-teams-cover")
    assert answer.status_code == 422


def test_a_manager_does_not_arrange_cover(sign_in, charlie):
    assert sign_in(charlie).get("/team/covers").status_code == 404


def test_it_can_be_called_off_once_the_absent_one_has_left(db, sign_in, petra, charlie, ingrid):
    desk = sign_in(petra)
    agree(desk, charlie, ingrid)
    cover = db.scalar(sa.select(Cover))
    charlie.deactivated_at = factories.NOW
    db.flush()
    assert desk.post(f"/team/covers/{cover.id}/end", data={"key": "call-it-off"}).status_code == 303
    db.expire_all()
    assert cover.ended_at == factories.NOW
