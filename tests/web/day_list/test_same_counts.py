"""R26: the heading, the ring, the rows and the board count the same, at any moment of a day."""

import re
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from pwa.models import Cover, Role, User
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.maintenance import demo_data
from pwa.rules.vocabulary.enums import Channel
from tests import factories

MORNING = factories.NOW  # a Friday, 10:40 in Oslo
DAY = MORNING.date()


@pytest.fixture(autouse=True)
def friday_morning(time_machine):
    time_machine.move_to(MORNING, tick=False)


def only(pattern, text):
    """The only match of a pattern that has to be there."""
    match = re.search(pattern, text, re.S)
    assert match, pattern
    return match


def counts_of(web):
    """What a manager's page says: (done, left) by its ring, left by its heading, its rows."""
    page = web.get("/today").text
    heading = only(r"<h1>(.*?)</h1>", page)[1]
    words = re.findall(r">(\d+) to (?:call|visit|write to)<", heading)
    ring = re.search(r"(\d+) of (\d+) done today", page)
    done, total = (int(number) for number in ring.groups()) if ring else (0, 0)
    more = re.search(r"and (\d+) more", page)
    return (
        (done, total - done),
        sum(map(int, words)),
        len(re.findall(r"data-row=", page)),
        int(more[1]) if more else 0,
    )


def board_of(web, name):
    """(done, left, more) as the board says it."""
    page = web.get("/team").text
    row = only(rf">{name}</a></th>(.*?)</tr>", page)[1]
    done, total = only(r"(\d+) of (\d+)", row).groups()
    cell = only(r'<td class="number">(.*?)</td>', row)[1]
    left, more = only(r"^(\d+)(?:.*and (\d+) more)?", cell).groups()
    assert int(total) - int(done) == int(left)
    return int(done), int(left), int(more or 0)


def agreed(manager, sign_in, supervisor):
    """(done, left), the same wherever it is read."""
    ring, heading, rows, more = counts_of(sign_in(manager))
    assert ring[1] == heading == rows
    assert board_of(sign_in(supervisor), manager.name) == (*ring, more)
    return ring


def due_client(manager, name, days_ago=9, channel=Channel.PHONE):
    client = factories.client(manager, name)
    contact = factories.contact(client, f"{name} Contact")
    factories.preference(contact, channel=channel)
    factories.interaction(client, contact_id=contact.id, at=MORNING - timedelta(days=days_ago))
    refresh_due_dates([client.id], MORNING)
    return client


@pytest.fixture
def supervisor(team):
    return factories.user(Role.SUPERVISOR, team, name="Petra Lund")


def spoke(web, client, key, outcome="spoke", kind="call"):
    data = {"client": client.id, "contact": client.contacts[0].id, "kind": kind}
    data |= {"outcome": outcome, "at": datetime.isoformat(MORNING), "key": key}
    answer = web.post("/interactions", data=data)
    assert answer.status_code == 303, answer.text[:300]


def test_after_each_thing_that_is_done(charlie, supervisor, sign_in, db):
    clients = [due_client(charlie, f"Client{number}") for number in range(5)]
    writer = due_client(charlie, "Writer", channel=Channel.EMAIL)
    assert agreed(charlie, sign_in, supervisor) == (0, 6)
    web = sign_in(charlie)
    spoke(web, clients[0], "key-spoke-0001")
    assert agreed(charlie, sign_in, supervisor) == (1, 5)
    web = sign_in(charlie)
    spoke(web, clients[1], "key-in-vain-01", "no_answer")
    assert agreed(charlie, sign_in, supervisor) == (1, 5)  # waits for its second try
    spoke(sign_in(charlie), writer, "key-written-01", "written", "email")
    assert agreed(charlie, sign_in, supervisor) == (2, 4)
    address = f"/clients/{clients[2].id}/postponement"
    web = sign_in(charlie)
    web.post(address, data={"when": "tomorrow"})
    notice = only(r'action="[^"]+/undo">(.*?)</form>', web.get("/today").text)[1]
    assert agreed(charlie, sign_in, supervisor) == (2, 3)
    web = sign_in(charlie)
    web.post(f"{address}/undo", data=dict(re.findall(r'name="([^"]+)" value="([^"]*)"', notice)))
    assert agreed(charlie, sign_in, supervisor) == (2, 4)
    promise = factories.promise(clients[0], due=DAY)
    refresh_due_dates([clients[0].id], MORNING)
    assert agreed(charlie, sign_in, supervisor) == (2, 5)
    sign_in(charlie).post(f"/promises/{promise.id}/keeping", data={"key": "key-kept-0001"})
    assert agreed(charlie, sign_in, supervisor) == (3, 4)


def test_a_covered_client_counts_on_both_lists_the_same_way(charlie, supervisor, sign_in, team, db):
    ingrid = factories.user(team_=team, name="Ingrid Moe")
    covered = due_client(ingrid, "Covered")
    due_client(charlie, "Own")
    factories.save(
        Cover(
            absent_id=ingrid.id,
            covered_by_id=charlie.id,
            first_day=DAY,
            last_day=DAY,
            reason="leave",
        )
    )
    assert agreed(charlie, sign_in, supervisor) == (0, 2)
    assert agreed(ingrid, sign_in, supervisor) == (0, 1)
    spoke(sign_in(charlie), covered, "key-covered-1")
    assert agreed(charlie, sign_in, supervisor) == (1, 1)
    assert agreed(ingrid, sign_in, supervisor) == (1, 0)


def test_in_a_day_that_is_too_full(charlie, supervisor, sign_in, db):
    charlie.capacity_minutes = 60
    clients = [due_client(charlie, f"Client{number:02}", 8 + number % 7) for number in range(40)]
    done, left = agreed(charlie, sign_in, supervisor)
    assert (done, left) == (0, 6)
    web = sign_in(charlie)
    assert counts_of(web)[3] == 34
    web.post(f"/clients/{clients[39].id}/postponement", data={"when": "tomorrow"})
    agreed(charlie, sign_in, supervisor)
    assert counts_of(sign_in(charlie))[3] == 33


HOURS = (-3, 0, 3, 7, 22)  # early, in the morning, after lunch, in the evening, on a day off


def test_the_demo_book_at_several_moments(db, sign_in, time_machine):
    known = factories.user(Role.ADMINISTRATOR).password_hash
    demo_data.load(MORNING, "NO")
    petra = db.scalars(sa.select(User).where(User.email.startswith("petra"))).one()
    managers = db.scalars(sa.select(User).where(User.role == Role.MANAGER)).all()
    for user in (petra, *managers):
        user.password_hash = known
    for hours in HOURS:
        time_machine.move_to(MORNING + timedelta(hours=hours), tick=False)
        board = sign_in(petra)
        for manager in managers:
            ring, heading, rows, more = counts_of(sign_in(manager))
            assert heading == rows
            done, left, beyond = board_of(board, manager.name)
            assert (left, beyond) == (rows, more), (manager.name, hours)
            assert ring in ((done, left), (0, 0)), (manager.name, hours)  # no ring on a day off
