"""Users, as administrators add, change, deactivate and invite them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session
from pwa.models import Role, User
from pwa.operations.accounts import administration
from pwa.operations.accounts.users import AccountError
from pwa.operations.clients import lifecycle
from pwa.operations.maintenance.push_trouble import push_trouble, worker_trouble
from pwa.operations.voice_notes import rejected_cases
from pwa.speech import engine_choice
from pwa.web.account import invitations
from pwa.web.forms.clients.lifecycle import HandoverForm
from pwa.web.forms.fields import Errors
from pwa.web.forms.person import PersonForm
from pwa.web.http.authorization import role_required
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post

bp = Blueprint("admin", __name__)
administrators_only = role_required(Role.ADMINISTRATOR)


def load_person(user_id: int) -> User:
    """The user, or 404."""
    return session.get(User, user_id) or abort(404)


def to_person(user: User) -> Response:
    """To the user's page."""
    return redirect_after_post(url_for("admin.edit", user_id=user.id))


@bp.get("/admin")
@administrators_only
def index() -> Response:
    everyone = administration.list_users()
    orphaned = [entry for entry in everyone if entry.clients and not entry.user.is_active]
    config = current_app.config["ROUNDS"]
    here = (clock.now(), current_user.zone)
    return page(
        "admin/index.html",
        users=everyone,
        orphaned=orphaned,
        push_trouble=[*worker_trouble(*here), *push_trouble(*here)],
        teams=administration.teams(),
        engine=config.speech_engine,
        hears_outside=_host(config.speech_engine),
        reads_outside=_host(config.reading_url),
        cases=rejected_cases.count(),
    )


def _host(setting: str) -> str | None:
    """The host of an outside speech or reading engine; None for one on this server."""
    return urlsplit(setting).hostname if engine_choice.outside(setting) else None


@bp.get("/admin/people/new")
@administrators_only
def new() -> Response:
    values = {
        "role": "manager",
        "team": current_user.team.name,
        "timezone": current_user.timezone,
        "capacity_minutes": "240",
    }
    return _new(values, {})


def _new(values: Mapping[str, str], errors: Errors, status: int = 200) -> Response:
    teams = administration.teams()
    return page("admin/new_person.html", status=status, values=values, errors=errors, teams=teams)


@bp.post("/admin/people")
@administrators_only
@idempotent
def create() -> Response:
    form = PersonForm.parse(request.form, new=True)
    if not form.errors:
        try:
            user, token = administration.add(form.email, form.facts, current_user, clock.now())
        except AccountError as refused:
            form.errors["email"] = str(refused)
        else:
            invitations.give(user, token)
            return to_person(user)
    return _new(request.form, form.errors, 422)


@bp.get("/admin/people/<int:user_id>")
@administrators_only
def edit(user_id: int) -> Response:
    person = load_person(user_id)
    return person_page(person, PersonForm.values(person), fresh_link=invitations.take(person))


@bp.post("/admin/people/<int:user_id>")
@administrators_only
@idempotent
def update(user_id: int) -> Response:
    person = load_person(user_id)
    form = PersonForm.parse(request.form, new=False)
    if not form.errors:
        try:
            administration.change(person, form.facts, current_user, clock.now())
        except AccountError as refused:
            form.errors["role"] = str(refused)
        else:
            flash(_("%(name)s is changed.", name=person.name))
            return redirect_after_post(url_for("admin.index"))
    return person_page(person, request.form, 422, form.errors)


def person_page(
    person: User, values: object, status: int = 200, errors: Errors | None = None, **more: Any
) -> Response:
    """The user's page, with everything that can be done about them."""
    owners = [user for user in lifecycle.possible_owners(current_user) if user.id != person.id]
    return page(
        "admin/person.html",
        status=status,
        person=person,
        values=values,
        errors=errors or {},
        teams=administration.teams(),
        clients=len(administration.remaining_clients(person)),
        owners=owners,
        **more,
    )


@bp.post("/admin/people/<int:user_id>/deactivation")
@administrators_only
@idempotent
def deactivate(user_id: int) -> Response:
    person = load_person(user_id)
    try:
        administration.deactivate(person, current_user, clock.now())
    except AccountError as refused:
        return person_page(person, PersonForm.values(person), 422, {"role": str(refused)})
    flash(_("%(name)s is signed out everywhere. Their clients stay.", name=person.name))
    return to_person(person)


@bp.post("/admin/people/<int:user_id>/reactivation")
@administrators_only
@idempotent
def reactivate(user_id: int) -> Response:
    person = load_person(user_id)
    administration.reactivate(person, current_user, clock.now())
    return to_person(person)


@bp.post("/admin/people/<int:user_id>/link")
@administrators_only
@idempotent
def reset(user_id: int) -> Response:
    person = load_person(user_id)
    try:
        invitations.give(person, administration.new_link(person, current_user, clock.now()))
    except AccountError as refused:
        return person_page(person, PersonForm.values(person), 422, {"role": str(refused)})
    return to_person(person)


@bp.post("/admin/people/<int:user_id>/handover")
@administrators_only
@idempotent
def hand_over(user_id: int) -> Response:
    person = load_person(user_id)
    owners = [user for user in lifecycle.possible_owners(current_user) if user.id != person.id]
    form = HandoverForm.parse(request.form, owners)
    if form.errors or form.to is None:
        values = {**PersonForm.values(person), **request.form}
        return person_page(person, values, 422, form.errors)
    behind = administration.remaining_clients(person)
    lifecycle.hand_over(behind, form.to, form.reason, current_user, clock.now())
    flash(_("%(name)s looks after them now.", name=form.to.name))
    return to_person(person)
