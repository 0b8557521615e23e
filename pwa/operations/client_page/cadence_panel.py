"""The cadence panel of a client's page, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from pwa.operations.cadences.cadence_offers import CadenceOffer, offer_of
from pwa.operations.cadences.intensifications import ending_text
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
    """The cadence offer, the hours of close care, the line on an ending intensification (`aloud`),
    the intensification in force (`dense`), and the ids of requests not reviewed last time."""

    offer: CadenceOffer | None
    care: Care | None
    aloud: str
    dense: IntensificationTerms | None
    uncovered: frozenset[int]


def cadence_panel(client_id: int, now: datetime) -> CadencePanel:
    """The cadence panel of a client as of now."""
    [loaded] = load_these([client_id], now)
    history = cadence_history_of(loaded, now)
    agreement = loaded.client.cadence
    today = local_day(now, loaded.manager.zone)
    is_intensified = effective_stage(agreement, today) is not agreement.stage
    return CadencePanel(
        offer=offer_of(loaded, history, now),
        care=weekly_care(
            agreement, history.talks, _usual_minutes(loaded, now), today, history.numbers
        ),
        aloud=ending_text(loaded, now),
        dense=agreement.intensified if is_intensified else None,
        uncovered=frozenset(request.id for request in history.uncovered),
    )


def _usual_minutes(loaded: LoadedClient, now: datetime) -> int:
    """The usual minutes of a conversation with this client; writing counts as a call."""
    client = loaded.client
    kind = row_kind(
        cadence_reason(client, loaded.manager, local_day(now, loaded.manager.zone)), client
    )
    kind = RowKind.CALL if kind is RowKind.WRITE else kind
    return row_minutes(kind, client.minutes.get(kind, ()))
