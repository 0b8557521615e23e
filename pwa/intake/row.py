"""Reads a row of a list into normalised values."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from pwa.intake.messages import N_, Cells, Message, Problem
from pwa.intake.text import clean, one_line
from pwa.intake.values import contact, place, words
from pwa.intake.values.phone import REGIONS, Phone, phone_label, read_phones

LONGEST_NOTE = 10_000
LONGEST_TEXT = 250

T = TypeVar("T")
Reader = Callable[[str], tuple[T | None, Message | None]]


@dataclass(frozen=True, slots=True)
class Row:
    """A client and its contact; None where the list has no value.

    `number` is the row as a spreadsheet shows it: the headings are row 1, empty rows count, a
    quoted line break does not start a new row, Excel's `sep=` line is not shown. For vCards it
    is the number of the card, from 1.
    """

    number: int
    company: str  # the person's name where no company is given
    contact_name: str | None
    title: str | None  # form of address and the letters after the name, where they stand apart
    suffix: str | None
    role: str | None
    phone: str | None  # E.164
    phone_extension: str | None  # of `phone`
    phone_given: str | None  # as written in the file, valid or not
    phone_other: str | None  # E.164
    phones: tuple[Phone, ...]  # every number, `phone` the first
    email: str | None  # lower case
    street: str | None
    town: str | None
    state: str | None
    postcode: str | None
    country: str | None  # ISO 3166, two letters; only where the list says so
    latitude: float | None  # degrees; both or neither
    longitude: float | None
    owner: str | None  # an e-mail address or a name, as given
    cadence: str | None  # a stage of R8
    channel: str | None  # phone, video, visit, email, text
    timezone: str | None  # IANA
    tier: str | None  # A, B, C
    website: str | None
    note: str | None
    status: str | None  # active, paused, ended


def read_row(number: int, cells: Cells, region: str) -> tuple[Row | None, list[Problem]]:
    """The row in these cells, without its invalid values; each of those is a problem.

    None if neither a company nor a person is named. `region` is the two-letter country of
    phone numbers and post codes where the row names no country.
    """
    reading = _Reading(number, cells)
    name = reading.name()
    company = reading.text("company") or name
    if company is None:
        reading.add("", Message(N_("No company and no name: this row was left out")))
        return None, reading.problems
    return reading.row(company, name, region), reading.problems


class _Reading:
    """Collects the problems of one row while its values are read."""

    def __init__(self, number: int, cells: Cells) -> None:
        self.number = number
        self.cells = cells
        self.problems: list[Problem] = []

    def row(self, company: str, name: str | None, region: str) -> Row:
        role = self.text("role")
        country = self.value("country", place.read_country)
        phone_region = country if country in REGIONS else region
        phones = self.phones(phone_region)
        email = self.value("email", contact.read_email)
        if not phones and not email:
            self.add("", Message(N_("No phone number and no e-mail yet")))
        postcode = self.text("postcode")
        latitude, longitude = self.coordinates()
        return Row(
            number=self.number,
            company=company,
            contact_name=name,
            title=self.text("title") or contact.read_form_of_address(role),
            suffix=self.text("suffix"),
            role=contact.read_role(role) if role else None,
            phone=phones[0].e164 if phones else None,
            phone_extension=phones[0].extension if phones else None,
            phone_given=self.text("phone") or self.text("phone_other"),
            phone_other=phones[1].e164 if len(phones) > 1 else None,
            phones=tuple(phones),
            email=email,
            street=self.joined("street"),
            town=self.text("town"),
            state=self.text("state"),
            postcode=place.pad_postcode(postcode, country or region) if postcode else None,
            country=country,
            latitude=latitude,
            longitude=longitude,
            owner=self.text("owner"),
            cadence=self.value("cadence", words.read_cadence),
            channel=self.value("channel", words.read_channel),
            timezone=self.value("timezone", contact.read_timezone),
            tier=self.value("tier", words.read_tier),
            website=self.value("website", contact.read_website),
            note=self.note(),
            status=self.value("status", words.read_status),
        )

    def add(self, column: str, problem: Message) -> None:
        self.problems.append(Problem(self.number, column, problem))

    def filled_cells(self, field: str) -> list[tuple[str, str]]:
        """(heading, cleaned text) of the cells of a field that are not empty."""
        if field not in self.cells:
            return []
        cleaned = ((cell.heading, clean(cell.text)) for cell in self.cells[field])
        return [(heading, text) for heading, text in cleaned if text]

    def text(self, field: str) -> str | None:
        for heading, text in self.filled_cells(field):
            return self.cut(heading, one_line(text), LONGEST_TEXT)
        return None

    def joined(self, field: str) -> str | None:
        parts = [
            (heading, ", ".join(text.splitlines())) for heading, text in self.filled_cells(field)
        ]
        if not parts:
            return None
        return self.cut(parts[0][0], one_line(", ".join(text for _, text in parts)), LONGEST_TEXT)

    def note(self) -> str | None:
        for heading, text in self.filled_cells("note"):
            return self.cut(heading, "\n".join(text.splitlines()), LONGEST_NOTE)
        return None

    def cut(self, heading: str, text: str, longest: int) -> str:
        if len(text) <= longest:
            return text
        text_too_long = N_("This is very long: we kept the first %(count)s characters")
        if not any(problem.column == heading for problem in self.problems):
            self.add(heading, Message(text_too_long, {"count": longest}))
        return text[:longest].rstrip()

    def value(self, field: str, read: Reader[T]) -> T | None:
        """The first cell of the field that can be read."""
        for heading, text in self.filled_cells(field):
            value, problem = read(one_line(text))
            if problem:
                self.add(heading, problem)
            if value is not None:
                return value
        return None

    def name(self) -> str | None:
        full, first, last = map(self.text, ("full_name", "first_name", "last_name"))
        if full:
            return contact.natural_order(full, last if first else None)
        return contact.joined_name(first, last)

    def phones(self, region: str) -> list[Phone]:
        """The different numbers of all phone columns, in the order of the columns."""
        phones: dict[str, Phone] = {}
        for cell in (*self.cells.get("phone", ()), *self.cells.get("phone_other", ())):
            label = phone_label(cell.kind or cell.heading)
            for phone, problem in read_phones(clean(cell.text), region):
                if phone:
                    phones.setdefault(phone.e164, replace(phone, label=label))
                if problem:
                    self.add(cell.heading, problem)
        return list(phones.values())

    def coordinates(self) -> tuple[float | None, float | None]:
        latitude = self.value("latitude", place.read_latitude)
        longitude = self.value("longitude", place.read_longitude)
        if latitude is None or longitude is None:
            return None, None
        if latitude == longitude == 0:  # the value of geocoders without a match
            return None, None
        return latitude, longitude
