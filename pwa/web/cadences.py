"""The rhythm agreed with a client."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Client, Contact
from pwa.operations import cadences
from pwa.rules.words import Stage
from pwa.web.forms.fields import Errors, Fields
from pwa.web.forms.people import person_there
from pwa.web.guards import load_client
from pwa.web.once import once
from pwa.web.respond import page, see_other
from pwa.web.words import today

bp = Blueprint("cadences", __name__)


@dataclass(frozen=True)
class CadenceForm:
    """A stage, who agreed to it, and from which day."""

    stage: Stage | None
    agreed_with: Contact | None
    since: date | None

    @classmethod
    def parse(
        cls, form: Mapping[str, str], client: Client, today: date
    ) -> tuple["CadenceForm", Errors]:
        """The agreement, and by field what is wrong with it."""
        fields = Fields(form)
        stage = fields.choice("stage", Stage, _("How often?"))
        agreed_with = person_there(fields, "agreed_with", client)
        since = fields.day("since", _("From which day?"))
        if since and since > today + timedelta(days=366):
            fields.errors["since"] = _("That is more than a year from now.")
        return cls(stage, agreed_with, since), fields.errors


@bp.get("/clients/<int:client_id>/cadence")
@login_required
def edit(client_id: int) -> Response:
    client = load_client(client_id)
    stands = cadences.current(client)
    values = {
        "stage": stands.stage.value if stands else "monthly",
        "since": today().isoformat(),
        "agreed_with": str(client.contact.id) if client.contact else "",
    }
    return page("cadences/edit.html", client=client, values=values, errors={})


@bp.post("/clients/<int:client_id>/cadence")
@login_required
@once
def create(client_id: int) -> Response:
    client = load_client(client_id, for_write=True)
    form, errors = CadenceForm.parse(request.form, client, today())
    if errors or form.stage is None or form.since is None:
        values = request.form
        return page("cadences/edit.html", status=422, client=client, values=values, errors=errors)
    cadences.agree(client, form.stage, form.agreed_with, form.since, current_user, clock.now())
    return see_other(url_for("clients.show", client_id=client.id, _anchor="rhythm"))
