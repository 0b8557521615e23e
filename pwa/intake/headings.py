"""Maps headings of exported lists to fields."""

from pwa.intake.heading_words import IGNORED_HEADINGS, NOISE, SECOND_CHOICE, WORDS
from pwa.intake.text import fold

FIELDS = (
    *("company", "first_name", "last_name", "full_name", "role"),
    *("phone", "phone_other", "email"),
    *("street", "town", "state", "postcode", "country", "latitude", "longitude"),
    *("owner", "cadence", "channel", "timezone", "tier", "website", "note", "status"),
)
NAME = "name"  # of a person or a company, by the other columns
_JOINED = frozenset({"phone", "phone_other", "email"})


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {
        fold(word): field
        for field, words in table.items()
        for word in words.replace("\n", ",").split(",")
        if word.strip()
    }


_FIRST = _by_word(WORDS)
_SECOND = _by_word(SECOND_CHOICE)
_IGNORED = frozenset(fold(word) for word in IGNORED_HEADINGS.split(","))


def recognise(heading: str) -> str | None:
    """The field of a heading on its own, or None; `"name"` may be a person's or a company's."""
    match = _look_up(heading)
    return match[0] if match else None


def _look_up(heading: str) -> tuple[str, bool] | None:
    """(field, whether the heading is a usual one for it), or None."""
    words = fold(heading)
    bare = " ".join(word for word in words.split() if word not in NOISE)
    if not words or words in _IGNORED:
        return None
    for known in (words, bare):
        if known in _FIRST:
            return _FIRST[known], True
        if known in _SECOND:
            return _SECOND[known], False
    return None


def assign(headings: list[str]) -> list[str | None]:
    """The field of every column. All phone and e-mail columns count; of others the first one.

    The first phone column is `phone`, later ones `phone_other`. A second address line joins
    `street`. Second-choice headings (a home address, "Title") count only where no usual one is.
    """
    matches = [_look_up(heading) for heading in headings]
    usual = {match[0] for match in matches if match and match[1]}
    fields: list[str | None] = [
        match[0] if match and (match[1] or match[0] not in usual) else None for match in matches
    ]
    taken: set[str] = set()
    for index, field in enumerate(fields):
        if field == "phone" and "phone" in taken:
            fields[index] = "phone_other"
        elif field in taken and field not in _JOINED and not _continues(headings[index]):
            fields[index] = None
        if field:
            taken.add(field)
    return [_settle_name(taken) if field == NAME else field for field in fields]


def _continues(heading: str) -> bool:
    return fold(heading).endswith(("street 2", "address 2", "line 2", "street 3", "line 3"))


def _settle_name(taken: set[str]) -> str | None:
    first, last = "first_name" in taken, "last_name" in taken
    if first != last:
        return "last_name" if first else "first_name"
    if "company" not in taken:
        return "company" if first or "full_name" in taken else "full_name"
    return None if first or "full_name" in taken else "full_name"
