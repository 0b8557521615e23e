"""Devices: push subscriptions of the user's browsers."""

from flask import Blueprint, abort, current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import session
from pwa.models import Device
from pwa.operations.accounts import push_devices
from pwa.push import configured
from pwa.push.keys import VapidKeyError, application_server_key
from pwa.push.message import Subscription
from pwa.web.http.extensions import htmx
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post
from pwa.web.http.user_agents import in_words

bp = Blueprint("devices", __name__)


def server_key() -> str | None:
    """The VAPID public key; None while the server has no key."""
    try:
        return application_server_key(configured.private_key(current_app.config["ROUNDS"]))
    except VapidKeyError:
        return None


@bp.get("/devices/key")
def key() -> Response:
    """The VAPID public key for the service worker, which may have to subscribe again by itself."""
    return Response(server_key() or abort(404), mimetype="text/plain")


@bp.post("/devices")
@login_required
@idempotent(replay=lambda: listed())
def create() -> Response:
    """Store this browser's subscription; `replaces` is the endpoint that it had before.

    With `by_itself` the app sends it at its opening, without anyone asking for it.
    """
    made = Subscription(*(request.form.get(name, "") for name in ("endpoint", "p256dh", "auth")))
    allowed = current_app.config["ROUNDS"].push_allowed_hosts
    name = in_words(request.user_agent.string)
    try:
        asked = "by_itself" not in request.form
        push_devices.subscribe(current_user, made, name, clock.now(), allowed, by_itself=not asked)
    except push_devices.DeviceError as error:
        status = 410 if isinstance(error, push_devices.DeviceGone) else 422
        return page("error.html", status=status, title=_("Not turned on"), advice=str(error))
    if replaced := request.form.get("replaces"):
        push_devices.unsubscribe(current_user, replaced)
    return listed()


@bp.post("/devices/<int:device_id>/removal")
@login_required
@idempotent(replay=lambda device_id: listed())
def remove(device_id: int) -> Response:
    device = session.get(Device, device_id)
    if device is None or device.user_id != current_user.id:
        abort(404)
    push_devices.remove(device, clock.now())
    return listed()


def listed() -> Response:
    """The list of devices for htmx; else back to the page that holds it."""
    if htmx:
        return page("me/_devices.html", devices=push_devices.devices_of(current_user))
    return redirect_after_post(url_for("me.index"))
