"""vCards 2.1, 3.0 and 4.0 as phones, Apple, Google and Outlook write them."""

import pytest

from pwa.intake import NotAList
from tests.intake.reading import all_problems, opened, rows

OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BC=
ller;Zo=C3=AB;;;
ORG;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:B=E4cker;Sales
TITLE:Buyer
TEL;CELL:0458-665-290
TEL;WORK;FAX:03-8174-0000
TEL;WORK;PREF:03-8174-9123
ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;1 Main St=0D=0ALevel 3;Leith;TAS;7315;Australia
EMAIL;INTERNET:Zoe@Example.com
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQEAYABgAAD/
 2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8U

END:VCARD
"""
USUAL = """BEGIN:VCARD
VERSION:3.0
N:Whitfield;Dana;;Ms;
FN:Dana Whitfield
ORG:Halden Freight\\, Ltd;Depot
item1.TEL;type=WORK;type=VOICE:+47 22 12 34 56
item1.X-ABLabel:_$!<Work>!$_
TEL;TYPE=CELL,VOICE:+47 922 12 345
EMAIL;TYPE=INTERNET:dana@halden.example
ADR;TYPE=HOME:;;Somewhere 9;Moss;;1511;Norway
ADR;TYPE=WORK,PREF:;;Quay 1\\; Gate 2;Oslo;;0150;Norway
GEO:59.91;10.75
TZ:Europe/Oslo
URL:https://halden.example
NOTE:Prefers mornings.\\nAsk about the
  new depot.
END:VCARD
"""
NEW = """BEGIN:VCARD
VERSION:4.0
FN:Omar Ng
N:Ng;Omar;;;
TEL;VALUE=uri;PREF=1;TYPE="voice,work":tel:+61-3-8174-9123;ext=42
GEO:geo:-42.9,147.3
ADR;GEO="geo:12.3,78.9";LABEL="Mr: Ng; 1 Main":;;1 Main St;Leith;TAS;7315;AU
END:VCARD
"""


def test_version_2_1() -> None:
    (row,) = rows(opened(OLD))
    assert (row.company, row.contact_name, row.role) == ("Bäcker", "Zoë Müller", "Buyer")
    assert (row.phone, row.phone_other) == ("+61381749123", "+61458665290")
    assert (row.email, row.street) == ("zoe@example.com", "1 Main St, Level 3")
    assert (row.town, row.state, row.postcode, row.country) == ("Leith", "TAS", "7315", "AU")


def test_version_3() -> None:
    clients = opened(USUAL)
    (row,) = rows(clients)
    assert (row.company, row.contact_name) == ("Halden Freight, Ltd", "Dana Whitfield")
    assert (row.phone, row.phone_other) == ("+4722123456", "+4792212345")
    assert (row.street, row.town, row.postcode) == ("Quay 1; Gate 2", "Oslo", "0150")
    assert (row.latitude, row.longitude, row.timezone) == (59.91, 10.75, "Europe/Oslo")
    assert row.note == "Prefers mornings.\nAsk about the new depot."
    assert clients.unmapped == ["X-ABLABEL"]
    assert not all_problems(clients)


def test_version_4() -> None:
    (row,) = rows(opened(NEW))
    assert (row.company, row.contact_name) == ("Omar Ng", "Omar Ng")
    assert (row.phone, row.phone_extension) == ("+61381749123", "42")
    assert (row.latitude, row.longitude, row.postcode) == (-42.9, 147.3, "7315")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_many_cards_in_any_dress(encoding: str, ending: str) -> None:
    text = (OLD + USUAL + NEW).replace("\n", ending)
    read_rows = rows(opened(text.encode(encoding), filename="contacts.vcf"))
    assert [(row.number, row.contact_name) for row in read_rows] == [
        (1, "Zoë Müller"),
        (2, "Dana Whitfield"),
        (3, "Omar Ng"),
    ]


def test_a_card_of_a_company_has_no_person() -> None:
    (row,) = rows(opened("BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:Acme\nORG:Acme\nEND:VCARD\n"))
    assert (row.company, row.contact_name) == ("Acme", None)


def test_wrong_cards_do_not_stop_right_ones() -> None:
    broken = "BEGIN:VCARD\nVERSION:3.0\nrubbish\nFN:Bo\nTEL:12\n"
    clients = opened(broken + "BEGIN:VCARD\nVERSION:3.0\nEMAIL:a@b.example\nEND:VCARD\n" + NEW)
    assert [row.contact_name for row in rows(clients)] == ["Bo", "Omar Ng"]
    assert all_problems(clients) == [
        (1, "", "This card stops in the middle"),
        (1, "TEL", "“12” is not a phone number we can dial"),
        (1, "", "No phone number and no e-mail yet"),
        (2, "", "No company and no name: this row was left out"),
    ]


def test_a_card_file_without_cards() -> None:
    with pytest.raises(NotAList, match="no contact card"):
        opened("company\nAcme\n", filename="contacts.VCF")
