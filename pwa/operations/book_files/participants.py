"""The contacts of a conversation with several, in the book: all of them, its own first (R2)."""

from typing import Any

from pwa.models import Interaction, InteractionContact
from pwa.operations.book_files.client_writer import ClientWriter
from pwa.operations.book_files.fields import list_entries
from pwa.operations.book_files.references import References
from pwa.operations.book_files.values import CONTACT


def load_participants(
    writer: ClientWriter, row: Interaction, entry: dict[str, Any], path: str
) -> None:
    """Write who took part; without a `contact` the first of them is the one it was with."""
    if "contacts" not in entry:
        return
    refs = list_entries(entry, "contacts", path)
    ids = [CONTACT.read(ref, ref_path, writer.references) for ref_path, ref in refs]
    if ids and row.contact_id is None:
        writer.update(row, {"contact_id": ids[0]})
    wanted = dict.fromkeys(contact_id for contact_id in ids if contact_id != row.contact_id)
    stored = {also.contact_id: also for also in row.also}
    if set(wanted) != set(stored):
        row.also = [
            stored.get(contact_id) or InteractionContact(contact_id=contact_id)
            for contact_id in wanted
        ]
        writer.mark_changed(True)


def write_participants(row: Interaction, references: References) -> list[str]:
    """The refs of everyone who took part."""
    ids = [row.contact_id, *(also.contact_id for also in row.also)]
    return [references.contact_of[contact_id] for contact_id in ids if contact_id is not None]
