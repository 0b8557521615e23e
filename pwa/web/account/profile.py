"""The user's profile: notifications, sessions, password."""

from contextlib import suppress

from flask import Blueprint, abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session, writing
from pwa.models import User
from pwa.operations import notices
from pwa.operations.accounts import covers, passwords, push_devices, rate_limit, sessions, users
from pwa.operations.accounts.tokens import token_hash
from pwa.operations.notices.from_phone.acknowledge import test_notice
from pwa.operations.notices.planning import choices
from pwa.operations.team import library
from pwa.web.account.devices import server_key
from pwa.web.account.notices import trial_of
from pwa.web.account.sessions import TRIES_PER_EMAIL, remember
from pwa.web.forms import notices as forms
from pwa.web.forms.notices import NoticesForm
from pwa.web.http.idempotency import KEY, idempotent
from pwa.web.http.responses import page, redirect_after_post
from pwa.web.http.user_agents import in_words
from pwa.web.text.datetime_filters import today

bp = Blueprint("me", __name__)

TRIALS = 10  # in a quarter of an hour


@bp.get("/me")
@login_required
def index() -> Response:
    return _page()


@bp.post("/me/hours")
@login_required
@idempotent
def hours() -> Response:
    """The notifications that the user wants, and their times in the user's own zone."""
    form = NoticesForm.parse(request.form, current_user)
    if form.errors:
        return _page(422, errors=form.errors)
    choices.change(current_user, form.times, form.choices, clock.now())
    flash(_("Saved."))
    return redirect_after_post(url_for("me.index"))


@bp.post("/notices")
@login_required
def trial() -> Response:
    """Sends a test push to the user's own devices and shows the result."""
    key = request.form.get("key", "")
    if not KEY.fullmatch(key):
        abort(400)
    with writing():
        allowed = rate_limit.check_rate_limit({f"trial:{current_user.id}": TRIALS}, clock.now())
    if not allowed:
        abort(429)
    notices.send_test_push(current_user, key, clock.now())
    values = trial_of(test_notice(current_user, key))
    return page("me/trial.html", "me/_trial.html", **values)


@bp.post("/me/password")
@login_required
def password() -> Response:
    """Changes the password, given the present one; ends every other session."""
    now, by_email = clock.now(), f"email:{current_user.email}"
    with writing():
        allowed = rate_limit.check_rate_limit({by_email: TRIES_PER_EMAIL}, now)
    if not allowed:
        abort(429)
    if not passwords.authenticate(current_user.email, request.form.get("current", "")):
        wrong = {"current": _("That is not your present password.")}
        return _page(422, errors=wrong, opened="password")
    try:
        chosen = passwords.hash_password(request.form.get("password", ""))
    except users.AccountError as refused:
        return _page(422, errors={"password": str(refused)}, opened="password")
    with writing():
        user = session.get_one(User, current_user.id)
        passwords.set_password(user, chosen, now, current_user.sign_in_token)
        token = sessions.renew_token(current_user.sign_in_token)
        rate_limit.reset_rate_limit(by_email)
    remember(user, token)
    flash(_("Your password is changed. Everywhere else you are signed out."))
    return redirect_after_post(url_for("me.index"))


@bp.post("/sign-ins/<int:sign_in_id>/ending")
@login_required
@idempotent
def end_sign_in(sign_in_id: int) -> Response:
    if not sessions.end_session_by_id(current_user, sign_in_id):
        abort(404)
    return redirect_after_post(url_for("me.index"))


@bp.after_app_request
def note_seen(response: Response) -> Response:
    """Updates the session's last-seen time, once an hour, after the handler's own transaction."""
    seen_at = g.get("seen_at")
    if seen_at and clock.now() - seen_at > sessions.SEEN_EVERY and current_user.is_authenticated:
        with suppress(OperationalError), writing():  # not worth a failed answer
            sessions.update_last_seen(current_user.sign_in_token, clock.now())
    return response


def _page(status: int = 200, *, errors: dict[str, str] | None = None, opened: str = "") -> Response:
    return page(
        "me/index.html",
        status=status,
        devices=push_devices.devices_of(current_user),
        places=sessions.sessions_of(current_user, clock.now()),
        here=token_hash(current_user.sign_in_token),
        server_key=server_key(),
        covers=covers.covers_of(current_user, today()),
        asked=library.count_waiting(current_user),
        in_words=in_words,
        errors=errors or {},
        opened=opened,
        typed=request.form,
        notices=NoticesForm.shown(current_user, request.form),
        kinds=forms.kind_options(current_user),
        call_leads=forms.call_lead_options(current_user.call_lead_minutes),
        visit_leads=forms.visit_lead_options(current_user.visit_lead_minutes),
    )
