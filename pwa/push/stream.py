"""Pushes on their way: an event loop in a thread of its own, so that no database waits for one."""

import asyncio
import queue
import threading
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from types import TracebackType
from typing import Self

import aiohttp

from pwa.push.hosts import service_of
from pwa.push.message import Message
from pwa.push.results import Result

Send = Callable[[aiohttp.ClientSession, Message], Awaitable[Result]]

GATHER_SECONDS = 0.02  # a few results more make one transaction of them


class Stream:
    """Takes messages under any key and gives back their results as they come.

    At most `concurrency` are on their way to each push service; the others wait for their turn,
    which does not count towards the time that a push may take. Nothing is started before the first.
    """

    def __init__(self, send: Send, concurrency: int) -> None:
        self._send = send
        self._gates: dict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(concurrency)
        )
        self._results: queue.SimpleQueue[tuple[int, Result]] = queue.SimpleQueue()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="pushes", daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()
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
        """Send the messages, each with the key under which its result comes back."""
        if not messages:
            return
        if not self._ready.is_set():
            self._thread.start()
            self._ready.wait()
        self.in_flight += len(messages)
        self._loop.call_soon_threadsafe(self._start, messages)

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

    def _start(self, messages: Sequence[tuple[int, Message]]) -> None:
        for key, message in messages:
            task = self._loop.create_task(self._deliver(key, message))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, key: int, message: Message) -> None:
        async with self._gates[service_of(message.subscription.endpoint)]:
            result = await self._send(self._session, message)
        self._results.put((key, result))


async def _session() -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(limit=0)  # the gates are the limit
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
