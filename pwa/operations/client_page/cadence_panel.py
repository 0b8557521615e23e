"""What a page says under "Rhythm", read with the same few queries however long the history is."""

from dataclasses import dataclass
from datetime import datetime

from pwa.operations.cadences.cadence_offers import Offer, offer_of
from pwa.operations.cadences.intensifications import said_aloud
from pwa.operations.client_state.cadence_history import cadence_history_of
from pwa.operations.client_state.loader import LoadedClient, load_these
from pwa.rules.day_list.reasons import cadence_reason
from pwa.rules.day_list.row_kind import row_kind
from pwa.rules.scheduling.cadence import IntensificationTerms, effective_stage
from pwa.rules.scheduling.close_care import Care, weekly_care
from pwa.rules.scheduling.durations import row_minutes
from pwa.rules.vocabulary.enums import RowKind
from pwa.rules.vocabulary.timezones import local_day


@dataclass(frozen=True, slots=True)
class CadencePanel:
    """The offer to make, the hours of close care, what is said of an intensification and whether
    it holds, and the numbers of the requests that were not gone through last time."""

    offer: Offer | None
    care: Care | None
    aloud: str
    dense: IntensificationTerms | None
    uncovered: frozenset[int]


def cadence_panel(client_id: int, now: datetime) -> CadencePanel:
    """The rhythm of a client as it stands now."""
    [known] = load_these([client_id], now)
    course = cadence_history_of(known, now)
    rhythm = known.client.rhythm
    today = local_day(now, known.desk.zone)
    holds = effective_stage(rhythm, today) is not rhythm.stage
    return CadencePanel(
        offer=offer_of(known, course, now),
        care=weekly_care(rhythm, course.talks, _usual(known, now), today, course.numbers),
        aloud=said_aloud(known, now),
        dense=rhythm.intensified if holds else None,
        uncovered=frozenset(one.id for one in course.uncovered),
    )


def _usual(known: LoadedClient, now: datetime) -> int:
    """How long a conversation with this client takes as a rule; writing is none."""
    client = known.client
    kind = row_kind(cadence_reason(client, known.desk, local_day(now, known.desk.zone)), client)
    kind = RowKind.CALL if kind is RowKind.WRITE else kind
    return row_minutes(kind, client.minutes.get(kind, ()))
