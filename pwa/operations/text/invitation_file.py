"""The invitation to a booked conversation as an iCalendar file (RFC 5545, RFC 5546).

One event with UTC times needs no library: lines are escaped, folded at 75 octets and end in CRLF.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FOLD_AT = 75  # octets
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in an invitation."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """An event: `uid` stays when it is moved, `sequence` grows. `attendee` None if no e-mail
    address is known: then the file is published rather than a request."""

    uid: str
    sequence: int
    at: datetime
    length: timedelta
    summary: str
    organizer: Person
    attendee: Person | None = None
    place: str | None = None
    link: str | None = None
    cancelled: bool = False

    @property
    def method(self) -> str:
        """What the recipient's calendar is to do with it."""
        if self.cancelled:
            return "CANCEL"
        return "REQUEST" if self.attendee else "PUBLISH"


def write(invitation: Invitation, now: datetime) -> bytes:
    """The file; `now` is the moment at which it is made."""
    return "".join(f"{_fold(line)}\r\n" for line in _lines(invitation, now)).encode()


def _lines(invitation: Invitation, now: datetime) -> list[str]:
    where = invitation.place or invitation.link
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rounds//Bookings//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{invitation.method}",
        "BEGIN:VEVENT",
        f"UID:{_text(invitation.uid)}",
        f"SEQUENCE:{invitation.sequence}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(invitation.at)}",
        f"DTEND:{_utc(invitation.at + invitation.length)}",
        f"SUMMARY:{_text(invitation.summary)}",
        f"LOCATION:{_text(where)}" if where else "",
        f"URL:{_uri(invitation.link)}" if invitation.link else "",
        f"STATUS:{'CANCELLED' if invitation.cancelled else 'CONFIRMED'}",
        f"ORGANIZER;CN={_quoted(invitation.organizer.name)}:{_mailto(invitation.organizer)}",
    ]
    if invitation.attendee:
        person = invitation.attendee
        lines.append(
            f"ATTENDEE;CN={_quoted(person.name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION"
            f";RSVP=TRUE:{_mailto(person)}"
        )
    return [line for line in [*lines, "END:VEVENT", "END:VCALENDAR"] if line]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line break are escaped."""
    value = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return value


def _quoted(value: str) -> str:
    """A quoted parameter, which can hold neither quotes nor line breaks."""
    return '"' + re.sub(r'[\x00-\x1f\x7f"]', " ", value) + '"'


def _uri(value: str) -> str:
    return re.sub(r"[\x00-\x20\x7f]", "", value)


def _mailto(person: Person) -> str:
    return f"mailto:{_uri(person.email)}"


def _fold(line: str) -> str:
    """At most 75 octets a line, no character cut apart; what follows begins with a space."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > FOLD_AT:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    return "\r\n".join([*pieces, piece])
