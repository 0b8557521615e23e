"""Which of our fields a heading of somebody's export means."""

from pwa.intake.heading_words import NOISE, OTHER_THINGS, SECOND_CHOICE, WORDS
from pwa.intake.text import fold

FIELDS = (
    *("company", "first_name", "last_name", "full_name", "role"),
    *("phone", "phone_other", "email"),
    *("street", "town", "state", "postcode", "country", "latitude", "longitude"),
    *("owner", "cadence", "channel", "timezone", "tier", "website", "note", "status"),
)
NAME = "name"  # a person's or a company's: the other columns tell
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
_NEVER = frozenset(fold(word) for word in OTHER_THINGS.split(","))


def recognise(heading: str) -> str | None:
    """The field that a heading means on its own, or None; `"name"` when it may be either."""
    found = _look_up(heading)
    return found[0] if found else None


def _look_up(heading: str) -> tuple[str, bool] | None:
    """(field, whether it is the usual heading for it)."""
    words = fold(heading)
    bare = " ".join(word for word in words.split() if word not in NOISE)
    if not words or words in _NEVER:
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
    found = [_look_up(heading) for heading in headings]
    usual = {each[0] for each in found if each and each[1]}
    fields: list[str | None] = [
        each[0] if each and (each[1] or each[0] not in usual) else None for each in found
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
