"""Columns told by their headings, by a person's list, or by a person's mapping."""

import pytest

from pwa.intake import ColumnsNeeded, WrongColumns
from tests.intake.reading import fields, opened, rows

HUBSPOT = (
    "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Contact owner,"
    "Company name,Job Title,Street Address,City,State/Region,Postal Code,Country/Region,"
    "Time Zone,Website URL,Lead Status,Create Date"
)
SALESFORCE = (
    "Salutation,First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,"
    "Mailing State/Province,Mailing Zip/Postal Code,Mailing Country,Phone,Fax,Mobile,Email,"
    "Account Owner,Shipping City"
)
PIPEDRIVE = (
    "Person - Name,Person - Phone - Work,Person - Phone - Mobile,Person - Email - Work,"
    "Person - Owner,Organization - Name,Organization - Address,"
    "Organization - City/town/village/locality of Address,"
    "Organization - ZIP/Postal code of Address,Organization - Country of Address,"
    "Organization - Latitude of Address,Organization - Longitude of Address,Person - ID"
)
GOOGLE = (
    "First Name,Middle Name,Last Name,Organization Name,Organization Title,"
    "Organization Department,Notes,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,"
    "Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Formatted,Address 1 - Street,"
    "Address 1 - City,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,"
    "Website 1 - Value"
)
OUTLOOK = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,"
    "Business Street,Business Street 2,Business City,Business State,Business Postal Code,"
    "Business Country/Region,Home Street,Home City,Business Fax,Business Phone,Mobile Phone,"
    "E-mail Address,E-mail Display Name,Notes,Web Page"
)
PERSON = {"First Name": "first_name", "Last Name": "last_name"}


def mapped(header: str) -> dict[str, str]:
    row = ",".join("x" for _ in header.split(","))
    return {heading: field for heading, field in fields(f"{header}\n{row}\n").items() if field}


def test_hubspot() -> None:
    assert mapped(HUBSPOT) == PERSON | {
        **{"Email": "email", "Phone Number": "phone", "Mobile Phone Number": "phone_other"},
        **{"Contact owner": "owner", "Company name": "company", "Job Title": "role"},
        **{"Street Address": "street", "City": "town", "State/Region": "state"},
        **{"Postal Code": "postcode", "Country/Region": "country", "Time Zone": "timezone"},
        "Website URL": "website",
    }


def test_salesforce() -> None:
    assert mapped(SALESFORCE) == PERSON | {
        **{"Title": "role", "Account Name": "company", "Mailing Street": "street"},
        **{"Mailing City": "town", "Mailing State/Province": "state"},
        **{"Mailing Zip/Postal Code": "postcode", "Mailing Country": "country"},
        **{"Phone": "phone", "Mobile": "phone_other", "Email": "email", "Account Owner": "owner"},
    }


def test_pipedrive() -> None:
    assert mapped(PIPEDRIVE) == {
        **{"Person - Name": "full_name", "Person - Phone - Work": "phone"},
        **{"Person - Phone - Mobile": "phone_other", "Person - Email - Work": "email"},
        **{"Person - Owner": "owner", "Organization - Name": "company"},
        "Organization - Address": "street",
        "Organization - City/town/village/locality of Address": "town",
        "Organization - ZIP/Postal code of Address": "postcode",
        "Organization - Country of Address": "country",
        "Organization - Latitude of Address": "latitude",
        "Organization - Longitude of Address": "longitude",
    }


def test_google_contacts() -> None:
    assert mapped(GOOGLE) == PERSON | {
        **{"Organization Name": "company", "Organization Title": "role", "Notes": "note"},
        **{"E-mail 1 - Value": "email", "Phone 1 - Value": "phone"},
        **{"Phone 2 - Value": "phone_other", "Address 1 - Street": "street"},
        **{"Address 1 - City": "town", "Address 1 - Region": "state"},
        **{"Address 1 - Postal Code": "postcode", "Address 1 - Country": "country"},
        "Website 1 - Value": "website",
    }


def test_outlook() -> None:
    assert mapped(OUTLOOK) == PERSON | {
        **{"Company": "company", "Job Title": "role", "Business Street": "street"},
        **{"Business Street 2": "street", "Business City": "town", "Business State": "state"},
        **{"Business Postal Code": "postcode", "Business Country/Region": "country"},
        **{"Business Phone": "phone", "Mobile Phone": "phone_other"},
        **{"E-mail Address": "email", "Notes": "note", "Web Page": "website"},
    }


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Company,Contact,Phone,Tier,Cadence", "company full_name phone tier cadence"),
        ("Name,Phone,Email", "full_name phone email"),
        ("Name,Contact person,Tel.", "company full_name phone"),
        ("CUSTOMER_NAME,contactName,ZIP", "company - postcode"),
        ("Client,Preferred channel,Time zone,Account manager", "company channel timezone owner"),
        ("Firma,Vorname,Name,Straße,PLZ,Ort", "company first_name last_name street postcode town"),
        ("Société,Prénom,Nom,Téléphone,Ville", "company first_name last_name phone town"),
        ("Empresa,Nombre,Apellidos,Móvil,País", "company first_name last_name phone country"),
        ("Bedrift,Fornavn,Etternavn,E-post,Sted", "company first_name last_name email town"),
        ("Bedrift,Kontaktperson,Tlf,Postnr", "company full_name phone postcode"),
        ("Company,Last contact,Account number,Company size", "company - - -"),
        ("Company,City,Town,Phone,Phone,Phone", "company town - phone phone_other phone_other"),
    ],
)
def test_everyday_headings(header: str, expected: str) -> None:
    row = ",".join("x" for _ in header.split(","))
    columns = opened(f"{header}\n{row}\n").columns
    assert [column.field or "-" for column in columns] == expected.split()


def test_what_is_not_read_is_named() -> None:
    clients = opened("company,Shoe size,,Shoe size\nAcme,44,x,45\n")
    assert clients.unmapped == ["Shoe size", "Column 3", "Shoe size (2)"]
    assert clients.sample == [["Acme", "44", "x", "45"]]


@pytest.mark.parametrize(
    "first",
    [
        "Acme,Dana Whitfield,dana@acme.example,03 8174 9123",
        "Gold Coast Ltd,Phone,0458 665 290",
        "Acme,https://acme.example,Leith",
    ],
)
def test_a_list_without_headings_asks_for_columns(first: str) -> None:
    with pytest.raises(ColumnsNeeded, match="--columns") as caught:
        opened(f"{first}\nBeta,x,y\n")
    assert not caught.value.has_header
    assert caught.value.rows[0] == first.split(",")


@pytest.mark.parametrize("first", ["Colour,Shape", "Phone,Town"])
def test_headings_that_name_nobody_ask_for_columns(first: str) -> None:
    with pytest.raises(ColumnsNeeded) as caught:
        opened(f"{first}\nred,round\n")
    assert caught.value.has_header


def test_columns_given_in_order() -> None:
    text = "Acme,44,dana@acme.example\nBeta,45,b@b.example\n"
    clients = opened(text, columns=["company", "-", "email"])
    assert [(row.number, row.company, row.email) for row in rows(clients)] == [
        (1, "Acme", "dana@acme.example"),
        (2, "Beta", "b@b.example"),
    ]
    assert [column.field for column in clients.columns] == ["company", None, "email"]


def test_columns_given_for_a_list_with_headings_skip_them() -> None:
    (row,) = rows(opened("company,email\nAcme,a@b.example\n", columns=["full_name", "email"]))
    assert (row.number, row.contact_name) == (2, "Acme")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (["company", "shoe"], "“shoe” is not something a client has"),
        (["company", "email", "phone"], "You named 3 columns, this list has 2"),
        (["-", "email"], "say which one does"),
    ],
)
def test_columns_that_do_not_fit(columns: list[str], words: str) -> None:
    with pytest.raises(WrongColumns, match=words):
        opened("Acme,a@b.example\n", columns=columns)


def test_a_persons_mapping_overrules_the_names() -> None:
    text = "Colour,Company,Phone\nAcme,red,03 8174 9123\n"
    clients = opened(text, mapping={"Colour": "company", "Company": "note"})
    (row,) = rows(clients)
    assert (row.company, row.note, row.phone) == ("Acme", "red", "+61381749123")


def test_a_mapping_can_leave_a_column_out() -> None:
    clients = opened("Company,Phone\nAcme,03 8174 9123\n", mapping={"Phone": "-"})
    assert rows(clients)[0].phone is None
    assert clients.unmapped == ["Phone"]


@pytest.mark.parametrize("mapping", [{"Nowhere": "company"}, {"Company": "shoe"}, {"Company": ""}])
def test_a_mapping_that_fits_nowhere(mapping: dict[str, str]) -> None:
    with pytest.raises(WrongColumns):
        opened("Company,Phone\nAcme,03 8174 9123\n", mapping=mapping)


def test_an_unknown_region() -> None:
    with pytest.raises(WrongColumns, match="Atlantis"):
        opened("company\nAcme\n", region="Atlantis")
