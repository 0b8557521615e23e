"""Pushes on their way: an event loop in a thread of its own, so that no database waits for one."""

import asyncio
import queue
import threading
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from pwa.push.message import Message
from pwa.push.results import Result


@dataclass(frozen=True, slots=True)
class Sealed:
    """A message as it goes over the wire."""

    url: URL
    body: bytes
    headers: Mapping[str, str]


Prepare = Callable[[Message], Sealed | Result]
Post = Callable[[aiohttp.ClientSession, Sealed], Awaitable[Result]]

GATHER_SECONDS = 0.02  # a few results more make one transaction of them


@dataclass(slots=True)
class _Lane:
    """What waits for one push service, and the tasks that send it."""

    waiting: deque[tuple[int, Sealed]] = field(default_factory=deque)
    senders: set[asyncio.Task[None]] = field(default_factory=set)


class Stream:
    """Takes messages under any key and gives back their results as they come.

    At most `concurrency` are on their way to each push service; the others wait for their turn,
    which does not count towards the time that a push may take. Nothing is started before the first.
    """

    def __init__(self, prepare: Prepare, post: Post, concurrency: int) -> None:
        self._prepare = prepare
        self._post = post
        self._concurrency = concurrency
        self._lanes: dict[str, _Lane] = defaultdict(_Lane)
        self._results: queue.SimpleQueue[tuple[int, Result]] = queue.SimpleQueue()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="pushes", daemon=True)
        self._ready = threading.Event()
        self.in_flight = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    def submit(self, messages: Sequence[tuple[int, Message]]) -> None:
        """Send the messages, each with the key under which its result comes back.

        They are sealed here, in the thread of who submits, one after another: several times as
        quick as between the answers of push services.
        """
        if not messages:
            return
        if not self._ready.is_set():
            self._thread.start()
            self._ready.wait()
        self.in_flight += len(messages)
        on_the_way = []
        for key, message in messages:
            sealed = self._prepare(message)
            if isinstance(sealed, Sealed):
                on_the_way.append((key, sealed))
            else:
                self._results.put((key, sealed))
        self._loop.call_soon_threadsafe(self._start, on_the_way)

    def completed(self, wait: float | None = None) -> list[tuple[int, Result]]:
        """The results that are there by now, or the first to come within `wait` seconds.

        Without `wait` it waits as long as something is under way.
        """
        if not self.in_flight:
            return []
        try:
            results = [self._results.get(timeout=wait)]
        except queue.Empty:
            return []
        while len(results) < self.in_flight:
            try:
                results.append(self._results.get(timeout=GATHER_SECONDS))
            except queue.Empty:
                break
        self.in_flight -= len(results)
        return results

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            self._session = runner.run(_session())
            self._ready.set()
            self._loop.run_forever()
            runner.run(self._session.close())

    def _start(self, messages: Sequence[tuple[int, Sealed]]) -> None:
        for key, sealed in messages:
            lane = self._lanes[sealed.url.authority]
            lane.waiting.append((key, sealed))
            if len(lane.senders) < self._concurrency:
                sender = self._loop.create_task(self._empty(lane))
                lane.senders.add(sender)
                sender.add_done_callback(lane.senders.discard)

    async def _empty(self, lane: _Lane) -> None:
        """Send what waits, one after another, until nothing does."""
        while lane.waiting:
            key, sealed = lane.waiting.popleft()
            self._results.put((key, await self._post(self._session, sealed)))


async def _session() -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(limit=0)  # the lanes are the limit
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
    )
