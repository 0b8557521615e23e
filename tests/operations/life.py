"""One life of a client as a machine: whatever happens, in whatever order, over the operations."""

from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pwa.db import session
from pwa.models import Agreement, Answer, Away, Booking, Cadence, Promise, Recovery, Role
from pwa.operations.cadences import cadences, intensifications
from pwa.operations.calls import bookings
from pwa.operations.calls.record import CallOutcome, record
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.client_state.loader import load_these
from pwa.operations.clients import contacts, lifecycle, service_requests
from pwa.operations.clients.postponements import PostponementTerms, postpone
from pwa.operations.day_list.day_list import whole_list
from pwa.operations.preferences import writing_guard
from pwa.operations.promises import promises
from pwa.operations.recoveries import recoveries
from pwa.rules.contact.contact_events import tries_on
from pwa.rules.day_list.reasons import cadence_reason
from pwa.rules.day_list.row import Row
from pwa.rules.vocabulary.calendar import away_until
from pwa.rules.vocabulary.enums import (
    Channel,
    ClientStatus,
    Direction,
    Kind,
    Outcome,
    Priority,
    ReasonCode,
    RequestKind,
    RequestStatus,
    Severity,
    Stage,
)
from pwa.rules.vocabulary.phones import PhoneNumber
from pwa.rules.vocabulary.timezones import local_day
from tests import factories

BEGIN = datetime(2026, 11, 20, 9, 40, tzinfo=UTC)
VAIN = (Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.BUSY, Outcome.COLLEAGUE_ANSWERED)
CAUSES = ("Delivery missing", "Wrong invoice")
ZONES = ("Europe/Oslo", "America/New_York", "Australia/Sydney", "Pacific/Auckland")
_numbers = count(1)


class Life(RuleBasedStateMachine):
    """The client, two people there, two of ours; the clock only goes forward."""

    @initialize(
        zone=st.sampled_from(ZONES),
        stage=st.sampled_from(Stage),
        channel=st.sampled_from([None, Channel.PHONE, Channel.EMAIL, Channel.VISIT]),
    )
    def begin(self, zone: str, stage: Stage, channel: Channel | None) -> None:
        self.now = BEGIN
        team = factories.team(f"Life {next(_numbers)}")
        self.manager = factories.user(Role.MANAGER, team, timezone=zone)
        self.colleague = factories.user(Role.MANAGER, team, timezone="Europe/Oslo")
        self.client = factories.client(self.manager, "Halden Freight", stage)
        self.contacts = [
            factories.contact(self.client, name) for name in ("Dana Whitfield", "Ben Stone")
        ]
        if channel:
            factories.preference(self.contacts[0], channel)
        self.slower_without_asking = False
        refresh_due_dates([self.client.id], self.now)

    def _happened(
        self, kind: Kind, outcome: Outcome, direction: Direction = Direction.OUT, **more: Any
    ) -> CallOutcome:
        ref = f"life-{next(_numbers)}"
        return CallOutcome(ref, kind, direction, outcome, self.now, **more)

    def _all(self, model: Any) -> Any:
        return session.scalars(sa.select(model).where(model.client_id == self.client.id)).all()

    @rule(days=st.integers(0, 12), hours=st.integers(1, 23))
    def time_passes(self, days: int, hours: int) -> None:
        self.now += timedelta(days=days, hours=hours)

    @rule(
        who=st.integers(0, 1),
        ours=st.booleans(),
        theirs=st.booleans(),
        about=st.booleans(),
        holds=st.booleans(),
    )
    def they_talk(self, who: int, ours: bool, theirs: bool, about: bool, holds: bool) -> None:
        numbers = frozenset(recovery.id for recovery in recoveries.open_at(self.client.id))
        held = recoveries.RecoveryReview(
            talked=numbers if about else frozenset(), holds=numbers if holds else frozenset()
        )
        direction = Direction.IN if theirs else Direction.OUT
        happened = self._happened(Kind.CALL, Outcome.SPOKE, direction, about=held)
        by = self.manager if ours else self.colleague
        record(self.client, self.contacts[who], by, happened, self.now)

    @rule(who=st.integers(0, 1), outcome=st.sampled_from(VAIN))
    def nobody_answers(self, who: int, outcome: Outcome) -> None:
        happened = self._happened(Kind.CALL, outcome)
        record(self.client, self.contacts[who], self.manager, happened, self.now)

    @rule(who=st.integers(0, 1))
    def the_number_is_wrong(self, who: int) -> None:
        happened = self._happened(Kind.CALL, Outcome.WRONG_NUMBER)
        record(self.client, self.contacts[who], self.manager, happened, self.now)

    @rule(who=st.integers(0, 1))
    def a_number_is_found(self, who: int) -> None:
        number = PhoneNumber(f"+4722{next(_numbers):06}")
        contacts.correct_number(self.contacts[who], number, self.now)

    @rule(who=st.integers(0, 1), theirs=st.booleans())
    def somebody_writes(self, who: int, theirs: bool) -> None:
        direction = Direction.IN if theirs else Direction.OUT
        happened = self._happened(Kind.EMAIL, Outcome.WRITTEN, direction)
        record(self.client, self.contacts[who], self.manager, happened, self.now)

    @rule(days=st.integers(0, 5), hours=st.integers(1, 5))
    def not_now(self, days: int, hours: int) -> None:
        until = self.now + timedelta(days=days, hours=hours)
        terms = PostponementTerms(until, bool(days), "They are busy")
        postpone(self.client, terms, self.manager, self.now)

    @rule(stage=st.sampled_from(Stage), response=st.sampled_from(Answer))
    def a_rhythm_is_spoken_of(self, stage: Stage, response: Answer) -> None:
        on = local_day(self.now, self.manager.zone)
        args = (self.client, self.contacts[0], stage, response, on, self.manager, self.now)
        cadences.answer(*args, words="in their words")

    @rule(days=st.integers(1, 20), stage=st.sampled_from([Stage.DAILY, Stage.TWICE_WEEKLY]))
    def a_project_begins(self, days: int, stage: Stage) -> None:
        until = local_day(self.now, self.manager.zone) + timedelta(days=days)
        intensifications.begin(self.client, stage, until, "migration", self.manager, self.now)

    @rule()
    def a_project_ends_early(self) -> None:
        dense = intensifications.current(self.client, self.now)
        if dense:
            intensifications.end(self.client, dense, "done sooner", self.manager, self.now)

    @rule(who=st.integers(0, 1), cause=st.sampled_from(CAUSES), severity=st.sampled_from(Severity))
    def something_goes_wrong(self, who: int, cause: str, severity: Severity) -> None:
        report = recoveries.RecoveryReport(self.contacts[who], cause, severity)
        recoveries.open_recovery(self.client, report, self.manager, self.now)

    @rule(days=st.integers(0, 9))
    def a_promise_is_given(self, days: int) -> None:
        due = local_day(self.now, self.manager.zone) + timedelta(days=days)
        words = f"promise {next(_numbers)}"
        promises.give(self.client, self.contacts[0], words, due, self.manager, self.now)

    @rule()
    def a_promise_is_kept(self) -> None:
        for promise in self._all(Promise)[-1:]:
            promises.keep(promise, local_day(self.now, self.manager.zone), self.now)

    @rule(hours=st.integers(1, 90))
    def a_time_is_booked(self, hours: int) -> None:
        at = self.now + timedelta(hours=hours)
        bookings.book(self.client, self.contacts[0], Kind.CALL, at, self.now)

    @rule(kind=st.sampled_from(RequestKind), done=st.booleans())
    def they_ask_for_something(self, kind: RequestKind, done: bool) -> None:
        today = local_day(self.now, self.manager.zone)
        facts = service_requests.RequestFacts(
            "Backup alarm", kind, Priority.MEDIUM, RequestStatus.OPEN, None, self.contacts[0].id
        )
        asked = service_requests.add(self.client, facts, today, self.now)
        if done:
            service_requests.close(asked, today, self.now)

    @rule(days=st.integers(0, 15))
    def they_are_away(self, days: int) -> None:
        first = local_day(self.now, self.manager.zone)
        block = Away(client_id=self.client.id, first_day=first, last_day=first + timedelta(days))
        factories.save(block)
        refresh_due_dates([self.client.id], self.now)

    @rule(status=st.sampled_from([ClientStatus.ACTIVE, ClientStatus.ACTIVE, ClientStatus.PAUSED]))
    def it_is_paused_or_resumed(self, status: ClientStatus) -> None:
        lifecycle.change_status(self.client, status, "they said so", self.manager, self.now)

    # What always holds.

    def _rows(self) -> list[Row]:
        session.flush()
        return list(whole_list(self.manager, self.now, past=False))

    @invariant()
    @precondition(lambda self: hasattr(self, "client"))
    def one_next_step(self) -> None:
        rows = self._rows()
        assert len(rows) <= 1, "two rows for one client"
        if self.client.status is not ClientStatus.ACTIVE:
            assert rows == []
            return
        (known,) = load_these([self.client.id], self.now)
        today = local_day(self.now, known.manager.zone)
        turn = cadence_reason(known.client, known.manager, today)
        assert turn.due is not None, "an active client without a next step"
        if not rows and turn.due <= today:
            assert self._is_excused(known, today, turn), f"due {turn.due} and not on the list"

    def _is_excused(self, known: Any, today: Any, turn: Any) -> bool:
        facts = known.client
        off = facts.postponed and facts.postponed.until > self.now
        contact = turn.contact.id if turn.contact else 0
        tried = tries_on(facts.tries, contact, today, known.manager.zone)
        return bool(off or tried.spent or away_until(today, facts.away))

    @invariant()
    @precondition(lambda self: hasattr(self, "client"))
    def never_slower_without_an_agreement(self) -> None:
        stages = sorted(self._all(Cadence), key=lambda cadence: cadence.id)
        agreed = [a.stage for a in self._all(Agreement) if a.answer is not Answer.NOT_YET]
        for before, after in pairwise(stages):
            assert after.stage.days <= before.stage.days or after.stage in agreed

    @invariant()
    @precondition(lambda self: hasattr(self, "client"))
    def no_writing_before_talking(self) -> None:
        waiting = {r.contact_id for r in self._all(Recovery) if not r.closed and r.live is None}
        for contact in self.contacts:
            assert (writing_guard.blocking_recovery(contact) is not None) is (contact.id in waiting)

    @invariant()
    @precondition(lambda self: hasattr(self, "client"))
    def a_wrong_number_is_looked_for_and_never_dialled(self) -> None:
        (known,) = load_these([self.client.id], self.now)
        wrong = {c.id for c in known.client.contacts if c.needs_number}
        today = local_day(self.now, known.manager.zone)
        rows = self._rows()
        assert not any(row.phone for row in rows if row.contact_id in wrong)
        if rows and away_until(today, known.client.away) is None:
            steps = [step for row in rows for step in (row.step, *row.also)]
            asked = {
                s.contact.id for s in steps if s.reason is ReasonCode.FIND_NUMBER and s.contact
            }
            assert asked == wrong

    @invariant()
    @precondition(lambda self: hasattr(self, "client"))
    def nothing_done_comes_back(self) -> None:
        steps = [step for row in self._rows() for step in (row.step, *row.also)]
        kept = {promise.words for promise in self._all(Promise) if promise.kept}
        assert not kept & {step.words for step in steps}
        settled = {booking.at for booking in self._all(Booking) if booking.settled_at}
        open_ones = {booking.at for booking in self._all(Booking)} - settled
        codes = {ReasonCode.BOOKED, ReasonCode.CONFIRM_BOOKING}
        booked = {step.at for step in steps if codes & {step.reason, step.of}}
        assert booked <= open_ones
        over = {r.id for r in self._all(Recovery) if r.live or r.closed}
        wrong = {step.recovery for step in steps if ReasonCode.RECOVERY in (step.reason, step.of)}
        assert not wrong & over
