"""The page of a letter to a contact: its draft, its channels, and "Call first" instead (R15)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from pwa.models import Client, Contact, Recovery
from pwa.rules.vocabulary.enums import Kind
from pwa.web.forms.fields import Errors
from pwa.web.forms.letter import LetterForm
from pwa.web.http.idempotency import KEY, new_key
from pwa.web.http.responses import next_url, page
from pwa.web.text.recap_text import ways


@dataclass(frozen=True)
class LetterPage:
    """A letter to `contact` at `client`, or to nobody in particular there.

    `heading` is the subject, `locking` the recovery that has to be talked about first.
    """

    template: str
    client: Client
    contact: Contact | None
    heading: str
    locking: Recovery | None

    def draft(self, text: str, **values: Any) -> Response:
        """The page with a draft."""
        return self._show(text, "", {}, 200, values)

    def refused(self, form: LetterForm, **values: Any) -> Response:
        """The page again, with what was typed and why it was not taken."""
        kind = form.kind.value if form.kind else ""
        if not self.locking:
            return self._show(form.text, kind, form.errors, 422, values)
        response = self._show(form.text, kind, form.errors, 409, values)
        response.headers["X-Rounds-Problem"] = quote(_("Call first, then send this."))
        return response

    @property
    def leave(self) -> str:
        """Where the page leads to."""
        shown = url_for("clients.show", client_id=self.client.id, _anchor="history")
        return next_url(shown)

    def _show(
        self, text: str, kind: str, errors: Errors, status: int, values: dict[str, Any]
    ) -> Response:
        channels = ways(self.contact, self.heading)
        return page(
            self.template,
            status=status,
            client=self.client,
            contact=self.contact,
            name=self.contact.first_name if self.contact else self.client.name,
            text=text,
            heading=self.heading,
            ways=channels,
            kind=kind or (channels[0].kind.value if channels else Kind.EMAIL.value),
            errors=errors,
            locking=self.locking,
            key=_asked_key() or new_key(),
            asked=_asked_key() is not None,
            leave=self.leave,
            **values,
        )


def _asked_key() -> str | None:
    """The key of a letter that was begun before: its form comes back under the same."""
    key = request.values.get("key", "")
    return key if KEY.fullmatch(key) else None
