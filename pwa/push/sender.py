"""A push is sent to its push service: Delivered, Gone, Retry or Refused; many go side by side."""

import logging
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import datetime

import aiohttp

from pwa.push import answers
from pwa.push.hosts import EndpointError, permitted
from pwa.push.keys import PrivateKey
from pwa.push.message import Message, MessageError, headers, seal
from pwa.push.results import PushRefused, Result, Retry
from pwa.push.stream import Sealed, Stream
from pwa.push.vapid import Signer

log = logging.getLogger(__name__)

CONCURRENCY = 100  # to each push service
POISON_REST = 3600.0  # seconds
# What comes of a connection that we kept open and the service has closed: a new one may do.
KEPT_TOO_LONG = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)
SAID_LIMIT = 400  # bytes read of a refusal, and half as many shown


class Sender:
    """Sends with one key and contact. Keep it: it remembers its signatures."""

    def __init__(
        self,
        key: PrivateKey,
        contact: str,
        now: Callable[[], datetime],
        *,
        allowed_hosts: AbstractSet[str] = frozenset(),
        timeout: float = 10.0,
        concurrency: int = CONCURRENCY,
    ) -> None:
        """Take the key, whom push services may write to, and the true time (aware).

        `allowed_hosts` are hosts beyond the known push services; `timeout` is in seconds for one
        push as a whole, `concurrency` the number at once to each push service. Raises ValueError
        for a contact that is not an e-mail or https address.
        """
        self._signer = Signer(key, contact, now)
        self._now = now
        self._allowed_hosts = frozenset(host.lower() for host in allowed_hosts)
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self.concurrency = concurrency

    @contextmanager
    def stream(self) -> Iterator[Stream]:
        """A stream of pushes in a thread of its own; what is on its way at the end is cut off."""
        with Stream(self._prepare, self._post, self.concurrency) as stream:
            yield stream

    def send_all(self, messages: Sequence[Message]) -> list[Result]:
        """Send every message and return the results in the same order; raises for none of them."""
        with self.stream() as stream:
            stream.submit(list(enumerate(messages)))
            results: dict[int, Result] = {}
            while len(results) < len(messages):
                results |= dict(stream.completed())
        return [results[number] for number in range(len(messages))]

    def _prepare(self, message: Message) -> Sealed | Result:
        """The message sealed and signed, or the result that there is nothing to send."""
        try:
            url = permitted(message.subscription.endpoint, self._allowed_hosts)
            fields = headers(message) | {"Authorization": self._signer.authorization(url)}
            return Sealed(url, seal(message), fields)
        except (EndpointError, MessageError) as problem:
            return PushRefused(str(problem))
        except Exception:  # one poison message must not stop the others
            return _unforeseen()

    async def _post(self, session: aiohttp.ClientSession, sealed: Sealed) -> Result:
        try:
            try:
                return await self._post_once(session, sealed)
            except KEPT_TOO_LONG as error:
                if isinstance(error, aiohttp.ClientConnectorError):
                    raise
                return await self._post_once(session, sealed)
        except TimeoutError:
            why = f"The push service did not answer in {self._timeout.total:g} s."
            return Retry(None, why, outage=True)
        except (aiohttp.ClientError, OSError):
            return Retry(None, "The push service could not be reached.", outage=True)
        except Exception:  # one poison answer must not stop the others
            return _unforeseen()

    async def _post_once(self, session: aiohttp.ClientSession, sealed: Sealed) -> Result:
        # Own post: pywebpush follows redirects, a way into the network behind us.
        async with session.post(
            sealed.url,
            data=aiohttp.BytesPayload(sealed.body),
            headers=sealed.headers,
            timeout=self._timeout,
            allow_redirects=False,
        ) as response:
            return await self._read(response)

    async def _read(self, response: aiohttp.ClientResponse) -> Result:
        body = "" if response.ok else await _start_of_body(response)
        return answers.read(response.status, response.headers.get("Retry-After"), body, self._now())


def _unforeseen() -> Retry:
    log.exception("A push failed in a way nobody foresaw")
    return Retry(POISON_REST, "Something we did not foresee went wrong.")


async def _start_of_body(response: aiohttp.ClientResponse) -> str:
    """Return the start of a refusal's body as one printable line, or nothing."""
    try:
        raw = await response.content.read(SAID_LIMIT)
    except (aiohttp.ClientError, TimeoutError, OSError):
        return ""
    text = " ".join(raw.decode("utf-8", "replace").split())
    return "".join(c for c in text if c.isprintable())[: SAID_LIMIT // 2]
