"""Where a push may go. A browser tells us the address, so anyone could name any address."""

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

from yarl import URL

SERVICES = frozenset(
    {
        "fcm.googleapis.com",  # Chrome, Edge on Android, Samsung Internet
        "jmt17.google.com",  # Chromium as Linux distributions build it
    }
)
SERVICE_DOMAINS = (".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com")
LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
NAME = re.compile(rf"{LABEL}(?:\.{LABEL})*")
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
HTTPS_PORT = 443
LONGEST = 1000  # characters
LONGEST_HOST, LONGEST_LABEL = 253, 63  # characters, as names of hosts may have
LONGEST_SERVICE = 255  # characters, as the columns hold


class EndpointError(ValueError):
    """Nothing is sent to this address. The message is a sentence that says why."""


def permitted(endpoint: str, allowed_hosts: AbstractSet[str] = frozenset()) -> URL:
    """Return the endpoint, unchanged, as the URL to post to; else raise EndpointError.

    Known push services are reached by https on their own port. `allowed_hosts` are further host
    names, on any port; this machine among them also by http.
    """
    url, host, port = _parse(endpoint)
    if url.user is not None or url.password is not None:
        raise EndpointError("The push address carries a name or password.")
    if host in allowed_hosts:
        if url.scheme == "https" or (url.scheme == "http" and host in LOOPBACK):
            return url
    elif host in SERVICES or (host.endswith(SERVICE_DOMAINS) and NAME.fullmatch(host)):
        if url.scheme == "https" and port == HTTPS_PORT:
            return url
    else:
        raise EndpointError("The push address is not at a push service we know.")
    raise EndpointError("The push address is not a plain https address.")


def service_of(endpoint: str) -> str:
    """The origin of the push service of an endpoint, as text; "" if it is no web address."""
    try:
        return str(_parse(endpoint)[0].origin())[:LONGEST_SERVICE]
    except ValueError:
        return ""


@lru_cache(maxsize=1024)  # asked for several times for each push
def _parse(endpoint: str) -> tuple[URL, str, int | None]:
    if len(endpoint) > LONGEST or not _is_plain(endpoint):
        raise EndpointError("The push address is not a web address.")
    try:
        url = URL(endpoint, encoded=True)  # what is checked is what is posted to, to the letter
        host = (url.host or "").lower()
        if len(host) > LONGEST_HOST or max(map(len, host.split("."))) > LONGEST_LABEL:
            raise ValueError("no name of a host")
        return url, host, url.port
    except ValueError:
        raise EndpointError("The push address is not a web address.") from None


def _is_plain(endpoint: str) -> bool:
    return endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
