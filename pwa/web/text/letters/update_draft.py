"""The draft of an update: what was read, as a letter (R2)."""

from pwa.operations.calls.updates import UpdateContent
from pwa.web.text.letters import items
from pwa.web.text.letters.letter import Correspondents, Item
from pwa.web.text.letters.update_letter import UpdateFacts, update_letter


def draft(update: UpdateContent, writer: str) -> str:
    """The text of the update; days and times are in the contact's zone."""
    contact, owed = update.contact, items.owed(update.owed)
    done = [request.title for request in update.done]
    done += [promise.words for promise in update.kept]
    return update_letter(
        UpdateFacts(
            Correspondents(contact.name, writer),
            since=update.since,
            late=tuple(item for item in owed if item.was_due),
            done=tuple(Item(words) for words in done),
            still_open=items.requests(update.still_open),
            owed=tuple(item for item in owed if not item.was_due),
            next_talk=items.booked(update.next_talk, contact.zone),
        )
    )
