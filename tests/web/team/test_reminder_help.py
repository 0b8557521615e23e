"""Whether reminders help, as the board says it: of a team, of a week, never of a person."""

from datetime import timedelta

import pytest

from pwa.models import Delivery, Device, Notice, Role, User
from pwa.operations.team.reminder_help import LEAST, ReminderHelp, reminder_help
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("on_a_friday")

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SENT = NOW - 5 * HOUR


@pytest.fixture
def few(charlie, halden):
    """As many notices as are needed for a figure, less one, none of them taken up."""
    for number in range(LEAST - 1):
        notice(halden, SENT - DAY - number * HOUR)


def notice(client, at=SENT, shown=None, user_id=None, **values) -> Notice:
    done = {"expires_at": at, "next_try_at": at, "settled_at": at, "result": "sent"}
    about = {"client_id": client.id, "kind": NoticeKind.BOOKED, "due_at": at, **values}
    about.setdefault("subject", f"{about['kind']} {client.id} {at}")
    row = factories.save(Notice(user_id=user_id or client.owner_id, **{**done, **about}))
    if shown:
        keys = {"p256dh": "", "auth": "", "name": "Phone", "created_at": at}
        device = Device(user_id=row.user_id, endpoint=f"https://x/{row.id}", **keys)
        factories.save(device)
        delivery = Delivery(notice_id=row.id, device_id=device.id, service="x", **done)
        delivery.shown_at = shown
        factories.save(delivery)
    return row


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("shown", "began", "counts"),
    [
        (None, timedelta(0), True),
        (None, 15 * MINUTE, True),
        (None, 15 * MINUTE + timedelta(seconds=1), False),
        (None, -MINUTE, False),
        (60 * MINUTE, 70 * MINUTE, True),
        (60 * MINUTE, 5 * MINUTE, False),
    ],
)
def test_taken_up_is_what_begins_within_a_quarter_of_an_hour(petra, halden, shown, began, counts):
    notice(halden, shown=SENT + shown if shown else None)
    factories.interaction(halden, at=SENT + began)
    assert reminder_help(petra, NOW) == ReminderHelp(LEAST, int(counts))


@pytest.mark.usefixtures("few")
def test_only_their_own_conversation_with_that_client_counts(petra, charlie, ingrid, halden):
    notice(halden)
    factories.interaction(halden, user_id=ingrid.id, at=SENT + MINUTE)
    factories.interaction(factories.client(charlie, "Vik Kommune"), at=SENT + MINUTE)
    factories.interaction(halden, at=SENT + MINUTE, superseded_at=NOW)
    assert reminder_help(petra, NOW) == ReminderHelp(LEAST, 0)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    "values",
    [
        {"at": NOW - 8 * DAY},
        {"result": "skipped"},
        {"client_id": None},
        {"kind": NoticeKind.UNLOGGED},
        {"kind": NoticeKind.ESCALATION},
        {"kind": NoticeKind.TEST},
    ],
)
def test_what_is_old_unsent_or_asks_for_no_conversation_is_left_out(petra, halden, values):
    notice(halden, **values)
    assert reminder_help(petra, NOW) is None


@pytest.mark.usefixtures("few")
def test_other_teams_are_theirs(petra, halden):
    elsewhere: User = factories.user()
    notice(factories.client(elsewhere, "Elsewhere Ltd"))
    assert reminder_help(petra, NOW) is None
    assert reminder_help(factories.user(Role.ADMINISTRATOR), NOW) == ReminderHelp(LEAST, 0)


@pytest.mark.usefixtures("few")
def test_the_board_says_it_in_one_line_once_there_are_enough(petra, halden, sign_in, db):
    board = sign_in(petra)
    assert 'id="reminders"' not in board.get("/team").text
    notice(halden)
    factories.interaction(halden, at=SENT + MINUTE)
    db.commit()
    words = "1 of 5 about a client were acted on within 15 minutes."
    assert f"Reminders in the last 7 days: {words}" in board.get("/team").text


def test_it_costs_one_query_however_many(petra, charlie, count_queries):
    for number in range(20):
        client = factories.client(charlie, f"Client {number}")
        notice(client, shown=SENT)
        factories.interaction(client, at=SENT + MINUTE)
    count_queries.clear()
    assert reminder_help(petra, NOW) == ReminderHelp(20, 20)
    assert len(count_queries) == 1
