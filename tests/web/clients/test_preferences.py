"""How a contact likes to hear from us, kept and judged by; and how they see us (R4 to R7)."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from pwa.models import Audit, Contact, Interaction, Need, Preference, Recovery
from pwa.operations import book_files
from pwa.operations.client_state.preference_compliance import mark
from pwa.operations.clients import clients, contacts
from pwa.operations.clients.clients import ClientFacts, ContactFacts
from pwa.rules.vocabulary.enums import Channel, Compliance, Kind, Outcome
from tests import factories

pytestmark = pytest.mark.usefixtures("on_a_friday")

ANSWER = {"key": "key-of-answer", "channel": "email", "asked_on": "2026-11-20", "timezone": ""}
COMPROMISE = {
    "compromise_words": "call me when it matters, otherwise mail",
    "compromise_on": "2026-11-19",
    "compromise_channel": "phone",
}


@pytest.fixture
def owner(db):
    return factories.user(name="Marc Boone")


@pytest.fixture
def anna(owner):
    return factories.contact(factories.client(owner), "Anna Berg", email="anna@halden.example")


@pytest.fixture
def phone(owner, anna, sign_in):
    return sign_in(owner)


def days_ago(days, **values):
    return {"at": factories.NOW - timedelta(days=days), **values}


def talked(contact, days, **values):
    return factories.interaction(contact.client, contact_id=contact.id, **days_ago(days, **values))


def shown(phone, contact):
    return re.sub(r"\s+", " ", phone.get(f"/clients/{contact.client_id}").text)


def seen(phone, contact):
    """The section "As Anna sees it" of the client's page."""
    return shown(phone, contact).split(f'id="seen-{contact.id}"')[1].split("</section>")[0]


def answer(phone, contact, **values):
    data = {**ANSWER, **values}
    return phone.post(f"/contacts/{contact.id}/preference", data=data)


def found(pattern, page):
    """An address on a page, as a browser would follow it."""
    match = re.search(pattern, page.text)
    assert match, pattern
    return match[1].replace("&amp;", "&")


def stamps(db):
    db.expire_all()
    return list(db.scalars(sa.select(Interaction.stamp).order_by(Interaction.at)))


def log(phone, contact, **values):
    data = {"client": contact.client_id, "contact": contact.id, "outcome": "spoke"}
    data |= {"key": f"key-of-{len(values)}-{values.get('at', '')[-8:-6]}", **values}
    return phone.post("/interactions", data={"at": factories.NOW.isoformat(), **data})


def test_all_of_an_answer_is_kept_and_shown(phone, db, anna):
    assert answer(phone, anna, only_when_needed="1", **COMPROMISE).status_code == 303
    said = db.scalar(sa.select(Preference))
    assert (said.only_when_needed, said.compromise_channel) == (True, Channel.PHONE)
    text = shown(phone, anna)
    for words in (
        "How Anna likes to hear from us",
        "E-mail first",
        "only when it concerns them",
        "Agreed yesterday: “call me when it matters, otherwise mail”",
        "(Phone)",
        "Asked today.",
    ):
        assert words in text, words


@pytest.mark.parametrize("left_out", ["compromise_words", "compromise_on"])
def test_a_compromise_needs_its_words_and_its_day_and_loses_nothing_typed(phone, anna, left_out):
    page = answer(phone, anna, only_when_needed="1", **{**COMPROMISE, left_out: ""})
    assert page.status_code == 422
    assert f'id="{left_out}-problem"' in page.text
    assert re.search(r'name="only_when_needed"[^>]* checked', page.text)
    assert '<option value="phone" selected>' in page.text
    typed = COMPROMISE["compromise_on" if left_out == "compromise_words" else "compromise_words"]
    assert typed in page.text


def test_a_conversation_is_stamped_and_so_is_its_correction(phone, db, anna):
    factories.preference(anna, Channel.EMAIL)
    db.commit()
    log(phone, anna)
    assert stamps(db) == [Compliance.NOT_HONOURED]
    row = db.scalar(sa.select(Interaction))
    data = {"key": "correct-it", "outcome": "voicemail"}
    phone.post(f"/interactions/{row.id}/correction", data=data)
    assert stamps(db) == [Compliance.NOT_HONOURED, Compliance.NOT_HONOURED]


@pytest.mark.parametrize(
    ("values", "stamp"),
    [
        ({"kind": "email", "outcome": "written"}, Compliance.HONOURED),
        ({"kind": "call", "outcome": "voicemail"}, Compliance.COMPROMISE),
        ({"kind": "call", "direction": "in"}, Compliance.HONOURED),
        ({"kind": "visit", "outcome": "visited"}, Compliance.NOT_HONOURED),
    ],
)
def test_a_compromise_covers_what_it_allows(phone, db, anna, values, stamp):
    agreed = {"compromise_words": "or call", "compromise_channel": Channel.PHONE}
    factories.preference(anna, Channel.EMAIL, **agreed)
    db.commit()
    log(phone, anna, **values)
    assert stamps(db) == [stamp]


def test_what_they_told_earlier_is_judged_by_from_that_day_on(phone, db, anna):
    """An e-mail of last week counts once we write down that they had asked for it before."""
    for days in (12, 5):
        talked(anna, days, kind=Kind.EMAIL, outcome=Outcome.WRITTEN, reached=False)
    db.commit()
    answer(phone, anna, asked_on="2026-11-10")
    assert stamps(db) == [None, Compliance.HONOURED]
    assert db.scalars(sa.select(Interaction.reached).order_by(Interaction.at)).all() == [
        False,
        True,
    ]


def test_another_zone_of_theirs_judges_all_of_it_anew(phone, db, anna):
    answer(phone, anna, channel="phone", opens="08:00", closes="10:00", asked_on="2026-11-01")
    log(phone, anna, at="2026-11-19T15:00:00+01:00")
    assert stamps(db) == [Compliance.NOT_HONOURED]
    zone = {"timezone": "America/New_York", "key": "key-of-zone"}
    answer(phone, anna, channel="phone", opens="08:00", closes="10:00", **zone)
    assert stamps(db) == [Compliance.HONOURED]


@pytest.mark.parametrize("whose", ["contact", "client"])
def test_a_zone_that_was_wrong_judges_all_of_it_anew(db, anna, whose):
    factories.preference(anna, Channel.PHONE, opens=time(8), closes=time(10))
    at = datetime(2026, 11, 19, 14, tzinfo=UTC)
    row = factories.interaction(anna.client, contact_id=anna.id, at=at, received_at=at)
    mark(row)
    db.flush()
    assert stamps(db) == [Compliance.NOT_HONOURED]
    there = "America/New_York"
    if whose == "contact":
        contacts.change(anna, ContactFacts("Anna Berg", timezone=there), factories.NOW)
    else:
        clients.change(anna.client, ClientFacts("Halden", timezone=there), factories.NOW)
    assert stamps(db) == [Compliance.HONOURED]


def test_a_book_is_stamped_as_it_is_loaded(db, owner):
    calls = [{"ref": "before", "at": "2026-10-01T09:00:00+02:00"}]
    calls += [{"ref": "after", "at": "2026-11-10T09:00:00+01:00"}]
    wish = {"channel": "email", "asked_on": "2026-10-03"}
    client = {
        "ref": "halden",
        "name": "Halden",
        "owner": owner.email,
        "contacts": [{"ref": "lena", "name": "Lena Fischer", "preference": wish}],
        "interactions": [
            {"contact": "lena", "by": owner.email, "kind": "call", **c} for c in calls
        ],
    }
    book = {"version": 1, "clients": [client]}
    book_files.load(book, factories.NOW, "NO")
    assert stamps(db) == [Compliance.NOT_ASKED, Compliance.NOT_HONOURED]
    assert book_files.load(book, factories.NOW, "NO").unchanged == 1


def test_who_was_phoned_but_asked_for_mail_says_so(phone, db, anna):
    """The founding case: four calls a week to somebody who had asked for e-mail."""
    factories.preference(anna, Channel.EMAIL)
    for days in (1, 2, 3, 4):
        talked(anna, days, stamp=Compliance.NOT_HONOURED)
    db.commit()
    assert "They asked for e-mail; the last four were calls: ask again." in shown(phone, anna)
    text = seen(phone, anna)
    assert "Heard from us on 4 days of 28, never the way they asked." in text
    assert "Anna would say: you call, although I asked for e-mail" in text
    assert text.count("<td>heard from us another way</td>") == 4
    assert text.count('class="day other"') == 5  # each day, and the key


def test_calls_to_a_colleague_are_not_hers(phone, db, anna):
    """The founding case: Marc spoke to Ben yesterday; Anna has heard nothing for 19 days."""
    ben = factories.contact(anna.client, "Ben Ray")
    for one in (anna, ben):
        factories.preference(one, Channel.PHONE)
    talked(anna, 19, stamp=Compliance.HONOURED)
    for days in (1, 8, 15):
        talked(ben, days, stamp=Compliance.HONOURED)
    db.commit()
    assert "Anna would say: we never hear from you" in seen(phone, anna)
    dates = re.findall(r"<td>([^<]*)</td><td>expected us and heard nothing</td>", seen(phone, anna))
    assert dates == ["26 October", "9 November", "16 November"]
    assert "Ben would say: you keep in touch the way I asked" in seen(phone, ben)
    assert "always the way they asked" in seen(phone, ben)


def test_what_went_wrong_is_in_it(phone, db, anna):
    factories.preference(anna, Channel.PHONE)
    talked(anna, 2, stamp=Compliance.HONOURED)
    opened = factories.NOW - timedelta(days=1)
    factories.save(Recovery(client_id=anna.client_id, cause="delivery missing", opened=opened))
    db.commit()
    text = seen(phone, anna)
    assert "<tr><td>yesterday</td><td>something went wrong</td></tr>" in text
    assert "something went wrong, and you have not talked with me about it" in text


def test_what_the_rules_demand_is_not_held_against_us(phone, db, anna):
    """A recap in writing for somebody who asked for calls (R3) is no reason to ask again."""
    factories.preference(anna, Channel.PHONE)
    for days in (2, 3):
        call = talked(anna, days, stamp=Compliance.HONOURED)
        mail = {"kind": Kind.EMAIL, "outcome": Outcome.WRITTEN, "reached": False}
        talked(anna, days, stamp=Compliance.NOT_HONOURED, recap_of_id=call.id, **mail)
    db.commit()
    assert "ask again." not in shown(phone, anna)


def test_rows_from_before_stamps_are_judged_where_they_are_read(phone, db, anna):
    factories.preference(anna, Channel.EMAIL)
    for days in (1, 2):
        talked(anna, days)
    db.commit()
    assert "They asked for e-mail; the last two were calls: ask again." in shown(phone, anna)


def test_a_conversation_is_offered_once_a_quarter_and_rests_when_declined(phone, db, owner, anna):
    factories.preference(anna, Channel.EMAIL, asked_on=date(2026, 7, 1))
    db.commit()
    assert "Offer a conversation once this quarter." in shown(phone, anna)
    data = {"key": "key-of-declined"}
    assert phone.post(f"/contacts/{anna.id}/talk-declined", data=data).status_code == 303
    assert "Offer a conversation" not in shown(phone, anna)
    assert db.scalar(sa.select(Need.said_on)) == date(2026, 11, 20)
    note = db.scalar(sa.select(Audit).where(Audit.action == "talk declined"))
    assert (note.user_id, note.details["contact"]) == (owner.id, anna.id)
    book = json.loads("".join(book_files.export(factories.NOW)))
    [client] = book["clients"]
    [need] = client["contacts"][0]["needs"]
    assert (need["words"], need["date"]) == ("no conversation for now", "2026-11-20")


def test_an_outsider_declines_nothing(db, sign_in, anna):
    outsider = sign_in(factories.user())
    assert outsider.post(f"/contacts/{anna.id}/talk-declined").status_code == 404
    assert db.scalar(sa.select(sa.func.count()).select_from(Need)) == 0


@pytest.mark.parametrize(
    ("asked_on", "asks"), [(None, True), (date(2026, 3, 1), True), (date(2026, 10, 3), False)]
)
def test_after_a_call_the_question_leads_back(phone, db, anna, asked_on, asks):
    if asked_on:
        factories.preference(anna, Channel.PHONE, asked_on=asked_on)
        db.commit()
    address = f"/interactions/new?client={anna.client_id}&contact={anna.id}&key=key-of-call"
    page = phone.get(address)
    assert ("Did you ask how they like to hear from us?" in page.text) is asks
    if not asks:
        return
    form = phone.get(found(rf'href="(/contacts/{anna.id}/preference[^"]*)"', page))
    back = found(r'name="next" value="([^"]*)"', form)
    saved = answer(phone, anna, next=back)
    assert saved.headers["Location"] == back
    again = phone.get(back)
    assert 'name="key" value="key-of-call"' in again.text
    assert "Did you ask" not in again.text


def test_nobody_heard_nothing_for_longer_than_we_know_them(phone, db, owner):
    """A client of one minute, a contact of yesterday at an old client, a colleague known longer."""
    phone.post(
        "/clients",
        data={"name": "New AS", "contact_name": "Nina New", "stage": "weekly"},
    )
    nina = db.scalars(sa.select(Contact).where(Contact.name == "Nina New")).one()
    assert "Added today: nothing to show yet." in seen(phone, nina)
    old = factories.client(owner, created_at=factories.NOW - timedelta(days=90))
    yesterday = factories.NOW.date() - timedelta(days=1)
    new = factories.contact(old, "Ola New", is_primary=True, new_since=yesterday)
    known = factories.contact(old, "Kari Known")
    db.commit()
    assert "Heard nothing from us in 1 day." in seen(phone, new)
    assert "we never hear from you" not in seen(phone, new)
    assert "Heard nothing from us in 28 days." in seen(phone, known)
