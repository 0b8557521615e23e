"""The slower cadence that has been earned, with the sentence to offer it in (R9)."""

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
class Offer:
    """The stage to offer: what to do in a few words, and what to say."""

    stage: Stage
    headline: str
    sentence: str


def offer_of(known: LoadedClient, course: CadenceHistory, at: datetime) -> Offer | None:
    """What may be offered in the next conversation with this client; None for nothing."""
    client = known.client
    if client.status is not ClientStatus.ACTIVE:
        return None
    contact = contact_to_reach(client)
    stage = offered_stage(
        client.rhythm,
        course.talks,
        course.requests,
        len(client.recoveries),
        course.replies,
        local_day(at, known.desk.zone),
        client.calendar,
        client.away,
        contact.preference.days if contact else None,
        course.numbers,
    )
    return saying(stage) if stage else None


def offer_for(client_id: int, at: datetime) -> Offer | None:
    """The same for a client of whom nothing was read yet."""
    [known] = load_these([client_id], at)
    return offer_of(known, cadence_history_of(known, at), at)


def saying(stage: Stage) -> Offer:
    """The offer of a stage in words."""
    headline, sentence = _WORDS[stage]
    return Offer(stage, str(headline), str(sentence))


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
