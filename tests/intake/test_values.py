"""Single values: what they become, and what is said when they are wrong."""

import pytest

from tests.intake.reading import all_problems, opened, read_value, rows


@pytest.mark.parametrize(
    ("written", "region", "expected"),
    [
        ("03-8174-9123", "AU", "+61381749123"),
        ("0458 665 290", "AU", "+61458665290"),
        ("458665290", "AU", "+61458665290"),
        ("+47 22 12 34 56", "AU", "+4722123456"),
        ("0047 22 12 34 56", "AU", "+4722123456"),
        ("'0381749123", "AU", "+61381749123"),
        ('="0381749123"', "AU", "+61381749123"),
        ("(212) 555-0199", "US", "+12125550199"),
        ("020 7946 0958", "uk", "+442079460958"),
        ("089/1234567", "DE", "+49891234567"),
    ],
)
def test_phones(written: str, region: str, expected: str) -> None:
    row, problems = read_value("phone", written, region)
    assert row.phone == expected
    assert not problems


@pytest.mark.parametrize(
    "written", ["03 8174", "8174 9123", "call the office", "12345678901234567890"]
)
def test_a_phone_that_is_none(written: str) -> None:
    row, problems = read_value("phone", written)
    assert row.phone is None
    assert row.phone_given == written
    assert problems == {"phone": f"“{written}” is not a phone number we can dial"}


def test_a_phone_that_the_spreadsheet_rounded() -> None:
    assert "rounded" in read_value("phone", "6.14587E+10")[1]["phone"]


def test_an_extension_is_kept_apart() -> None:
    row, _ = read_value("phone", "03 8174 9123 ext. 42")
    assert (row.phone, row.phone_extension) == ("+61381749123", "42")


@pytest.mark.parametrize("between", [" / ", "; ", ", ", " ::: ", "\n", " or "])
def test_two_numbers_in_one_cell(between: str) -> None:
    row, problems = read_value("phone", f"03 8174 9123{between}0458 665 290")
    assert (row.phone, row.phone_other) == ("+61381749123", "+61458665290")
    assert not problems


def test_the_first_number_that_can_be_dialled_is_the_phone() -> None:
    clients = opened("company,phone,mobile\nAcme,03 81,0458 665 290\nBeta,,0458 665 290\n")
    assert [row.phone for row in rows(clients)] == ["+61458665290", "+61458665290"]
    assert [row.phone_other for row in rows(clients)] == [None, None]


def test_the_country_of_the_row_rules_its_numbers() -> None:
    (row,) = rows(opened("company,country,phone,zip\nAcme,United States,212-555-0199,2139\n"))
    assert (row.country, row.phone, row.postcode) == ("US", "+12125550199", "02139")


def test_nobody_to_reach_yet_is_named() -> None:
    clients = opened("company,phone,email\nAcme,,\nBeta,03 81,\n")
    assert [row.company for row in rows(clients)] == ["Acme", "Beta"]
    assert all_problems(clients) == [
        (2, "", "No phone number and no e-mail yet"),
        (3, "phone", "“03 81” is not a phone number we can dial"),
        (3, "", "No phone number and no e-mail yet"),
    ]


def test_a_row_that_names_nobody_is_left_out() -> None:
    clients = opened("company,name,email\n,,a@b.example\nBeta,,b@b.example\n")
    assert [row.company for row in rows(clients)] == ["Beta"]
    assert all_problems(clients) == [(2, "", "No company and no name: this row was left out")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Dana@Halden.Example", "dana@halden.example"),
        ("Dana <dana@halden.example>", "dana@halden.example"),
        ("mailto:dana@halden.example", "dana@halden.example"),
        ("dana@halden.example; ben@halden.example", "dana@halden.example"),
        ("dana@", None),
        ("dana at halden", None),
        ("dana@halden", None),
        ("a..b@halden.example", None),
    ],
)
def test_email(written: str, expected: str | None) -> None:
    (row,) = rows(opened(f"company\te-mail\nAcme\t{written}\n"))
    assert row.email == expected


def test_a_wrong_email_is_named() -> None:
    clients = opened("company,E-Mail,phone\nAcme,dana@,03 8174 9123\n")
    assert all_problems(clients) == [(2, "E-Mail", "“dana@” is not an e-mail address")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        *[("AU", "AU"), ("aus", "AU"), ("Australia", "AU"), ("UK", "GB"), ("USA", "US")],
        *[("United Kingdom", "GB"), ("Deutschland", "DE"), ("Norge", "NO"), ("España", "ES")],
        *[("Norvège", "NO"), ("England", "GB"), ("The Netherlands", "NL"), ("Austrlia", None)],
        *[("EU", None), ("Europe", None)],
    ],
)
def test_country(written: str, expected: str | None) -> None:
    row, problems = read_value("country", written)
    assert row.country == expected
    assert ("country" in problems) == (expected is None)


@pytest.mark.parametrize(
    ("written", "region", "expected"),
    [
        *[("810", "AU", "0810"), ("3000", "AU", "3000"), ("3000.0", "AU", "3000")],
        *[("81", "AU", "81"), ("2139", "US", "02139"), ("2139-4307", "US", "02139-4307")],
        *[("150", "NO", "0150"), ("1067", "DE", "01067"), ("SW1A 1AA", "GB", "SW1A 1AA")],
        *[("810", "NZ", "810"), ("0810", "AU", "0810")],
    ],
)
def test_postcode(written: str, region: str, expected: str) -> None:
    assert read_value("postcode", written, region)[0].postcode == expected


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        ("59.91", "10.75", (59.91, 10.75)),
        ("59,91", "10,75", (59.91, 10.75)),
        ("33.86° S", "151.2 E", (-33.86, 151.2)),
        ("-90", "180", (-90.0, 180.0)),
        ("91", "10", (None, None)),
        ("59.91", "", (None, None)),
        ("0", "0", (None, None)),
        ("59.91.3", "10", (None, None)),
    ],
)
def test_coordinates(
    latitude: str, longitude: str, expected: tuple[float | None, float | None]
) -> None:
    (row,) = rows(opened(f"company;lat;lng\nAcme;{latitude};{longitude}\n"))
    assert (row.latitude, row.longitude) == expected


def test_a_latitude_out_of_range_is_named() -> None:
    assert read_value("latitude", "91")[1] == {
        "latitude": "“91” is not a latitude: a number from -90 to 90"
    }


CADENCES = {
    "daily": ["daily", "Every day", "1", "5x week"],
    "twice_weekly": ["2x week", "twice a week", "2 x per week", "Twice weekly", "two times a week"],
    "weekly": ["weekly", "every week", "7", "7 days", "once a week", "Wöchentlich", "1x/week"],
    "fortnightly": ["Fortnightly", "every 2 weeks", "every two weeks", "14 days", "biweekly"],
    "monthly": ["monthly", "every month", "30", "every 4 weeks", "once a month", "12x a year"],
    "quarterly": ["quarterly", "every 3 months", "90 days", "once a quarter", "4 times a year"],
}


@pytest.mark.parametrize(
    ("written", "stage"), [(word, stage) for stage, words in CADENCES.items() for word in words]
)
def test_cadence(written: str, stage: str) -> None:
    row, problems = read_value("cadence", written)
    assert row.cadence == stage
    assert ("cadence" in problems) == (written == "biweekly")


@pytest.mark.parametrize("written", ["yearly", "bimonthly", "when needed", "every 5 weeks"])
def test_a_rhythm_we_do_not_keep(written: str) -> None:
    row, problems = read_value("cadence", written)
    assert row.cadence is None
    assert problems["cadence"].startswith(f"“{written}” is not a rhythm we keep")


@pytest.mark.parametrize(
    ("heading", "written", "expected"),
    [
        *[
            ("channel", "Call", "phone"),
            ("channel", "In person", "visit"),
            ("channel", "SMS", "text"),
        ],
        *[("channel", "E-Mail", "email"), ("channel", "Teams", "video"), ("channel", "any", None)],
        *[("tier", "a", "A"), ("tier", "2", "B"), ("tier", "Bronze", "C"), ("tier", "Tier 1", "A")],
        *[
            ("status", "Active", "active"),
            ("status", "on hold", "paused"),
            ("status", "lost", "ended"),
        ],
        *[("timezone", "Europe/Oslo", "Europe/Oslo"), ("timezone", "europe/oslo", "Europe/Oslo")],
        ("timezone", "America/New York", "America/New_York"),
        ("timezone", "AUS Eastern Standard Time", "Australia/Sydney"),
        ("timezone", "america_slash_new_york", "America/New_York"),
        *[
            ("website", "acme.example", "https://acme.example"),
            ("town", "  New\u00a0 York ", "New York"),
        ],
        *[("role", "Mrs.", None), ("role", "Buyer", "Buyer"), ("owner", "Charlie B", "Charlie B")],
    ],
)
def test_words(heading: str, written: str, expected: str | None) -> None:
    row, problems = read_value(heading, written)
    assert getattr(row, heading) == expected
    assert not problems


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        *[("channel", "pigeon"), ("tier", "platinum"), ("status", "maybe"), ("timezone", "EST")],
        *[("timezone", "Mars/Base"), ("website", "javascript:alert(1)"), ("country", "Atlantis")],
    ],
)
def test_wrong_words_are_left_out_and_named(heading: str, written: str) -> None:
    row, problems = read_value(heading, written)
    assert getattr(row, heading) is None
    assert f"“{written}”" in problems[heading]


@pytest.mark.parametrize(
    ("header", "cells", "company", "contact"),
    [
        ("name,email", "Dana Whitfield,", "Dana Whitfield", "Dana Whitfield"),
        ("first name,last name,company", "Dana,Whitfield,Halden", "Halden", "Dana Whitfield"),
        ("first name,last name,company", ",,Halden", "Halden", None),
        ("first name,last name,company", ",Whitfield,", "Whitfield", "Whitfield"),
        ("full name,company", '"Whitfield, Dana",Halden', "Halden", "Dana Whitfield"),
        ("full name,company", '"Dana Whitfield, Jr.",Halden', "Halden", "Dana Whitfield, Jr."),
        ("name,contact", "N/A,Dana", "Dana", "Dana"),
    ],
)
def test_names(header: str, cells: str, company: str, contact: str | None) -> None:
    (row,) = rows(opened(f"{header}\n{cells}\n"))
    assert (row.company, row.contact_name) == (company, contact)


def test_address_lines_are_joined() -> None:
    (row,) = rows(opened('company,address 1,address 2\nAcme,"1 Main St\nLevel 3",Suite 4\n'))
    assert row.street == "1 Main St, Level 3, Suite 4"


def test_messages_can_be_translated() -> None:
    clients = opened("company,phone\nAcme,03 81\n")
    ((_, problems),) = clients.rows()
    german = {"“%(value)s” is not a phone number we can dial": "„%(value)s“ ist keine Nummer"}
    assert problems[0].problem.render(lambda text: german[text]) == "„03 81“ ist keine Nummer"
