"""What the form "How did it go" says, read field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from pwa.files.voice_notes import MOST_SECONDS
from pwa.models import Client, Contact
from pwa.models.cadence import Answer
from pwa.operations.calls.calls import COVERS, CallOutcome, VoiceNoteFile
from pwa.operations.calls.commitments import NOTHING
from pwa.rules.contact.contact_events import REACHED
from pwa.rules.vocabulary.enums import Direction, Kind, Mood, Outcome, Stage
from pwa.web.forms.calls.commitments import CommitmentsForm
from pwa.web.forms.calls.moment import MomentField
from pwa.web.forms.calls.recovery_review import RecoveryReviewForm
from pwa.web.forms.calls.request_coverage import RequestCoverageForm
from pwa.web.forms.need import NeedForm
from pwa.web.forms.position import Position, position
from pwa.web.http.idempotency import new_key
from pwa.web.text.datetime_filters import zone
from pwa.web.text.outcome_text import possible

MOST_MINUTES = 600
MOST_LETTERS = 20_000
CLOCKS_DIFFER = timedelta(minutes=2)
OLDEST = timedelta(days=30)

W = TypeVar("W", Kind, Direction, Outcome, Mood)


@dataclass
class CallForm:
    """The fields as typed, and what they mean; `errors` holds {control id: words}."""

    key: str = ""
    contact_id: int | None = None
    kind: Kind = Kind.CALL
    direction: Direction = Direction.OUT
    outcome: Outcome | None = None
    moment: MomentField = field(default_factory=MomentField)
    minutes: str = ""
    note: str = ""
    going: RequestCoverageForm = field(default_factory=RequestCoverageForm)
    position: Position | None = None
    answer: Answer | None = None
    offered: Stage | None = None
    seconds: int | None = None
    mood: Mood | None = None
    told: NeedForm = field(default_factory=NeedForm)
    agreed: CommitmentsForm = field(default_factory=CommitmentsForm)
    about: RecoveryReviewForm = field(default_factory=RecoveryReviewForm)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, values: MultiDict[str, str]) -> "CallForm":
        """Take what can be taken; nothing is refused before `check`."""
        return cls(
            key=values.get("key") or new_key(),
            contact_id=values.get("contact", type=int),
            kind=_word(Kind, values) or Kind.CALL,
            direction=_word(Direction, values) or Direction.OUT,
            outcome=_word(Outcome, values),
            moment=MomentField.read(values),
            minutes=values.get("minutes", "").strip(),
            note=values.get("note", "").replace("\x00", "").strip(),
            going=RequestCoverageForm.read(values),
            position=position(values.get("latitude", ""), values.get("longitude", "")),
            answer=values.get("answer", type=Answer),
            offered=next((one for one in Stage if one.value == values.get("offered")), None),
            seconds=values.get("seconds", type=int),
            mood=_word(Mood, values),
            told=NeedForm.read(values),
            agreed=CommitmentsForm.read(values),
            about=RecoveryReviewForm.read(values),
        )

    @property
    def at(self) -> datetime | None:
        """When it was, by our clock."""
        return self.moment.at

    def check(self, client: Client, now: datetime) -> None:
        """Fill `errors` with what keeps this from being stored."""
        problems: Mapping[str, str | None] = {
            "contact": self._contact_problem(client),
            "outcome": self._outcome_problem(),
            "at": self._at_problem(now),
            "minutes": self._minutes_problem(),
            "note": self._note_problem(),
            "told": self.told.problem(),
        }
        self.errors |= {name: words for name, words in problems.items() if words}
        if self.outcome in COVERS:
            self.errors |= self.going.check(_day(self.at or now))
        if self.outcome in REACHED and self.at:
            self.errors |= self.agreed.check(client, self.contact_at(client), self.at)
            self.errors |= self.about.check(client, self.contact_at(client), _day(self.at))

    def contact_at(self, client: Client) -> Contact | None:
        """The contact chosen, among those of this client."""
        return next((c for c in client.contacts if c.id == self.contact_id), None)

    def happened(self, client: Client, spoken: VoiceNoteFile | None, now: datetime) -> CallOutcome:
        """The same for `operations.calls`, once there are no errors."""
        assert self.outcome
        assert self.at
        return CallOutcome(
            ref=self.key,
            kind=self.kind,
            direction=self.direction,
            outcome=self.outcome,
            at=min(self.at, now),
            minutes=int(self.minutes) if self.minutes and self.outcome in REACHED else None,
            note=self.note or None,
            gone_through=self.going.gone_through(_day(self.at)),
            spoken=spoken,
            position=self.position if self.kind is Kind.VISIT else None,
            mood=self.mood,
            told=self.told.said(),
            agreed=self.agreed.said() if self.outcome in REACHED else NOTHING,
            about=self.about.about(client, self.contact_at(client), _day(self.at)),
        )

    def _contact_problem(self, client: Client) -> str | None:
        if client.contacts and self.contact_at(client) is None:
            return _("Choose who it was.")
        return None

    def _outcome_problem(self) -> str | None:
        if self.outcome is None or self.outcome.value not in possible(self.kind, self.direction):
            return _("Choose how it went.")
        return None

    def _at_problem(self, now: datetime) -> str | None:
        if self.at is None:
            return _("Say when it was.")
        if self.at > now + CLOCKS_DIFFER:
            return _("That is still to come. When was it?")
        if self.at < now - OLDEST:
            return _("That is more than 30 days ago. When was it?")
        return None

    def _minutes_problem(self) -> str | None:
        if self.outcome not in REACHED or not self.minutes:
            return None
        number = int(self.minutes) if self.minutes.isascii() and self.minutes.isdigit() else -1
        if 0 <= number <= MOST_MINUTES:
            return None
        return _("Give whole minutes, from 0 to %(most)d.", most=MOST_MINUTES)

    def _note_problem(self) -> str | None:
        if len(self.note) > MOST_LETTERS:
            return _("That is too long to keep. Shorten it a little.")
        if self.seconds is not None and not 0 <= self.seconds <= MOST_SECONDS:
            return _("A spoken note may last three minutes.")
        return None


def _word(words: type[W], values: MultiDict[str, str]) -> W | None:
    """The last value that is one of `words`: without a script a list follows the hidden field."""
    given = [v for v in values.getlist(words.__name__.lower()) if v in set(words)]
    return words(given[-1]) if given else None


def _day(now: datetime) -> date:
    return now.astimezone(zone()).date()
