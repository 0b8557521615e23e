"""Who at the client a form is about."""

from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from pwa.models import Client, Contact
from pwa.web.forms.fields import Fields


def person_there(fields: Fields, name: str, client: Client) -> Contact | None:
    """The contact of this client that was chosen, or None for nobody in particular."""
    value = fields.text(name)
    found = next((contact for contact in client.contacts if str(contact.id) == value), None)
    if value and found is None:
        fields.errors[name] = _("Choose someone who is there.")
    return found


def zone_of(client: Client, contact: Contact | None) -> ZoneInfo:
    """Whose clock the time was said by: the contact's, else the client's, else the owner's."""
    return contact.zone if contact else ZoneInfo(client.timezone or client.owner.timezone)
