"""A contact from another app: shared with Rounds, shown in the form, stored on a tap."""

import re

import pytest
import sqlalchemy as sa

from pwa.models import Contact
from pwa.rules.vocabulary.phones import PhoneLabel, PhoneNumber
from tests import factories
from tests.web.forms.browser_form import untouched

pytestmark = pytest.mark.usefixtures("on_a_friday")

CARD = """BEGIN:VCARD
VERSION:3.0
N:Berg;Anna;;Dr.;CPA
FN:Dr. Anna Berg\\, CPA
ORG:{company}
TITLE:Buyer
TEL;TYPE=CELL:912 34 567
TEL;TYPE=WORK:+47 22 12 34 56;ext=12
EMAIL:anna@elvebakk.example
PHOTO;ENCODING=b;TYPE=JPEG:{photo}
END:VCARD
"""
NUMBERS = [
    PhoneNumber("+4791234567", PhoneLabel.MOBILE),
    PhoneNumber("+4722123456", PhoneLabel.WORK, "12"),
]


@pytest.fixture
def owner(db):
    return factories.user(country="NO")


@pytest.fixture
def elvebakk(owner):
    return factories.client(owner, "Elvebakk AS")


@pytest.fixture
def phone(owner, elvebakk, sign_in):
    return sign_in(owner)


def share(phone, company="Elvebakk AS", text=CARD, photo="", **headers):
    card = text.replace("{company}", company).replace("{photo}", photo).encode()
    head = b'Content-Disposition: form-data; name="card"; filename="Anna Berg.vcf"'
    body = b"\r\n".join((b"--cut", head, b"Content-Type: text/x-vcard", b"", card, b"--cut--", b""))
    kind = "multipart/form-data; boundary=cut"
    return phone.post("/contacts/shared", data=body, content_type=kind, headers=headers)


def anna(db):
    db.expire_all()
    return db.scalar(sa.select(Contact).where(Contact.name == "Anna Berg"))


def test_the_manifest_asks_for_cards(phone):
    target = phone.get("/manifest.webmanifest").get_json(force=True)["share_target"]
    assert (target["action"], target["method"]) == ("/contacts/shared", "POST")
    assert target["enctype"] == "multipart/form-data"
    assert target["params"]["files"][0]["name"] == "card"
    assert "text/vcard" in target["params"]["files"][0]["accept"]


def test_a_shared_card_fills_the_form_and_is_stored_on_a_tap(phone, db, elvebakk):
    factories.client(elvebakk.owner, "Dahl AS")
    db.commit()
    form = share(phone, photo="A" * 1_500_000, **{"Sec-Fetch-Site": "none", "Origin": "null"})
    assert form.status_code == 200
    assert anna(db) is None
    fields = untouched(form.text, "/contacts")
    assert fields["client"] == str(elvebakk.id)
    assert phone.post("/contacts", data=fields).status_code == 303
    stored = anna(db)
    assert (stored.client_id, stored.title, stored.suffix) == (elvebakk.id, "Dr.", "CPA")
    assert (stored.role, stored.email) == ("Buyer", "anna@elvebakk.example")
    assert [row.value for row in stored.phones] == NUMBERS


def test_without_a_client_of_that_name_one_is_chosen(phone, db, elvebakk):
    form = share(phone, "Somewhere Ltd")
    fields = untouched(form.text, "/contacts")
    assert fields["client"] == ""
    answer = phone.post("/contacts", data=fields)
    assert answer.status_code == 422
    assert "Which client do they work for?" in answer.text
    assert 'value="Anna Berg"' in answer.text
    assert anna(db) is None


def test_somebody_elses_client_is_not_there(phone, db, elvebakk):
    theirs = factories.client(factories.user(), "Dahl AS")
    db.commit()
    form = share(phone, "Dahl AS")
    assert "Dahl AS" not in form.text
    fields = {**untouched(form.text, "/contacts").to_dict(), "client": str(theirs.id)}
    assert phone.post("/contacts", data=fields).status_code == 404


def test_a_card_of_a_new_company_begins_a_new_client(phone, db):
    fields = untouched(share(phone, "Dahl AS").text, "/contacts")
    form = phone.post("/contacts/shared/client", data=fields)
    assert form.status_code == 200
    made = {**untouched(form.text, "/clients").to_dict(), "name": "Dahl AS"}
    assert phone.post("/clients", data=made).status_code == 303
    stored = anna(db)
    assert (stored.client.name, stored.title) == ("Dahl AS", "Dr.")
    assert [row.value for row in stored.phones] == NUMBERS


def test_a_wrong_number_is_mended_before_the_new_client(phone):
    fields = {**untouched(share(phone).text, "/contacts").to_dict(), "phone_2": "12"}
    answer = phone.post("/contacts/shared/client", data=fields)
    assert answer.status_code == 422
    assert 'id="phone_2-problem"' in answer.text


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("", 422, "read a contact in what you shared"),
        ("hello", 422, "read a contact in what you shared"),
        ("BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n", 422, "read a contact in what you shared"),
        (CARD + CARD, 200, "You shared several contacts"),
        (CARD.replace("912 34 567", "gate 4").replace("+47 22 12 34 56;ext=12", ""), 200, "gate 4"),
    ],
)
def test_what_is_no_card_leaves_the_form_to_type_into(phone, text, status, words):
    answer = share(phone, text=text)
    assert answer.status_code == status
    assert words in answer.text.replace("&#39;", "'")
    assert re.search(r'<input[^>]* name="name"', answer.text)


def test_a_file_that_is_too_large_is_refused(phone):
    assert share(phone, photo="A" * 4_000_000).status_code == 413


def test_the_form_alone_and_for_strangers(phone, app):
    assert phone.get("/contacts/shared").status_code == 200
    signed_out = app.test_client()
    assert signed_out.get("/contacts/shared").status_code == 302
