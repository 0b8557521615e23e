"""The iCalendar file: RFC 5545 lines, UTC, and what may stand in them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pwa.operations.text.invitation_file import Invitation, Person, write

AT = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Europe/Oslo"))
NOW = datetime(2026, 11, 20, 9, 40, tzinfo=UTC)
EVENT = Invitation(
    uid="b1.7@rounds",
    sequence=0,
    at=AT,
    length=timedelta(minutes=20),
    summary="Call: Charlie Boone and Dana, of Halden; yes\\no",
    organizer=Person('Charlie "CB" Boone', "charlie@rounds.example"),
)


def test_a_file_without_an_address_is_published():
    assert write(EVENT, NOW).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rounds//Bookings//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:b1.7@rounds",
        "SEQUENCE:0",
        "DTSTAMP:20261120T094000Z",
        "DTSTART:20261124T140000Z",
        "DTEND:20261124T142000Z",
        "SUMMARY:Call: Charlie Boone and Dana\\, of Halden\\; yes\\\\no",
        "STATUS:CONFIRMED",
        'ORGANIZER;CN="Charlie  CB  Boone":mailto:charlie@rounds.example',
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_lines_are_folded_between_letters():
    content = write(replace(EVENT, place="Ærøskøbing æøå " * 12, summary="x\r\ny"), NOW)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    unfolded = content.decode().replace("\r\n ", "")
    assert "LOCATION:" + "Ærøskøbing æøå " * 12 in unfolded
    assert "SUMMARY:x\\ny" in unfolded


def test_nothing_typed_becomes_a_line_of_its_own():
    dana = Person("Dana\r\nX-EVIL:1", "dana@halden.example\r\nX-EVIL:2")
    content = write(replace(EVENT, attendee=dana, link="https://a.example/\r\nX-EVIL:3"), NOW)
    text = content.decode().replace("\r\n ", "")
    assert "METHOD:REQUEST" in text
    assert not any(line.startswith("X-EVIL") for line in text.split("\r\n"))
