"""Notices on their user's side: shown on a device, opened, said on the page, put off."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, abort, flash, g, make_response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session, writing
from pwa.models import Client, Notice, Role
from pwa.operations.accounts import push_devices
from pwa.operations.notices.from_phone import acknowledge
from pwa.operations.notices.from_phone.unlogged import CallToLog, calls_to_log
from pwa.operations.notices.report import lines_of
from pwa.operations.notices.results import SENT, WAITING
from pwa.rules.notices.due import AN_HOUR
from pwa.rules.vocabulary.notice_kind import NoticeKind
from pwa.web.http.authorization import load_client, row_number
from pwa.web.http.idempotency import idempotent, reject_other_user
from pwa.web.http.responses import next_url, page, redirect_after_post
from pwa.web.text.datetime_filters import clock_time, day

bp = Blueprint("notices", __name__)

DONE = ("", 204)
PROMISES = frozenset({NoticeKind.PROMISE, NoticeKind.PROMISE_TODAY})
CAN_WAIT_A_DAY = PROMISES | acknowledge.ABOUT_THE_LIST | {NoticeKind.RECOVERY}
MOST_LOOKS = 15  # for a test that was sent, a second apart
TRIAL_ASKS = timedelta(minutes=3)  # from when a test was asked for


@bp.post("/notices/<int:notice_id>/shown")
@login_required
def shown(notice_id: int) -> Response:
    """The worker of a device says that the notice is on its screen."""
    endpoint = request.form.get("endpoint", "")
    if "\x00" in endpoint:  # PostgreSQL cannot even look for it
        abort(400)
    with writing():
        acknowledge.mark_shown(_load(notice_id), endpoint, clock.now())
    return make_response(DONE)


@bp.get("/notices/<int:notice_id>/shown")
@login_required
def seen(notice_id: int) -> Response:
    """On which devices a test was shown; the page asks again while it may still come."""
    times = request.args.get("times", 0, type=int)
    return page("me/trial.html", "notices/_seen.html", **seen_on(_load(notice_id), times))


def seen_on(notice: Notice, times: int) -> dict[str, Any]:
    """What notices/_seen.html needs, for the page that has asked so many `times`."""
    devices = acknowledge.shown_on(notice, current_user.sign_in_token)
    waits = not devices and times < MOST_LOOKS
    return {"notice": notice, "seen": devices, "times": times, "waits": waits}


@bp.get("/notices/<int:notice_id>/trial")
@login_required
def trial(notice_id: int) -> Response:
    """What became of a test that was not sent at once; nothing while it still waits."""
    notice = _load(notice_id)
    if notice.kind is not NoticeKind.TEST:
        abort(404)
    values = trial_of(notice)
    if values["asks_again"]:
        return make_response(DONE)
    return page("me/trial.html", "me/_trial_result.html", **values)


def trial_of(notice: Notice) -> dict[str, Any]:
    """What me/_trial_result.html needs; it asks again while the test waits, for `TRIAL_ASKS`."""
    (line,) = lines_of([notice.id], {})
    asks_again = line.result == WAITING and clock.now() - notice.due_at < TRIAL_ASKS
    words = {
        SENT: _("Sent."),
        WAITING: _("Still not sent. Try again later."),
    }.get(line.result, _("It could not be sent."))
    if asks_again:
        words = _("Not sent yet: we keep trying for a few minutes.")
    devices = push_devices.devices_of(current_user)
    shown = {"line": line, "words": words, "asks_again": asks_again, "devices": devices}
    return {**shown, **seen_on(notice, times=0)}


@bp.post("/notices/<int:notice_id>/here")
@login_required
def here(notice_id: int) -> Response:
    """Somebody closed the notice on a page, or has `seen` it there: it need not be sent."""
    reject_other_user()
    mark = acknowledge.mark_seen if "seen" in request.form else acknowledge.mark_closed
    with writing():
        mark(_load(notice_id), clock.now())
    return make_response(DONE)


@bp.post("/notices/<int:notice_id>/later")
@login_required
@idempotent
def later(notice_id: int) -> Response:
    """Puts the notice off; leads to the page that asks why where that needs a reason."""
    notice, now = _load(notice_id), clock.now()
    until = request.form.get("until")
    if until == "hour" and (at := acknowledge.put_off_an_hour(notice, _user(), now)):
        return _done(_again_words(at, now))
    if until == "tomorrow" and acknowledge.put_off_a_day(notice, _client_of(notice), _user(), now):
        return _done(_("Put off until tomorrow."))
    if until not in ("hour", "tomorrow"):
        abort(400)
    return redirect_after_post(_reason_asked(notice, until))


@bp.after_app_request
def note_opened(response: Response) -> Response:
    """Stores that a page was opened from a notice, after the handler's own transaction."""
    notice = opened_notice() if response.status_code == 200 else None
    if notice is not None and notice.opened_at is None:
        with suppress(OperationalError), writing():  # not worth a failed answer
            acknowledge.mark_opened(notice, clock.now())
    return response


@bp.app_template_global()
def opened_notice() -> Notice | None:
    """The user's own notice that led to this page: the address names it. None without one."""
    if request.method != "GET" or "notice" not in request.args:
        return None
    if "opened_notice" not in g:
        g.opened_notice = _opened()
    notice: Notice | None = g.opened_notice
    return notice


@bp.app_template_global()
def choices_of(notice: Notice) -> list[tuple[str, str]]:
    """The buttons that put an opened notice off, by value."""
    if notice.kind is NoticeKind.TEST:
        return []
    now = clock.now()
    hour = acknowledge.comes_again(notice, _user(), now)
    about = notice.client_id and notice.kind in CAN_WAIT_A_DAY
    tomorrow = about and current_user.role == Role.MANAGER
    return [
        *([("hour", _hour_words(hour, now))] if hour else []),
        *([("tomorrow", _("Not today"))] if tomorrow else []),
    ]


@bp.app_template_global()
def calls_of(notice: Notice) -> list[CallToLog]:
    """The calls to log that an opened notice counts: several at once, or those of the day."""
    counts_calls = notice.kind in (NoticeKind.UNLOGGED, NoticeKind.EVENING)
    if not counts_calls or request.endpoint != "today.index":
        return []
    return calls_to_log(_user(), clock.now())


def _hour_words(at: datetime, now: datetime) -> str:
    if at <= now + AN_HOUR:
        return _("In an hour")
    return _("Remind me %(day)s at %(time)s", day=day(at), time=clock_time(at))


def _again_words(at: datetime, now: datetime) -> str:
    if at <= now + AN_HOUR:
        return _("You'll be reminded again at %(time)s.", time=clock_time(at))
    return _("You'll be reminded again %(day)s at %(time)s.", day=day(at), time=clock_time(at))


def _opened() -> Notice | None:
    number = request.args.get("notice", type=row_number)
    if number is None or not current_user.is_authenticated:
        return None
    notice = session.get(Notice, number)
    return notice if notice is not None and notice.user_id == current_user.id else None


def _load(notice_id: int) -> Notice:
    """The user's own notice, or 404."""
    notice = session.get(Notice, notice_id, populate_existing=True)
    if notice is None or notice.user_id != current_user.id:
        abort(404)
    return notice


def _user():  # type: ignore[no-untyped-def]  # flask-login ships no types
    return current_user._get_current_object()


def _client_of(notice: Notice) -> Client | None:
    return load_client(notice.client_id, for_write=True) if notice.client_id else None


def _done(words: str) -> Response:
    """Back to the page; for the worker, which has none, nothing."""
    if request.headers.get("Prefer") == "return=minimal":
        return make_response(DONE)
    flash(words)
    return redirect_after_post(next_url(url_for("sessions.index")))


def _reason_asked(notice: Notice, until: str) -> str:
    """The page on which it can be put off all the same; that of the client, or of the promises."""
    if notice.kind in PROMISES:
        return url_for("promises.index")
    if notice.client_id is None:
        return next_url(url_for("sessions.index"))
    if until == "tomorrow" and current_user.role == Role.MANAGER:
        return url_for("postponements.new", client_id=notice.client_id)
    return url_for("clients.show", client_id=notice.client_id)
