"""Loads what each contact heard, asked for and exchanged with us, in one query (R1, R6, R7)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from pwa.operations.client_state.contact_history_query import (
    ConversationRow,
    LastContactRow,
    MessageRow,
    PreferenceRow,
    contact_history_query,
)
from pwa.rules.contact.contact_events import ContactEvent
from pwa.rules.contact.neglected_contacts import LastContact
from pwa.rules.day_list import client_state
from pwa.rules.vocabulary.enums import Channel
from pwa.rules.vocabulary.timezones import local_day

LATELY = timedelta(days=9)  # a recap lapses after six days, whatever the zone
_IN_ORDER = attrgetter("at", "id")


@dataclass(slots=True)
class RecentContact:
    """The recent contact with one client; preferences, conversations and messages oldest first."""

    last: dict[int, LastContactRow] = field(default_factory=dict)  # by contact
    preferences: list[PreferenceRow] = field(default_factory=list)
    conversations: list[ConversationRow] = field(default_factory=list)
    also_there: list[ConversationRow] = field(default_factory=list)
    messages: list[MessageRow] = field(default_factory=list)

    def heard(
        self, contacts: Iterable[client_state.ContactState], owner_id: int, zone: ZoneInfo
    ) -> tuple[LastContact, ...]:
        """The last contact with each contact, in days of the manager's `zone`."""
        newest = {preference.contact_id: preference for preference in self.preferences}
        return tuple(
            _last_contact(
                contact.id, self.last.get(contact.id), newest.get(contact.id), owner_id, zone
            )
            for contact in contacts
        )

    def exchanges(
        self, contacts: dict[int, client_state.ContactState], client_zone: ZoneInfo
    ) -> tuple[ContactEvent, ...]:
        """Conversations and messages, each with the channel that its contact wanted that day."""
        covered: dict[int, set[int]] = defaultdict(set)
        for message in self.messages:
            if message.request_id is not None:
                covered[message.id].add(message.request_id)
        exchanged: list[ConversationRow | MessageRow] = [*self.conversations, *self.messages]
        by_id = {row.id: row for row in exchanged}  # a message has a row for each request
        return tuple(
            ContactEvent(
                row.contact_id,
                row.kind,
                row.direction,
                row.outcome,
                row.at,
                self._wanted(contacts[row.contact_id], row.at, client_zone),
                frozenset(covered[row.id]),
                row.is_recap,
                also=also,
            )
            for rows, also in ((by_id.values(), False), (self.also_there, True))
            for row in rows
            if row.contact_id in contacts
        )

    def _wanted(
        self, contact: client_state.ContactState, at: datetime, zone: ZoneInfo
    ) -> Channel | None:
        day = local_day(at, contact.zone or zone)
        channel = None
        for row in self.preferences:
            if row.contact_id == contact.id and (row.asked_on is None or row.asked_on <= day):
                channel = row.channel
        return channel


def recent_contact(ids: list[int], at: datetime, today: date) -> dict[int, RecentContact]:
    """The recent contact of each of these clients until `at`; `today` is the manager's day."""
    recent: dict[int, RecentContact] = defaultdict(RecentContact)
    if not ids:
        return recent
    values = {"ids": ids, "at": at, "lately": at - LATELY, "today": today}
    rows = contact_history_query().read(values)
    for last in sorted((*rows.last, *rows.also_last), key=_IN_ORDER):
        earlier = recent[last.client_id].last.get(last.contact_id)
        live = max(filter(None, (last.live, earlier and earlier.live)), default=None)
        recent[last.client_id].last[last.contact_id] = last._replace(live=live)
    for preference in sorted(rows.preferences, key=lambda p: (p.asked_on or date.min, p.id)):
        recent[preference.client_id].preferences.append(preference)
    for conversation in sorted(rows.conversations, key=_IN_ORDER):
        recent[conversation.client_id].conversations.append(conversation)
    for row in sorted(rows.also_there, key=_IN_ORDER):
        recent[row.client_id].also_there.append(row)
    for message in sorted(rows.messages, key=_IN_ORDER):
        recent[message.client_id].messages.append(message)
    return recent


def _last_contact(
    contact_id: int,
    last: LastContactRow | None,
    preference: PreferenceRow | None,
    owner_id: int,
    zone: ZoneInfo,
) -> LastContact:
    return LastContact(
        contact_id,
        local_day(last.at, zone) if last else None,
        preference.asked_on if preference else None,
        preference.how_often if preference else None,
        bool(preference and preference.only_when_needed),
        local_day(last.live, zone) if last and last.live else None,
        last.user_name if last and last.user_id != owner_id else "",
    )
