"""Assigns fields to columns: by headings, by `columns`, or by a chosen mapping."""

import re
from dataclasses import dataclass

from pwa.intake.headings import FIELDS, assign, recognise
from pwa.intake.messages import N_, ColumnsNeeded, Message, WrongColumns
from pwa.intake.text import clean, one_line

IGNORED = frozenset({"", "-"})
_DATA = re.compile(r"\S+@\S+\.\S+|(https?://|www\.).*|[+]?[\d\s().,/-]*\d[\d\s().,/-]*", re.I)
_NAMES = frozenset({"company", "first_name", "last_name", "full_name"})
_NO_NAME = N_("No column holds the company or the person: say which one does")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file; `field` is one of `FIELDS`, or None if it is not read."""

    heading: str
    field: str | None


def looks_like_headings(cells: list[str]) -> bool:
    """Whether a first row names columns rather than being a client itself."""
    values = [clean(cell) for cell in cells]
    known = sum(recognise(value) is not None for value in values)
    data = sum(_DATA.fullmatch(value) is not None for value in values)
    return known > data or (known > 0 and known == len([v for v in values if v]))


def from_headings(rows: list[list[str]], mapping: dict[str, str] | None) -> list[Column]:
    """The columns of a file whose first row of `rows` holds the headings.

    `mapping` (heading to field, `-` or empty to leave a column out) overrules the names.
    Raises `ColumnsNeeded` when nothing can be told, `WrongColumns` for a mapping that fits nowhere.
    """
    if mapping is None:
        _need_headings(rows)
    headings = unique(rows[0])
    chosen = mapping or {}
    for heading in chosen.keys() - set(headings):
        raise WrongColumns(
            Message(N_("There is no column “%(column)s” in this list"), {"column": heading})
        )
    guessed = assign(["" if heading in chosen else heading for heading in headings])
    columns = [
        Column(heading, _field(chosen[heading]) if heading in chosen else guess)
        for heading, guess in zip(headings, guessed, strict=True)
    ]
    if not _names_someone(columns):
        if mapping is None:
            raise ColumnsNeeded(Message(_NO_NAME), rows, has_header=True)
        raise WrongColumns(Message(_NO_NAME))
    return columns


def from_columns(fields: list[str], width: int) -> list[Column]:
    """The columns as a person named them in order, for a list of `width` columns.

    What they left unnamed at the end is not read. Raises `WrongColumns`.
    """
    if len(fields) > width:
        text = N_("You named %(named)s columns, this list has %(found)s")
        raise WrongColumns(Message(text, {"named": len(fields), "found": width}))
    names = fields + [""] * (width - len(fields))
    headings = unique(["" if name.strip() in IGNORED else name for name in names])
    columns = [Column(heading, _field(name)) for heading, name in zip(headings, names, strict=True)]
    if not _names_someone(columns):
        raise WrongColumns(Message(_NO_NAME))
    return columns


def unique(headings: list[str]) -> list[str]:
    """Readable headings, each different: "Phone", "Phone (2)"; "Column 4" for an empty one."""
    seen: dict[str, int] = {}
    names = []
    for place, heading in enumerate(headings, start=1):
        name = one_line(clean(heading)) or f"Column {place}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _field(name: str) -> str | None:
    field = name.strip().lower()
    if field in IGNORED:
        return None
    if field not in FIELDS:
        raise WrongColumns(
            Message(
                N_("“%(field)s” is not something a client has. Use: %(fields)s"),
                {"field": name, "fields": ", ".join(FIELDS)},
            )
        )
    return field


def _names_someone(columns: list[Column]) -> bool:
    return any(column.field in _NAMES for column in columns)


def _need_headings(rows: list[list[str]]) -> None:
    if looks_like_headings(rows[0]):
        return
    if any(_DATA.fullmatch(clean(cell)) for cell in rows[0]):
        text = N_(
            "The first row of this list is a client, not headings. Say what the columns are, in"
            " order, for example: --columns company,full_name,phone,email"
        )
        raise ColumnsNeeded(Message(text), rows, has_header=False)
    text = N_(
        "We recognise none of the headings of this list. Say what the columns are, in order, for"
        " example: --columns company,full_name,phone,email"
    )
    raise ColumnsNeeded(Message(text), rows, has_header=True)
