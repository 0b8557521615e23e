"""Rows of one client that name one another by ref: what a recap sums up, what went wrong again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pwa.models import Interaction, Lesson, Promise, Recovery
from pwa.operations.book_files import sections, team_sections
from pwa.operations.book_files.client_writer import ClientWriter
from pwa.operations.book_files.fields import Section, assign_columns, read_columns
from pwa.operations.book_files.matching import insert_or_update, resolve_ref, with_ref
from pwa.operations.book_files.stored_rows import StoredRows


@dataclass(frozen=True)
class Link:
    """`name` in an entry of `section` is the ref of a row of `target`, whose id `column` holds."""

    section: Section
    model: type[Any]
    name: str
    column: str
    target: type[Any]
    unknown: str


LINKS = (
    Link(
        sections.INTERACTIONS,
        Interaction,
        "recap_of",
        "recap_of_id",
        Interaction,
        "no interaction of this client",
    ),
    Link(
        sections.INTERACTIONS,
        Interaction,
        "recovery",
        "recovery_id",
        Recovery,
        "no recovery of this client",
    ),
    Link(
        sections.RECOVERIES,
        Recovery,
        "again_of",
        "again_of_id",
        Recovery,
        "no recovery of this client",
    ),
    Link(
        sections.RECOVERIES,
        Recovery,
        "prevention",
        "prevention_id",
        Promise,
        "no promise of this client",
    ),
)


def load_links(hand: ClientWriter) -> None:
    """Write the links that the book names; every row has its id by now."""
    for link in LINKS:
        known = {row.ref: row for row in hand.rows[link.target]}
        for row, given, place in rows_with_entries(hand, link.section, link.model):
            if link.name not in given:
                continue
            ref = given[link.name]
            where = f"{place}.{link.name}"
            other = None if ref is None else resolve_ref(ref, where, known, link.unknown)
            hand.note(assign_columns(row, {link.column: other.id if other else None}))


def rows_with_entries(
    hand: ClientWriter, section: Section, model: type[Any]
) -> Iterator[tuple[Any, dict[str, Any], str]]:
    """Each row that the book names, with its entry and place."""
    by_ref = {row.ref: row for row in hand.rows[model]}
    for place, given in hand.entries(section.name):
        yield by_ref[str(with_ref(section, given, place)["ref"])], given, place


def dump_links(row: Any, client_id: int, stored: StoredRows) -> dict[str, str]:
    """The links of a row as the book names them."""
    entry = {}
    for link in LINKS:
        other = getattr(row, link.column) if isinstance(row, link.model) else None
        if other is not None:
            refs = {one.id: one.ref for one in stored.of(link.target, client_id)}
            entry[link.name] = refs[other]
    return entry


def load_lessons(hand: ClientWriter) -> None:
    """Write what was worth learning from, inside the interaction it is about."""
    for row, given, place in rows_with_entries(hand, sections.INTERACTIONS, Interaction):
        entry = given.get("lesson")
        if entry is None:
            continue
        present = next(iter(hand.existing.of(Lesson, row.id)), None)
        where = f"{place}.lesson"
        new = present is None
        columns = read_columns(
            team_sections.LESSON, entry, where, hand.names, hand.warnings, new=new
        )
        hand.note(insert_or_update(Lesson, present, columns, interaction_id=row.id))
