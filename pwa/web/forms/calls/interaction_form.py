"""The form "How did it go" after a call, a visit or a message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask_babel import gettext as _

from pwa.files.voice_notes import MOST_SECONDS
from pwa.models import Client, Contact
from pwa.models.cadence import Answer
from pwa.operations.calls.record import COVERS, CallOutcome, VoiceNoteFile
from pwa.rules.contact.contact_events import REACHED
from pwa.rules.vocabulary.enums import Direction, Kind, Mood, Outcome, Stage
from pwa.web.forms.calls.commitments import CommitmentsForm
from pwa.web.forms.calls.follow_up import FollowUpForm
from pwa.web.forms.calls.moment import MomentField
from pwa.web.forms.calls.recovery_review import RecoveryReviewForm
from pwa.web.forms.calls.request_coverage import RequestCoverageForm
from pwa.web.forms.clients.need import NeedForm
from pwa.web.forms.clients.position import Position, position
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.idempotency import new_key
from pwa.web.text.datetime_filters import zone
from pwa.web.text.outcome_text import possible

MOST_MINUTES = 600
MOST_LETTERS = 20_000
CLOCKS_DIFFER = timedelta(minutes=2)
OLDEST = timedelta(days=30)


@dataclass
class CallForm:
    """The form after a call, a visit or a message: the typed fields and their values.

    `errors` is control id -> words, in the order of the page.
    """

    key: str = ""
    contact_id: int | None = None
    kind: Kind = Kind.CALL
    direction: Direction = Direction.OUT
    outcome: Outcome | None = None
    moment: MomentField = field(default_factory=MomentField)
    minutes: str = ""
    note: str = ""
    position: Position | None = None
    answer: Answer | None = None
    offered: Stage | None = None
    seconds: int | None = None
    mood: Mood | None = None
    need: NeedForm = field(default_factory=NeedForm)
    request_coverage: RequestCoverageForm = field(default_factory=RequestCoverageForm)
    commitments: CommitmentsForm = field(default_factory=CommitmentsForm)
    recovery_review: RecoveryReviewForm = field(default_factory=RecoveryReviewForm)
    follow_up: FollowUpForm = field(default_factory=FollowUpForm)
    errors: Errors = field(default_factory=dict)

    @classmethod
    def prefilled(cls, values: Mapping[str, str]) -> "CallForm":
        """The form as an address fills it in, unchecked; what cannot be read is left empty."""
        fields = Fields(values)
        return cls(
            key=fields.form.get("key") or new_key(),
            contact_id=fields.integer("contact"),
            kind=fields.last_choice("kind", Kind) or Kind.CALL,
            direction=fields.last_choice("direction", Direction) or Direction.OUT,
            outcome=fields.last_choice("outcome", Outcome),
            moment=MomentField.read(fields),
            minutes=fields.trimmed("minutes"),
            note=fields.trimmed("note"),
            position=position(fields.trimmed("latitude"), fields.trimmed("longitude")),
            answer=fields.valid_choice("answer", Answer),
            offered=fields.valid_choice("offered", Stage),
            seconds=fields.integer("seconds"),
            mood=fields.last_choice("mood", Mood),
            need=NeedForm.parse(values),
            request_coverage=RequestCoverageForm.prefilled(values),
            commitments=CommitmentsForm.prefilled(values),
            recovery_review=RecoveryReviewForm.prefilled(values),
            follow_up=FollowUpForm.prefilled(values),
        )

    @classmethod
    def parse(cls, values: Mapping[str, str], client: Client, now: datetime) -> "CallForm":
        """The form as submitted; `outcome` and `at` are set where there are no errors."""
        form = cls.prefilled(values)
        form.errors |= form._own_errors(client, now)
        form._parse_parts(values, client, now)
        return form

    @property
    def at(self) -> datetime | None:
        """The moment of the event by our clock."""
        return self.moment.at

    def contact_at(self, client: Client) -> Contact | None:
        """The chosen contact of this client, None without one."""
        return next((c for c in client.contacts if c.id == self.contact_id), None)

    def happened(self, client: Client, spoken: VoiceNoteFile | None, now: datetime) -> CallOutcome:
        """The value for `operations.calls`; only for a form without errors."""
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
            gone_through=self.request_coverage.reviews,
            spoken=spoken,
            position=self.position if self.kind is Kind.VISIT else None,
            mood=self.mood,
            told=self.need.stated,
            agreed=self.commitments.commitments,
            about=self.recovery_review.review,
            also=self.follow_up.others(client),
            follow_up=self.follow_up.follow_up,
        )

    def _own_errors(self, client: Client, now: datetime) -> Errors:
        problems: Mapping[str, str | None] = {
            "contact": self._contact_problem(client),
            "outcome": self._outcome_problem(),
            "at": self._at_problem(now),
            "minutes": self._minutes_problem(),
            "note": self._note_problem(),
        }
        return {name: words for name, words in problems.items() if words}

    def _parse_parts(self, values: Mapping[str, str], client: Client, now: datetime) -> None:
        """Parse the parts and keep the errors of those that the outcome asks for."""
        contact, day = self.contact_at(client), (self.at or now).astimezone(zone()).date()
        self.request_coverage = RequestCoverageForm.parse(values, day)
        self.recovery_review = RecoveryReviewForm.parse(values, client, contact, day)
        self.follow_up = FollowUpForm.parse(values, client, contact, self.outcome)
        self.errors |= self.need.errors | self.follow_up.errors
        if self.outcome in COVERS:
            self.errors |= self.request_coverage.errors
        if self.outcome in REACHED and self.at:
            self.commitments = CommitmentsForm.parse(values, client, contact, self.at)
            self.errors |= self.commitments.errors | self.recovery_review.errors

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
