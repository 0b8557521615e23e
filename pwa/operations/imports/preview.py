"""Preview of a list before its import: its columns and first rows."""

from dataclasses import dataclass
from itertools import zip_longest

from pwa.intake import ColumnsNeeded, Message
from pwa.intake.columns import unique
from pwa.models import ImportRun
from pwa.operations.imports.runs import opened_list

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """A column: its heading, the field it is read as, and its first values."""

    heading: str
    field: str | None
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """The columns in order. `asks` is the question to show if their fields are unknown.

    `has_headings` is False if the first row is a client; `is_cards` if the columns are fixed.
    """

    columns: tuple[ColumnPreview, ...]
    has_headings: bool = True
    is_cards: bool = False
    asks: Message | None = None


def preview_of(run: ImportRun) -> Preview:
    """The preview of the run's list as it would be read now. Raises IntakeError, OSError."""
    try:
        with opened_list(run) as clients:
            if clients.is_cards:
                columns = tuple(ColumnPreview(c.heading, c.field) for c in clients.columns)
                return Preview(columns, is_cards=True)
            headless = "columns" in run.mapping
            headings = [column.heading for column in clients.columns]
            if headless:
                headings = unique([""] * len(headings))
            fields = [column.field for column in clients.columns]
            return Preview(_column_previews(headings, fields, clients.sample), not headless)
    except ColumnsNeeded as needed:
        first, *rest = needed.rows
        headings = unique(first if needed.has_header else [""] * len(first))
        rows = rest if needed.has_header else needed.rows
        return Preview(_column_previews(headings, [], rows), needed.has_header, asks=needed.message)


def mapping_of(preview: Preview, fields: list[str]) -> dict[str, object]:
    """The value of `ImportRun.mapping` for these fields, chosen in the order of the columns."""
    if preview.is_cards:
        return {}
    if not preview.has_headings:
        return {"columns": fields}
    headings = [column.heading for column in preview.columns]
    return {"fields": dict(zip(headings, fields, strict=True))}


def _column_previews(
    headings: list[str], fields: list[str | None], rows: list[list[str]]
) -> tuple[ColumnPreview, ...]:
    values = list(zip_longest(*rows[:SAMPLES], fillvalue=""))[: len(headings)]
    return tuple(
        ColumnPreview(
            heading or "", field, tuple(sample for sample in samples or () if sample.strip())
        )
        for heading, field, samples in zip_longest(headings, fields, values)
    )
