"""The slower cadence that may be offered to a client, with its wording (R9)."""

from dataclasses import dataclass
from datetime import datetime

from pwa.i18n import lazy_gettext
from pwa.operations.client_state.cadence_history import CadenceHistory, cadence_history_of
from pwa.operations.client_state.loader import LoadedClient, load_these
from pwa.rules.day_list.who_to_reach import contact_to_reach
from pwa.rules.scheduling.taper import offered_stage
from pwa.rules.vocabulary.enums import ClientStatus, Stage
from pwa.rules.vocabulary.timezones import local_day


@dataclass(frozen=True, slots=True)
class CadenceOffer:
    """A stage to offer, with a headline and the sentence to say."""

    stage: Stage
    headline: str
    sentence: str


def offer_of(known: LoadedClient, course: CadenceHistory, at: datetime) -> CadenceOffer | None:
    """The slower cadence to offer in the next conversation (R9), or None."""
    client = known.client
    if client.status is not ClientStatus.ACTIVE:
        return None
    contact = contact_to_reach(client)
    stage = offered_stage(
        client.cadence,
        course.talks,
        course.requests,
        len(client.recoveries),
        course.replies,
        local_day(at, known.manager.zone),
        client.calendar,
        client.away,
        contact.preference.days if contact else None,
        course.numbers,
    )
    return offer_text(stage) if stage else None


def offer_for(client_id: int, at: datetime) -> CadenceOffer | None:
    """Like `offer_of`, for a client that is not loaded yet."""
    [known] = load_these([client_id], at)
    return offer_of(known, cadence_history_of(known, at), at)


def offer_text(stage: Stage) -> CadenceOffer:
    """The offer of a stage, with its wording."""
    headline, sentence = _WORDS[stage]
    return CadenceOffer(stage, str(headline), str(sentence))


_WORDS = {
    Stage.TWICE_WEEKLY: (
        lazy_gettext("Offer twice a week"),
        lazy_gettext(
            "We have talked every day and things are in hand. Would twice a week suit you now?"
        ),
    ),
    Stage.WEEKLY: (
        lazy_gettext("Offer once a week"),
        lazy_gettext("Things run well. Would once a week be enough for you from here on?"),
    ),
    Stage.FORTNIGHTLY: (
        lazy_gettext("Offer every two weeks"),
        lazy_gettext("Things are quiet and good. Would every two weeks be enough for you?"),
    ),
    Stage.MONTHLY: (
        lazy_gettext("Offer once a month"),
        lazy_gettext("Things are quiet and good. Would once a month be enough for you?"),
    ),
    Stage.QUARTERLY: (
        lazy_gettext("Offer once a quarter"),
        lazy_gettext("Things are quiet and good. Would once a quarter be enough for you?"),
    ),
}
