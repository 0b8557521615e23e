"""Something went wrong: opening it, preparing the call, and what follows the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session
from pwa.models import Client, Promise, Recovery, User
from pwa.operations.client_state import loader
from pwa.operations.promises.promises import people_for
from pwa.operations.recoveries import causes, recoveries
from pwa.rules.brief import recovery as rules
from pwa.rules.day_list.reasons import reasons_today
from pwa.rules.vocabulary.enums import Severity
from pwa.rules.vocabulary.timezones import local_day, moment
from pwa.web.forms.fields import Fields
from pwa.web.http.authorization import load_client, load_of_client
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import next_url, page, redirect_after_post
from pwa.web.text.client_clock import happened_at
from pwa.web.text.datetime_filters import today, zone

bp = Blueprint("recoveries", __name__)

UNKNOWN = "unknown"
EVENING, NOON = time(17), time(12)


@bp.get("/clients/<int:client_id>/recoveries/new")
@login_required
def new(client_id: int) -> Response:
    client = load_client(client_id)
    contact = client.contact
    return _form(client, {"contact": contact.id if contact else "", "severity": UNKNOWN})


@bp.post("/clients/<int:client_id>/recoveries")
@login_required
@idempotent
def create(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    fields = Fields(request.form)
    contact = next((c for c in client.contacts if str(c.id) == fields.text("contact")), None)
    if contact is None and client.contacts:
        fields.errors["contact"] = _("Who is it about?")
    other = fields.text("other", most=200)
    cause = other or fields.text("cause", _("What went wrong?"), most=200)
    if fields.errors:
        return _form(client, request.form, 422, fields.errors)
    given = fields.text("severity")
    severity = Severity(given) if given in set(Severity) else None
    said = recoveries.Opened(contact, cause, severity, happened_at())
    recovery = recoveries.begin(client, said, current_user, clock.now())
    return redirect_after_post(url_for(".show", recovery_id=recovery.id))


@bp.get("/recoveries/<int:recovery_id>")
@login_required
def show(recovery_id: int) -> Response:
    return _page(load_of_client(Recovery, recovery_id))


@bp.get("/recoveries/<int:recovery_id>/preparation")
@login_required
def ask_preparation(recovery_id: int) -> Response:
    recovery = load_of_client(Recovery, recovery_id)
    return _preparation(recovery, {"make_good": recovery.make_good or ""})


@bp.post("/recoveries/<int:recovery_id>/preparation")
@login_required
@idempotent
def prepare(recovery_id: int) -> Response:
    recovery = load_of_client(Recovery, recovery_id, for_write=True)
    fields, now = Fields(request.form), clock.now()
    make_good = fields.text("make_good", most=1000) or None
    know_by = _know_by(fields, now)
    if not make_good and not know_by:
        fields.errors.setdefault("make_good", _("Say what you will do, or by when you will know."))
    if fields.errors:
        return _preparation(recovery, request.form, 422, fields.errors)
    recoveries.prepare(recovery, make_good, know_by, current_user, now)
    return redirect_after_post(next_url(url_for(".show", recovery_id=recovery.id)))


@bp.post("/recoveries/<int:recovery_id>/call-anyway")
@login_required
@idempotent
def call_anyway(recovery_id: int) -> Response:
    recovery = load_of_client(Recovery, recovery_id, for_write=True)
    recoveries.call_anyway(recovery, current_user, clock.now())
    return redirect_after_post(next_url(url_for(".show", recovery_id=recovery.id)))


@bp.post("/recoveries/<int:recovery_id>/prevention")
@login_required
@idempotent
def prevent(recovery_id: int) -> Response:
    recovery = load_of_client(Recovery, recovery_id, for_write=True)
    client = session.get_one(Client, recovery.client_id)
    fields = Fields(request.form)
    words = fields.text("words", _("What do you do so that it does not happen again?"), most=1000)
    due = fields.day("due", _("By which day?"))
    if due and due < today():
        fields.errors["due"] = _("That day is gone. Choose one that is still to come.")
    people = people_for(client)
    owner = next((one for one in people if str(one.id) == fields.text("owner")), client.owner)
    if fields.errors or due is None:
        return _page(recovery, request.form, fields.errors, 422)
    if recovery.prevention_id:
        flash(_("There is a promise for this already, so yours was not added: “%(it)s”.", it=words))
    else:
        recoveries.prevent(recovery, client, words, due, owner, current_user, clock.now())
        flash(_("It stands among your promises."))
    return redirect_after_post(url_for(".show", recovery_id=recovery.id))


@bp.post("/recoveries/<int:recovery_id>/closing")
@login_required
@idempotent
def close(recovery_id: int) -> Response:
    recovery = load_of_client(Recovery, recovery_id, for_write=True)
    fields = Fields(request.form)
    why = fields.text("why", _("Say why, in a few words."), most=500)
    if fields.errors:
        return _page(recovery, request.form, fields.errors, 422)
    recoveries.close(recovery, why, current_user, clock.now())
    return redirect_after_post(url_for("clients.show", client_id=recovery.client_id))


def _know_by(fields: Fields, now: datetime) -> datetime | None:
    """One tap: this evening or tomorrow noon; or a day and a time, by the person's own clock."""
    day = local_day(now, zone())
    taps = {
        "evening": moment(day, EVENING, zone()),
        "noon": moment(day + timedelta(days=1), NOON, zone()),
    }
    chosen = taps.get(fields.text("know"))
    if fields.text("know_day") or fields.text("know_time"):
        wall = fields.moment("know_day", "know_time")
        chosen = wall.replace(tzinfo=zone()) if wall else None
    if chosen and chosen <= now:
        fields.errors["know_day"] = _("That moment is gone. Choose one that is still to come.")
    return chosen


@dataclass(frozen=True)
class RecoveryView:
    """What the page shows beside the row itself; `deadline` until it was talked about."""

    deadline: datetime | None
    lines: tuple[rules.RecoveryLine, ...]
    checks: tuple[Any, ...]
    prevention: Promise | None
    opened_by: User | None


def _seen(recovery: Recovery, client: Client, now: datetime) -> RecoveryView:
    (known,) = loader.load_these([client.id], now)
    mine = (
        one for one in reasons_today(known.client, known.desk, now) if one.recovery == recovery.id
    )
    return RecoveryView(
        deadline=next((one.at for one in mine), None),
        lines=rules.recovery_lines(recovery.make_good, recovery.know_by),
        checks=recoveries.checks_of(recovery, client),
        prevention=session.get(Promise, recovery.prevention_id) if recovery.prevention_id else None,
        opened_by=session.get(User, recovery.opened_by_id) if recovery.opened_by_id else None,
    )


def _page(
    recovery: Recovery,
    values: Mapping[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    client, now = load_client(recovery.client_id), clock.now()
    return page(
        "recoveries/show.html",
        status=status,
        recovery=recovery,
        client=client,
        contact=next((c for c in client.contacts if c.id == recovery.contact_id), client.contact),
        seen=_seen(recovery, client, now),
        people=people_for(client),
        now=now,
        today=today(),
        values=values or {},
        errors=errors or {},
    )


def _form(
    client: Client, values: Any, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    return page(
        "recoveries/new.html",
        status=status,
        client=client,
        causes=causes.of_team(client.owner.team_id),
        values=values,
        errors=errors or {},
    )


def _preparation(
    recovery: Recovery, values: Any, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    client = load_client(recovery.client_id)
    back = next_url(url_for(".show", recovery_id=recovery.id))
    given = {"values": values, "errors": errors or {}, "back": back}
    return page("recoveries/prepare.html", status=status, recovery=recovery, client=client, **given)
