"""An edit page that is saved untouched changes nothing: no field of a form may be forgotten."""

from datetime import date, time

import pytest
import sqlalchemy as sa

from pwa.models import Away, Phone, Preference, Role
from pwa.rules.maps.map_links import MapApp
from pwa.rules.vocabulary.enums import (
    Channel,
    ClientStatus,
    Priority,
    RequestKind,
    RequestStatus,
    Stage,
    Tier,
)
from pwa.rules.vocabulary.phones import PhoneLabel, TextBy
from tests import factories
from tests.web.forms.browser_form import untouched

pytestmark = pytest.mark.usefixtures("on_a_friday")

DAY = date(2026, 11, 12)
# What is computed from the row, counts its changes or says what became of it: no form's to keep.
NOT_TYPED = {
    "clients": "version match_key next_due owed_on promised_on later_on raised_on unasked spoken_at"
    " need_per_day usual_minutes search_key",
    "contacts": "phone_given phone_other archived_at number_wrong_since",
    "requests": "version",
    "promises": "version kept",
    "users": "deactivated_at phone_key",
    "preferences": "id recorded_at",
}


@pytest.fixture
def nora(db):
    return factories.user(Role.ADMINISTRATOR, name="Nora Vik")


@pytest.fixture
def client(db, charlie):
    row = factories.client(
        charlie,
        status=ClientStatus.PAUSED,
        tier=Tier.A,
        address="Kirkegata 3",
        town="Halden",
        state="Viken",
        postcode="1767",
        country="SE",
        timezone="Europe/Stockholm",
        latitude=59.125,
        longitude=11.375,
        website="https://halden.example",
        new_since=DAY,
    )
    row.away.append(Away(first_day=DAY, last_day=date(2026, 12, 1)))
    db.flush()
    return row


@pytest.fixture
def contact(client):
    return factories.contact(
        client,
        title="Dr.",
        suffix="CPA",
        role="Buyer",
        phone="+4722123456",
        extension="12",
        phones=[
            Phone(number="+46812345678", label=PhoneLabel.MOBILE, position=0),
            Phone(number="+4722123456", label=PhoneLabel.WORK, extension="12", position=1),
            Phone(number="+4722123456", position=2),
        ],
        email="dana@halden.example",
        timezone="America/New_York",
        is_primary=True,
        difficult=True,
        new_since=DAY,
        talk_declined_on=DAY,
        position=3,
    )


@pytest.fixture
def preference(contact, charlie):
    return factories.preference(
        contact,
        Channel.EMAIL,
        text_by=TextBy.WHATSAPP,
        days="mon,wed",
        opens=time(8),
        closes=time(10, 30),
        how_often=Stage.FORTNIGHTLY,
        about="the migration\nand its end",
        asked_on=date(2026, 11, 20),  # an answer is asked anew: today
        only_when_needed=True,
        compromise_words="Call when it matters",
        compromise_on=DAY,
        compromise_channel=Channel.PHONE,
        recorded_by_id=charlie.id,
    )


@pytest.fixture
def request_row(client, contact):
    return factories.request(
        client,
        contact_id=contact.id,
        kind=RequestKind.QUOTE,
        priority=Priority.HIGH,
        status=RequestStatus.DONE,
        due=DAY,
        closed_on=DAY,
    )


@pytest.fixture
def promise(client, contact, charlie, ingrid):
    values = {"made_by_id": charlie.id, "owner_id": ingrid.id, "falls_due": date(2026, 11, 24)}
    return factories.promise(client, contact_id=contact.id, **values)


@pytest.fixture
def person(team):
    return factories.user(
        Role.SUPERVISOR,
        team,
        country="SE",
        capacity_minutes=95,
        digest_at=time(8, 15),
        quiet_from=time(20, 5),
        quiet_to=time(6, 45),
        evening_at=time(16, 40),
        notice_days="mon,tue",
        muted_kinds="outcome",
        call_lead_minutes=10,
        visit_lead_minutes=45,
        full_names=True,
        map_app=MapApp.APPLE,
    )


def columns(row):
    """The stored values of a row by column; each is filled, or named in NOT_TYPED."""
    table = row.__table__
    names = set(table.columns.keys()) - set(NOT_TYPED.get(table.name, "").split())
    values = {name: getattr(row, name) for name in names}
    empty = {name for name, value in values.items() if value in (None, "", False, 0, [], {})}
    assert empty == set(), f"fill these columns of {table.name} in this test"
    return values


def save_untouched(phone, page, action):
    answer = phone.post(action, data=untouched(phone.get(page).text, action))
    assert answer.status_code == 303, answer.text


@pytest.mark.parametrize(
    ("name", "opened", "action"),
    [
        ("client", "/clients/{}/edit", "/clients/{}"),
        ("contact", "/contacts/{}/edit", "/contacts/{}"),
        ("request_row", "/requests/{}/edit", "/requests/{}"),
        ("promise", "/promises/{}/edit", "/promises/{}"),
        ("person", "/admin/people/{}", "/admin/people/{}"),
        ("team", "/admin/teams/{}", "/admin/teams/{}"),
    ],
)
def test_a_row_saved_untouched_stays_equal(request, db, sign_in, nora, name, opened, action):
    row = request.getfixturevalue(name)
    before = columns(row)
    save_untouched(sign_in(nora), opened.format(row.id), action.format(row.id))
    db.expire_all()
    assert columns(row) == before


def test_numbers_stay_with_their_contact(db, sign_in, charlie, contact):
    before = [(phone.id, phone.value) for phone in contact.phones]
    save_untouched(sign_in(charlie), f"/contacts/{contact.id}/edit", f"/contacts/{contact.id}")
    db.expire_all()
    assert [(phone.id, phone.value) for phone in contact.phones] == before


def test_days_away_stay_with_their_client(db, sign_in, charlie, client):
    before = [columns(block) for block in client.away]
    save_untouched(sign_in(charlie), f"/clients/{client.id}/edit", f"/clients/{client.id}")
    db.expire_all()
    assert [columns(block) for block in client.away] == before


def test_an_answer_given_again_is_the_same_answer(db, sign_in, charlie, contact, preference):
    before, address = columns(preference), f"/contacts/{contact.id}/preference"
    zone = contact.timezone
    save_untouched(sign_in(charlie), address, address)
    db.expire_all()
    again = db.scalar(sa.select(Preference).order_by(Preference.id.desc()).limit(1))
    assert again.id != preference.id
    assert columns(again) == before
    assert contact.timezone == zone


def test_a_users_own_hours_stay(db, sign_in, person):
    before = columns(person)
    save_untouched(sign_in(person), "/me", "/me/hours")
    db.expire_all()
    assert columns(person) == before
