"""The Authorization header of a push (VAPID, RFC 8292), signed once per push service."""

from collections.abc import Callable
from datetime import datetime, timedelta

from py_vapid import Vapid02
from yarl import URL

from pwa.push.keys import PrivateKey

LIFETIME = timedelta(hours=12)  # push services refuse more than 24
RENEW_BEFORE = timedelta(hours=1)


class Signer:
    """Signs for one key and contact, and remembers: a signature holds for a whole service."""

    def __init__(self, key: PrivateKey, contact: str, now: Callable[[], datetime]) -> None:
        """Take the key, an address push services can write to, and the true time (aware).

        The contact is an e-mail address, a `mailto:` or an `https:` address; else ValueError.
        """
        self._vapid = Vapid02(
            key, conf={"no-strict": True}
        )  # it knows no https contact with a path
        self._sub = subject(contact)
        self._now = now
        self._signed: dict[str, tuple[datetime, str]] = {}

    def authorization(self, endpoint: URL) -> str:
        """Return the header for the push service that this endpoint belongs to."""
        audience = str(endpoint.origin())
        now = self._now()
        expires, header = self._signed.get(audience, (now, ""))
        if expires - now <= RENEW_BEFORE:
            expires = now + LIFETIME
            header = self._sign(audience, expires)
            self._signed[audience] = (expires, header)
        return header

    def _sign(self, audience: str, expires: datetime) -> str:
        claims = {"sub": self._sub, "aud": audience, "exp": int(expires.timestamp())}
        return str(self._vapid.sign(claims)["Authorization"])


def subject(contact: str) -> str:
    """Return the contact as a VAPID subject: "ops@example.com" becomes "mailto:ops@example.com".

    Raises ValueError for anything that is not an e-mail or https address.
    """
    contact = contact.strip()
    if contact.startswith("https://") and URL(contact).host:
        return contact
    address = contact.removeprefix("mailto:")
    name, _, domain = address.rpartition("@")
    if not name or not domain or any(c.isspace() or c == ":" for c in address):
        raise ValueError("The push contact must be an e-mail address or an https address.")
    return f"mailto:{address}"
