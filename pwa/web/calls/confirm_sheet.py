"""The sheet behind the line "5 to confirm": every suggestion that waits, one after another."""

from flask import Blueprint, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Client
from pwa.operations.voice_notes import to_confirm
from pwa.web.account.sessions import home
from pwa.web.http.authorization import listed_clients, load_client, row_number
from pwa.web.http.responses import page
from pwa.web.text.datetime_filters import today

bp = Blueprint("confirm_sheet", __name__)


@bp.get("/today/confirm")
@login_required
def show() -> Response:
    """What the user said and has not confirmed, at all their clients or at one of them."""
    client_id = request.args.get("client", type=row_number)
    client = load_client(client_id) if client_id else None
    reach = Client.id == client.id if client else listed_clients(current_user)
    return page(
        "suggestions/sheet.html",
        sheet=to_confirm.sheet(current_user, reach, clock.now(), today()),
        client=client,
        back=url_for(".show", client=client_id),
        leave=url_for("clients.show", client_id=client.id) if client else home(),
    )
