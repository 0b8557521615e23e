"""The numbers and names of the people at a client: shown, dialled, typed."""

import re

import pytest
import sqlalchemy as sa

from pwa.models import Contact, Phone
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.clients.phone_numbers import number_for_texts, other_numbers, set_numbers
from pwa.rules.vocabulary.enums import Channel
from pwa.rules.vocabulary.phones import PhoneLabel, PhoneNumber, TextBy
from tests import factories
from tests.web.pages import stamp_of

pytestmark = pytest.mark.usefixtures("on_a_friday")

BEN = {"key": "key-of-ben", "name": "Ben Ray", "phone": "22 12 34 57"}
WORK = PhoneNumber("+4722123456", PhoneLabel.WORK, "12")
MOBILE = PhoneNumber("+46701234567", PhoneLabel.MOBILE)


@pytest.fixture
def owner(db):
    return factories.user(country="NO")


@pytest.fixture
def dana(owner):
    rows = [Phone(**number._asdict(), position=row) for row, number in enumerate((WORK, MOBILE))]
    return factories.contact(factories.client(owner), extension="12", phones=rows)


@pytest.fixture
def phone(owner, dana, sign_in):
    return sign_in(owner)


def stored(db, name="Ben Ray"):
    db.expire_all()
    return db.scalar(sa.select(Contact).where(Contact.name == name))


def links(text):
    """(address, accessible name) of what dials on a page."""
    dials = re.compile(r'<a class="[^"]*" href="(tel:[^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
    named = re.compile('aria-label="([^"]*)"')
    return [
        (link, match[1] if (match := named.search(rest)) else re.sub("<[^>]*>", "", words).strip())
        for link, rest, words in dials.findall(text)
    ]


def test_each_number_is_dialled_by_a_link_of_its_own(phone, dana):
    text = phone.get(f"/clients/{dana.client_id}").text
    assert links(text) == [
        ("tel:+4722123456,12", "Call Dana"),
        ("tel:+4722123456,12", "Call Dana, work"),
        ("tel:+46701234567", "Call Dana, mobile"),
    ]
    # The reader is in Norway: its numbers as it writes them, others with their country.
    for words in ("22 12 34 56", "+46 70 123 45 67", "ext. 12"):
        assert words in text, words
    assert text.count('data-behaviour="dial"') >= 3


def test_colleagues_have_theirs_in_the_list(phone, db, dana):
    both = [Phone(number="+4722123451", position=0), Phone(number="+4722123452", position=1)]
    factories.contact(dana.client, "Ben Ray", phone="+4722123451", phones=both)
    factories.contact(dana.client, "Eva Ek", phone="+4722123453", extension="7")
    db.commit()
    assert links(phone.get(f"/clients/{dana.client_id}").text)[3:] == [
        ("tel:+4722123451", "Call Ben, main number"),
        ("tel:+4722123452", "Call Ben, other"),
        ("tel:+4722123453,7", "Call Eva"),
    ]


def test_no_number_is_offered_before_a_recovery_is_prepared(phone, db, dana):
    factories.recovery(dana.client, contact_id=dana.id)
    db.commit()
    assert "tel:" not in phone.get(f"/clients/{dana.client_id}").text


def test_the_list_and_the_day_dial_the_extension(phone, db, dana):
    refresh_due_dates([dana.client_id], factories.NOW)
    db.commit()
    assert ("tel:+4722123456,12", "Call Dana") in links(phone.get("/clients").text)
    today = phone.get("/today").text
    assert ("tel:+4722123456,12", "Call Dana") in links(today)
    assert "ext. 12" in today


@pytest.mark.parametrize("typed", ["+46 70 123", "4670123", "22 12 34", "2212"])
def test_a_client_is_found_by_any_number(phone, db, dana, typed):
    form = {"key": "key-of-dana", "name": dana.name, "phone": "22123456"}
    form |= {"phone_2": "+46701234567", "stamp": stamp_of(phone.get(f"/contacts/{dana.id}/edit"))}
    assert phone.post(f"/contacts/{dana.id}", data=form).status_code == 303
    assert "Halden Freight" in phone.get("/clients", query_string={"q": typed}).text


def test_numbers_are_added_with_kind_and_extension(phone, db, dana):
    rows = {"phone_label": "work", "phone_extension": "7", "phone_2": "+46 70 123 45 67"}
    data = {**BEN, **rows, "phone_2_label": "mobile", "phone_3": " ", "dial": "phone_2"}
    assert phone.post(f"/clients/{dana.client_id}/contacts", data=data).status_code == 303
    ben = stored(db)
    assert [row.value for row in ben.phones] == [
        PhoneNumber("+4722123457", PhoneLabel.WORK, "7"),
        MOBILE,
    ]
    assert (ben.phone, ben.extension) == ("+46701234567", None)
    assert other_numbers(ben) == [PhoneNumber("+4722123457", PhoneLabel.WORK, "7")]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("22 12 34 57 ext 7", [PhoneNumber("+4722123457", None, "7")]),
        ("22 12 34 57 poste 12", [PhoneNumber("+4722123457", None, "12")]),
        ("22 12 34 57p12", [PhoneNumber("+4722123457", None, "12")]),
        ("22123457,22123458", [PhoneNumber("+4722123457"), PhoneNumber("+4722123458")]),
        ("22\u202f12\u202f34\u202f57", [PhoneNumber("+4722123457")]),
    ],
)
def test_what_stands_in_the_field_of_a_number_is_read(phone, db, dana, typed, numbers):
    phone.post(f"/clients/{dana.client_id}/contacts", data={**BEN, "phone": typed})
    assert [row.value for row in stored(db).phones] == numbers


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("phone_2", "12", "too short"),
        ("phone_extension", "desk", "Write the extension in digits"),
        ("phone_2_extension", "12", "Which number does this extension belong to?"),
        ("phone_label", "boat", "Choose one of the list"),
    ],
)
def test_a_problem_stands_beside_its_field_and_nothing_is_lost(
    phone, db, dana, field, typed, words
):
    data = {**BEN, "phone_3": "+46701234567", "phone_3_label": "home", "dial": "phone_3"}
    answer = phone.post(f"/clients/{dana.client_id}/contacts", data={**data, field: typed})
    assert answer.status_code == 422
    assert words in answer.text
    named = "phone_2" if field == "phone_2_extension" else field
    assert f'id="{named}-problem"' in answer.text
    for value in ("22 12 34 57", "+46701234567"):
        assert f'value="{value}"' in answer.text
    assert re.search(r'value="phone_3"\s+checked', answer.text)
    assert stored(db) is None


def test_an_empty_row_removes_a_number_and_the_first_is_dialled(phone, db, dana):
    form = phone.get(f"/contacts/{dana.id}/edit")
    assert 'value="+46 70 123 45 67"' in form.text
    data = {"key": "key-of-dana", "name": dana.name, "phone": "", "phone_2": "+46 70 123 45 67"}
    phone.post(f"/contacts/{dana.id}", data={**data, "stamp": stamp_of(form), "dial": "phone"})
    dana = stored(db, "Dana Whitfield")
    assert [row.number for row in dana.phones] == ["+46701234567"]
    assert (dana.phone, dana.extension) == ("+46701234567", None)


def test_a_form_of_address_is_kept_apart(phone, db, dana):
    data = {**BEN, "name": "Dr. Anna Berg, CPA"}
    phone.post(f"/clients/{dana.client_id}/contacts", data=data)
    anna = stored(db, "Anna Berg")
    assert (anna.title, anna.suffix) == ("Dr.", "CPA")
    text = phone.get(f"/clients/{dana.client_id}").text
    assert "Dr. Anna Berg, CPA" in text
    assert "How Anna likes to hear from us" in text
    assert "Halden Freight" in phone.get("/clients?q=dr+anna").text


def test_whatsapp_is_a_link_where_they_prefer_it(phone, db, dana):
    factories.preference(dana, Channel.TEXT, text_by=TextBy.WHATSAPP)
    db.commit()
    assert "WhatsApp first" in phone.get(f"/clients/{dana.client_id}").text
    update = phone.get(f"/contacts/{dana.id}/update").text
    assert 'href="https://wa.me/46701234567?text=' in update
    assert "WhatsApp Dana" in update
    asked = phone.get(f"/contacts/{dana.id}/time-to-talk").text
    assert "https://wa.me/46701234567?text=" in asked
    assert "Open WhatsApp" in asked


def test_texts_go_to_the_mobile(db, dana):
    assert number_for_texts(dana) == "+46701234567"
    dana.phones[:] = []
    assert number_for_texts(dana) == "+4722123456"


def test_the_way_of_texts_is_kept_with_the_preference(phone, db, dana):
    data = {"key": "key-of-text", "channel": "text", "text_by": "whatsapp"}
    address = f"/contacts/{dana.id}/preference"
    assert phone.post(address, data={**data, "asked_on": "2026-11-20"}).status_code == 303
    db.expire_all()
    assert dana.preference.text_by is TextBy.WHATSAPP
    assert re.search(r'value="whatsapp"[^>]* checked', phone.get(address).text)


def test_a_wrong_number_is_dialled_nowhere_and_a_labelled_one_takes_its_place(phone, db, dana):
    set_numbers(dana, [PhoneNumber("+4722123456"), PhoneNumber("+4791234567", PhoneLabel.MOBILE)])
    dana.number_wrong_since = factories.NOW
    db.commit()
    for address in (f"/clients/{dana.client_id}", "/clients"):
        assert "tel:+4722123456" not in phone.get(address).text
    assert "tel:+4791234567" in phone.get(f"/clients/{dana.client_id}").text
    index = phone.get("/clients/index.json").json["clients"][0]
    assert index[3][0][2] == ["+4791234567"]
    page = phone.get(f"/contacts/{dana.id}/number").text
    assert 'value="+4791234567"' in page
    phone.post(f"/contacts/{dana.id}/number", data={"key": "k" * 36, "use_number": "+4791234567"})
    db.expire_all()
    assert (dana.dial_phone, dana.numbers) == (
        "+4791234567",
        [PhoneNumber("+4791234567", PhoneLabel.MOBILE)],
    )
