"""What a person sees of a list before they decide: its columns and its first rows."""

from dataclasses import dataclass
from itertools import zip_longest

from pwa.intake import ColumnsNeeded, Message
from pwa.intake.columns import unique
from pwa.models import ImportRun
from pwa.operations.imports.runs import opened_list

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """One column: what it is called, what it is read as, and its first values."""

    heading: str
    field: str | None
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """The columns in order. `asks` says why we could not tell what they are.

    `has_headings` is False where the first row is a client; `is_cards` where nothing can be chosen.
    """

    columns: tuple[ColumnPreview, ...]
    has_headings: bool = True
    is_cards: bool = False
    asks: Message | None = None


def preview_of(run: ImportRun) -> Preview:
    """Look at the start of the run's list as it would be read now. Raises IntakeError, OSError."""
    try:
        with opened_list(run) as clients:
            if clients.is_cards:
                seen = tuple(ColumnPreview(each.heading, each.field) for each in clients.columns)
                return Preview(seen, is_cards=True)
            headless = "columns" in run.mapping
            headings = [each.heading for each in clients.columns]
            if headless:
                headings = unique([""] * len(headings))
            fields = [each.field for each in clients.columns]
            return Preview(_column_previews(headings, fields, clients.sample), not headless)
    except ColumnsNeeded as needed:
        first, *rest = needed.rows
        headings = unique(first if needed.has_header else [""] * len(first))
        rows = rest if needed.has_header else needed.rows
        return Preview(_column_previews(headings, [], rows), needed.has_header, asks=needed.message)


def mapping_of(look: Preview, fields: list[str]) -> dict[str, object]:
    """What `ImportRun.mapping` holds once a person chose these fields, in order."""
    if look.is_cards:
        return {}
    if not look.has_headings:
        return {"columns": fields}
    return {"fields": {one.heading: field for one, field in zip(look.columns, fields, strict=True)}}


def _column_previews(
    headings: list[str], fields: list[str | None], rows: list[list[str]]
) -> tuple[ColumnPreview, ...]:
    values = list(zip_longest(*rows[:SAMPLES], fillvalue=""))[: len(headings)]
    return tuple(
        ColumnPreview(heading or "", field, tuple(each for each in samples or () if each.strip()))
        for heading, field, samples in zip_longest(headings, fields, values)
    )
