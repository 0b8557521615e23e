"""Rows of one client that name one another by ref: what a recap sums up, what went wrong again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pwa.models import Interaction, Lesson, Promise, Recovery
from pwa.operations.book_files import sections, team_sections
from pwa.operations.book_files.client_writer import ClientWriter
from pwa.operations.book_files.existing import Existing
from pwa.operations.book_files.fields import Section, put, read
from pwa.operations.book_files.matching import check_known, store, with_ref


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


def load(hand: ClientWriter) -> None:
    """Write the links that the book names; every row has its id by now."""
    for link in LINKS:
        known = {row.ref: row for row in hand.rows[link.target]}
        for row, given, place in given_rows(hand, link.section, link.model):
            if link.name not in given:
                continue
            ref = given[link.name]
            where = f"{place}.{link.name}"
            other = None if ref is None else check_known(ref, where, known, link.unknown)
            hand.note(put(row, {link.column: other.id if other else None}))


def given_rows(
    hand: ClientWriter, section: Section, model: type[Any]
) -> Iterator[tuple[Any, dict[str, Any], str]]:
    """Each row that the book names, with its entry and place."""
    by_ref = {row.ref: row for row in hand.rows[model]}
    for place, given in hand.entries(section.name):
        yield by_ref[str(with_ref(section, given, place)["ref"])], given, place


def shown(row: Any, client_id: int, stored: Existing) -> dict[str, str]:
    """The links of a row as the book names them."""
    entry = {}
    for link in LINKS:
        other = getattr(row, link.column) if isinstance(row, link.model) else None
        if other is not None:
            refs = {one.id: one.ref for one in stored.of(link.target, client_id)}
            entry[link.name] = refs[other]
    return entry


def lessons(hand: ClientWriter) -> None:
    """Write what was worth learning from, inside the interaction it is about."""
    for row, given, place in given_rows(hand, sections.INTERACTIONS, Interaction):
        entry = given.get("lesson")
        if entry is None:
            continue
        present = next(iter(hand.existing.of(Lesson, row.id)), None)
        where = f"{place}.lesson"
        new = present is None
        columns = read(team_sections.LESSON, entry, where, hand.names, hand.warnings, new=new)
        hand.note(store(Lesson, present, columns, interaction_id=row.id))
