"""The end of a day, a day off, and a book with nobody in it: what Today says then."""

import re
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from pwa.models import Notice, Promise
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories

NOW = factories.NOW
EVENING = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # half past five in Oslo
MOST_WHEN_OVER = 16  # this day's list, the next one's, and two of the close


def due(manager, name, days_ago, at_home=None):
    made = factories.client(manager, name)
    contact = factories.contact(made, f"Dana {name}")
    factories.preference(contact)
    at = NOW - timedelta(days=days_ago)
    factories.interaction(made, contact_id=contact.id, at=at, received_at=at)
    refresh_due_dates([made.id], NOW)
    return made


def close_of(page):
    section = re.search(r'aria-labelledby="close">(.*?)</section>', page, re.DOTALL)
    return section[1] if section else ""


def test_while_somebody_can_be_called_the_day_has_no_close(on_a_friday, charlie, sign_in):
    due(charlie, "Halden", 9)
    page = sign_in(charlie).get("/today").text
    assert not close_of(page)
    assert 'href="/agenda#tomorrow"' in page and 'href="/agenda#week"' in page


def test_the_evening_closes_the_day(charlie, sign_in, db, time_machine, count_queries):
    halden = due(charlie, "Halden", 9)
    monday = due(charlie, "Monday AS", 4)
    at = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    factories.booking(monday, contact_id=monday.contacts[0].id, at=at)
    refresh_due_dates([monday.id], NOW)
    made = {"made": NOW.date(), "made_by_id": charlie.id}
    factories.promise(halden, "send the switch quote", due=date(2026, 11, 24), **made)
    factories.promise(halden, "call the carrier", due=date(2026, 11, 20), kept=NOW.date(), **made)
    times = {"due_at": NOW, "expires_at": NOW, "next_try_at": NOW, "settled_at": NOW}
    call = {"user_id": charlie.id, "client_id": halden.id, "subject": "attempt-1", "why": "sent"}
    factories.save(Notice(kind=NoticeKind.UNLOGGED, **call, **times))
    time_machine.move_to(EVENING, tick=False)
    phone = sign_in(charlie)
    count_queries.clear()
    page = phone.get("/today").text
    assert len(count_queries) <= MOST_WHEN_OVER
    close = close_of(page)
    assert "1 call isn&#39;t logged yet." in close
    assert "send the switch quote" in close and "by Tuesday" in close
    assert "call the carrier" not in close
    assert "First Monday: Dana Monday AS, Monday AS, 8:00" in close
    assert page.index("Dana Halden") < page.index('aria-labelledby="close"')
    db.execute(sa.delete(Promise))
    db.execute(sa.delete(Notice))
    db.commit()
    assert "Everything is logged, and you promised nothing new." in close_of(
        phone.get("/today").text
    )


def test_after_the_last_one_the_day_is_over_at_noon(on_a_friday, charlie, sign_in):
    due(charlie, "Halden", 0)
    page = sign_in(charlie).get("/today").text
    assert "Everyone has heard from you" in page
    assert "That was the last one for today." in page
    assert "Nobody is due Monday yet." in close_of(page)


def test_an_empty_book_leads_to_the_first_client_and_nothing_else(on_a_friday, charlie, sign_in):
    phone = sign_in(charlie)
    page = phone.get("/today").text
    assert "Add your first client" in page
    assert "ask your administrator to import your list" in page
    assert not close_of(page)
    due(charlie, "Halden", 0)
    assert "Add your first client" not in sign_in(charlie).get("/today").text


def test_a_day_off_names_its_day_in_the_heading_and_on_every_row(charlie, sign_in, time_machine):
    due(charlie, "Today AS", 4)  # due on Monday
    new = factories.client(charlie, "New AS", new_since=date(2026, 11, 20))
    factories.preference(factories.contact(new, "Nina New"))
    refresh_due_dates([new.id], NOW)
    time_machine.move_to(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), tick=False)  # Sunday
    page = sign_in(charlie).get("/today").text
    heading = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert heading and "Monday 23 November" in heading[1]
    assert "Sunday 22 November, day off" in page
    assert "due Monday" in page and "by Tuesday" in page
    rows = page.partition("<article")[2]
    assert "tomorrow" not in rows and "today" not in rows.partition("</main>")[0]
    assert not close_of(page)
