"""Promises as they stand: in groups of days, broken or not, who sees to them, and the ledger."""

import re
from datetime import date

import pytest
import sqlalchemy as sa

from pwa.models import Promise, PromiseMove, Role
from pwa.operations.promises import promises
from pwa.rules.vocabulary.enums import RequestKind
from tests import factories
from tests.web.pages import stamp_of

pytestmark = pytest.mark.usefixtures("on_a_friday")

TODAY = date(2026, 11, 20)  # a Friday


@pytest.fixture
def owner(db):
    return factories.user(name="Charlie Boone")


@pytest.fixture
def sam(owner):
    return factories.user(team_=owner.team, name="Sam Reyes")


@pytest.fixture
def halden(owner):
    return factories.contact(factories.client(owner)).client


@pytest.fixture
def phone(halden, owner, sign_in):
    return sign_in(owner)


def moved(db, promise: Promise, to: date, told: date | None) -> Promise:
    db.add(PromiseMove(promise_id=promise.id, to=to, told=told, moved_on=told))
    promise.falls_due = to
    db.flush()
    return promise


def test_they_stand_under_the_words_for_their_days(phone, db, halden):
    factories.promise(halden, "overdue", due=date(2026, 11, 19))
    factories.promise(halden, "now", due=TODAY)
    factories.promise(halden, "next", due=date(2026, 11, 21))
    factories.promise(halden, "sunday", due=date(2026, 11, 22))
    factories.promise(halden, "monday", due=date(2026, 11, 23))
    db.commit()
    text = phone.get("/promises").text
    found = re.findall(r'<h2 id="due-\d">([^<]+)|#open">(\w+)<', text)
    assert [heading or words for heading, words in found] == [
        *("Late", "overdue"),
        *("Today", "now"),
        *("Tomorrow", "next"),
        *("This week", "sunday"),
        *("Later", "monday"),
    ]


@pytest.mark.parametrize(
    ("case", "told", "says", "not_says"),
    [
        ("told in time", date(2026, 11, 16), "due Tuesday", "Broken"),
        ("not told", None, "Broken", "still expects"),
        ("told too late", date(2026, 11, 17), "Dana expected it on 17 November", "still"),
    ],
)
def test_a_move_that_they_heard_of_too_late_is_a_broken_promise(
    phone, db, halden, case, told, says, not_says
):
    promise = factories.promise(halden, due=date(2026, 11, 17), contact_id=halden.contacts[0].id)
    moved(db, promise, date(2026, 11, 24), told)
    db.commit()
    text = phone.get("/promises").text
    assert says in text, case
    assert not_says not in text, case


def test_a_move_they_have_not_heard_of_is_to_be_told(phone, db, halden):
    promise = factories.promise(halden, due=date(2026, 11, 21), contact_id=halden.contacts[0].id)
    moved(db, promise, date(2026, 12, 4), None)
    db.commit()
    text = phone.get("/promises").text
    assert "Dana still expects it tomorrow: say so today" in text
    assert "Broken" not in text
    page = phone.get(f"/promises/{promise.id}/move").text
    assert 'value="2026-12-04"' in page
    form = {"key": "telling-key", "to": "2026-12-04", "told": "yes"}
    assert phone.post(f"/promises/{promise.id}/move", data=form).status_code == 303
    assert "still expects" not in phone.get("/promises").text


def test_when_they_were_told_may_be_another_day(phone, db, halden):
    promise = factories.promise(halden, due=date(2026, 11, 19))
    db.commit()
    form = {"key": "moving-key", "to": "2026-11-27", "told": "yes", "told_on": "2026-11-18"}
    wrong = {**form, "told_on": "2026-11-21"}
    answer = phone.post(f"/promises/{promise.id}/move", data=wrong)
    assert answer.status_code == 422
    assert "That day is still to come" in answer.text
    assert phone.post(f"/promises/{promise.id}/move", data=form).status_code == 303
    db.expire_all()
    assert db.scalars(sa.select(PromiseMove.told)).one() == date(2026, 11, 18)
    assert "Broken" not in phone.get("/promises").text


def test_a_colleague_sees_to_it(phone, db, halden, sam, sign_in):
    form = {"key": "promise-key", "words": "fix the tills", "due": "2026-11-24"}
    page = phone.get(f"/clients/{halden.id}/promises/new").text
    assert "Sam Reyes" in page
    answer = phone.post(f"/clients/{halden.id}/promises", data={**form, "owner_id": sam.id})
    assert answer.status_code == 303
    for address in ("/promises", f"/clients/{halden.id}"):
        assert "Sam sees to it" in phone.get(address).text
    promise = db.scalars(sa.select(Promise)).one()
    sams = sign_in(sam)
    assert "fix the tills" in sams.get("/promises").text
    keep = {"key": "keep-it-now", "next": "/promises"}
    assert sams.post(f"/promises/{promise.id}/keeping", data=keep).status_code == 303
    db.expire_all()
    assert db.scalars(sa.select(Promise.kept)).one() == TODAY


def test_only_the_team_may_see_to_it(phone, db, halden):
    stranger = factories.user()
    db.commit()
    form = {"key": "promise-key", "words": "fix it", "due": "2026-11-24", "owner_id": stranger.id}
    answer = phone.post(f"/clients/{halden.id}/promises", data=form)
    assert answer.status_code == 422
    assert "Choose someone of the team." in answer.text


def test_its_words_and_who_sees_to_it_are_changed_and_its_day_is_not(phone, db, halden, sam):
    promise = factories.promise(halden)
    db.commit()
    address = f"/promises/{promise.id}"
    stamp = stamp_of(phone.get(f"{address}/edit"))
    form = {"key": "change-key", "stamp": stamp, "words": "send both quotes", "owner_id": sam.id}
    assert phone.post(address, data={**form, "due": "2027-01-01"}).status_code == 303
    db.expire_all()
    now = db.get(Promise, promise.id)
    assert (now.words, now.owner_id, now.due) == ("send both quotes", sam.id, TODAY)
    stale = {**form, "key": "stale-key", "words": "send the tills"}
    assert phone.post(address, data=stale).status_code == 409
    empty = {**form, "key": "empty-key", "words": " "}
    assert phone.post(address, data=empty).status_code == 422


def test_an_outsider_changes_nothing(db, sign_in, halden):
    promise = factories.promise(halden)
    outsider = sign_in(factories.user())
    assert outsider.get(f"/promises/{promise.id}/edit").status_code == 404
    answer = outsider.post(f"/promises/{promise.id}", data={"key": "not-mine-at-all"})
    assert answer.status_code == 404


def test_the_client_page_says_what_was_kept(phone, db, halden):
    assert "Kept" not in phone.get(f"/clients/{halden.id}").text
    factories.promise(halden, "send the quote", due=date(2026, 11, 10), kept=date(2026, 11, 12))
    for day in (3, 4, 5):
        factories.promise(halden, due=date(2026, 11, day), kept=date(2026, 11, day))
    factories.promise(halden, due=date(2026, 12, 1))
    db.commit()
    text = phone.get(f"/clients/{halden.id}").text
    assert "Kept 3 of 4; “send the quote” was 2 days late." in text
    factories.promise(halden, "call the bank", due=date(2026, 11, 19))
    db.commit()
    text = phone.get(f"/clients/{halden.id}").text
    assert "Kept 3 of 5; “call the bank” is 1 day late." in text


def test_a_miss_of_long_ago_is_counted_and_no_longer_named(phone, db, halden):
    factories.promise(halden, due=date(2026, 3, 2), kept=date(2026, 3, 9))
    db.commit()
    assert "Kept 0 of 1." in phone.get(f"/clients/{halden.id}").text


def test_the_ledger_of_people_is_of_what_they_see_to(phone, db, owner, sam, halden, count_queries):
    nobody = factories.user(Role.MANAGER, owner.team)
    factories.promise(halden, due=date(2026, 11, 10), kept=date(2026, 11, 10))
    factories.promise(halden, due=date(2026, 11, 10), kept=date(2026, 11, 11))
    factories.promise(halden, due=date(2026, 11, 19))
    factories.promise(halden, due=TODAY)
    factories.promise(halden, due=date(2026, 11, 19), owner_id=sam.id)
    told = factories.promise(halden, due=date(2026, 11, 10), kept=date(2026, 11, 13))
    moved(db, told, date(2026, 11, 13), date(2026, 11, 9))
    silent = factories.promise(halden, due=date(2026, 11, 10), kept=date(2026, 11, 13))
    moved(db, silent, date(2026, 11, 13), None)
    db.commit()
    count_queries.clear()
    found = promises.user_ledgers([owner.id, sam.id, nobody.id], TODAY)
    assert found == {owner.id: (2, 5), sam.id: (0, 1), nobody.id: (0, 0)}
    assert len(count_queries) == 2
    assert "Kept 2 of 5." in phone.get("/promises").text


def test_quotes_and_roadmap_meetings_have_sections_of_their_own(phone, db, halden):
    factories.request(halden, "Backup alarm")
    factories.request(halden, "Three switches", kind=RequestKind.QUOTE)
    factories.request(halden, "Plan for 2027", kind=RequestKind.ROADMAP)
    db.commit()
    _before, opened, after = phone.get(f"/clients/{halden.id}").text.partition('id="open"')
    text = opened + after
    through, quotes = text.index('id="open"'), text.index('id="quote"')
    roadmap = text.index('id="roadmap"')
    assert through < text.index("Backup alarm") < quotes
    assert quotes < text.index("Three switches") < roadmap < text.index("Plan for 2027")
    form = phone.get(f"/clients/{halden.id}/requests/new?kind=quote").text
    assert re.search(r'value="quote"[^>]* checked', form)


def test_who_keeps_a_promise_elsewhere_comes_back_to_their_list(charlie, ingrid, sign_in):
    promise = factories.promise(factories.client(charlie), owner_id=ingrid.id)
    phone = sign_in(ingrid)
    edit = phone.get(f"/promises/{promise.id}/edit").text
    assert 'href="/promises"' in edit
    assert f'href="/clients/{promise.client_id}#open"' not in edit
    answer = phone.post(f"/promises/{promise.id}/keeping", data={"key": "keep-it-here"})
    assert answer.headers["Location"] == "/promises"
