"""Refs between rows of one client: corrections, recaps, repeated recoveries, and lessons."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pwa.models import Interaction, Lesson, Promise, Recovery
from pwa.operations.book_files import history_sections, team_sections
from pwa.operations.book_files.client_writer import ClientWriter
from pwa.operations.book_files.fields import Section, read_columns
from pwa.operations.book_files.matching import resolve_ref, with_ref
from pwa.operations.book_files.stored_rows import StoredRows


@dataclass(frozen=True)
class Link:
    """A field `name` of `section`: the ref of a row of `target`, whose id `column` holds.

    `unknown` completes the message for a ref that stands for no row.
    """

    section: Section
    model: type[Any]
    name: str
    column: str
    target: type[Any]
    unknown: str


LINKS = (
    Link(
        history_sections.INTERACTIONS,
        Interaction,
        "recap_of",
        "recap_of_id",
        Interaction,
        "no interaction of this client",
    ),
    Link(
        history_sections.INTERACTIONS,
        Interaction,
        "recovery",
        "recovery_id",
        Recovery,
        "no recovery of this client",
    ),
    Link(
        history_sections.RECOVERIES,
        Recovery,
        "again_of",
        "again_of_id",
        Recovery,
        "no recovery of this client",
    ),
    Link(
        history_sections.RECOVERIES,
        Recovery,
        "prevention",
        "prevention_id",
        Promise,
        "no promise of this client",
    ),
)


def load_links(writer: ClientWriter) -> None:
    """Write the refs that the book holds as ids; needs a flush before. Raises BadBook."""
    for link in LINKS:
        known = {row.ref: row for row in writer.rows[link.target]}
        for row, entry, path in rows_with_entries(writer, link.section, link.model):
            if link.name not in entry:
                continue
            ref = entry[link.name]
            ref_path = f"{path}.{link.name}"
            target = None if ref is None else resolve_ref(ref, ref_path, known, link.unknown)
            writer.update(row, {link.column: target.id if target else None})


def rows_with_entries(
    writer: ClientWriter, section: Section, model: type[Any]
) -> Iterator[tuple[Any, dict[str, Any], str]]:
    """Each row that the book names, with its entry and the entry's path."""
    by_ref = {row.ref: row for row in writer.rows[model]}
    for path, entry in writer.entries(section.name):
        yield by_ref[str(with_ref(section, entry)["ref"])], entry, path


def dump_links(row: Any, client_id: int, stored: StoredRows) -> dict[str, str]:
    """The refs that a row holds, by the name of the field in the book."""
    entry = {}
    for link in LINKS:
        target_id = getattr(row, link.column) if isinstance(row, link.model) else None
        if target_id is not None:
            refs = {target.id: target.ref for target in stored.of(link.target, client_id)}
            entry[link.name] = refs[target_id]
    return entry


def load_lessons(writer: ClientWriter) -> None:
    """Write the lesson of each interaction whose entry holds one. Raises BadBook."""
    for row, entry, path in rows_with_entries(writer, history_sections.INTERACTIONS, Interaction):
        lesson = entry.get("lesson")
        if lesson is None:
            continue
        present = next(iter(writer.stored.of(Lesson, row.id)), None)
        lesson_path = f"{path}.lesson"
        new = present is None
        columns = read_columns(
            team_sections.LESSON, lesson, lesson_path, writer.references, writer.warnings, new=new
        )
        writer.insert_or_update(Lesson, present, columns, interaction_id=row.id)
