"""A push service as Firefox knows one: it speaks autopush's websocket protocol, and takes posts.

    with Autopush() as service:
        ...  # Firefox with dom.push.serverURL = service.address subscribes
        ...  # our sender posts to the endpoint that Firefox was given

What was posted stays until the browser acknowledges it, and comes again after each hello. What a
strict service would refuse is refused, and noted in `complaints`.
"""

import asyncio
import base64
import contextlib
import itertools
import json
import threading
import time
import uuid
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import WSMsgType, web

from tests.push.vapid_check import VapidFault, verified_claims

BODY_LIMIT = 4096
PROTOCOL = "push-notification"
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Stored:
    """One push that a browser has not acknowledged yet."""

    channel: str
    version: str
    body: bytes
    topic: str | None
    until: float

    def as_message(self) -> dict[str, object]:
        """It as the browser reads it."""
        return {
            "messageType": "notification",
            "channelID": self.channel,
            "version": self.version,
            "data": base64.urlsafe_b64encode(self.body).rstrip(b"=").decode("ascii"),
            "headers": {"encoding": "aes128gcm"},
        }


@dataclass
class Agent:
    """One browser: its channels with the keys they were made for, and what waits for it."""

    channels: dict[str, str] = field(default_factory=dict)
    waiting: list[Stored] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None


class Autopush:
    """Runs in its own thread between `with` and its end.

    `holding` keeps what is posted from a browser that is connected, until it says hello again.
    """

    def __init__(self) -> None:
        self.agents: dict[str, Agent] = {}
        self.endpoints: dict[str, tuple[str, str]] = {}
        self.accepted: list[Mapping[str, str]] = []
        self.acknowledged: list[int] = []
        self.complaints: list[str] = []
        self.holding = False
        self._port = 0
        self._versions = itertools.count(1)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._runner = self._make_runner()

    @property
    def address(self) -> str:
        """Of the websocket."""
        return f"ws://{HOST}:{self._port}/"

    @property
    def origin(self) -> str:
        """Of the endpoints."""
        return f"http://{HOST}:{self._port}"

    @property
    def connected(self) -> bool:
        """Whether any browser is there now."""
        return any(agent.socket for agent in self.agents.values())

    def waiting(self) -> list[Stored]:
        """What no browser has acknowledged yet."""
        return [stored for agent in self.agents.values() for stored in agent.waiting]

    def __enter__(self) -> Self:
        self._thread.start()
        self._wait_for(self._start())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._wait_for(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _wait_for(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _make_runner(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/", self._talk)
        app.router.add_post("/push/{token}", self._take)
        return web.AppRunner(app, access_log=None, shutdown_timeout=0)

    async def _start(self) -> None:
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, 0)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        """Answer one browser until it goes."""
        socket = web.WebSocketResponse(protocols=[PROTOCOL])
        await socket.prepare(request)
        uaid = ""
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    uaid = await self._answer(socket, uaid, json.loads(frame.data))
        finally:
            if uaid and self.agents[uaid].socket is socket:
                self.agents[uaid].socket = None
        return socket

    async def _answer(
        self, socket: web.WebSocketResponse, uaid: str, message: Mapping[str, Any]
    ) -> str:
        """Answer one message; returns the id of the browser, which hello gives."""
        kind = message.get("messageType", "ping")
        if kind == "hello":
            return await self._hello(socket, message)
        if kind == "ping":
            await socket.send_json({})
        elif kind == "ack":
            self._acknowledge(self.agents[uaid], message["updates"])
        elif kind in ("register", "unregister"):  # what else there is needs no answer
            answer = {**message, "status": 200}
            answer |= getattr(self, f"_{kind}")(uaid, message)
            await socket.send_json(answer)
        return uaid

    async def _hello(self, socket: web.WebSocketResponse, message: Mapping[str, Any]) -> str:
        """Know a browser again by its id, else give it one; then bring what waits for it."""
        uaid = message.get("uaid", "")
        if uaid not in self.agents:
            uaid = uuid.uuid4().hex
        agent = self.agents.setdefault(uaid, Agent())
        agent.socket = socket
        answer = {"messageType": "hello", "uaid": uaid, "status": 200, "use_webpush": True}
        await socket.send_json({**answer, "broadcasts": {}})
        agent.waiting = [stored for stored in agent.waiting if stored.until > time.time()]
        for stored in agent.waiting:
            await socket.send_json(stored.as_message())
        return uaid

    def _register(self, uaid: str, message: Mapping[str, Any]) -> dict[str, object]:
        channel, token = message["channelID"], uuid.uuid4().hex
        self.agents[uaid].channels[channel] = message.get("key", "").rstrip("=")
        self.endpoints[token] = (uaid, channel)
        return {"pushEndpoint": f"{self.origin}/push/{token}"}

    def _unregister(self, uaid: str, message: Mapping[str, Any]) -> dict[str, object]:
        self.agents[uaid].channels.pop(message["channelID"], None)
        return {}

    def _acknowledge(self, agent: Agent, updates: Sequence[Mapping[str, Any]]) -> None:
        for update in updates:
            self.acknowledged.append(update["code"])
            agent.waiting = [
                stored for stored in agent.waiting if stored.version != update["version"]
            ]

    async def _take(self, request: web.Request) -> web.Response:
        """Take one push from a sender: 201, or what a strict service says."""
        uaid, channel = self.endpoints.get(request.match_info["token"], ("", ""))
        agent = self.agents.get(uaid)
        if agent is None or channel not in agent.channels:
            return web.Response(status=410)
        body = await request.read()
        if fault := self._fault(request.headers, body, agent.channels[channel]):
            self.complaints.append(fault)
            return web.Response(status=400, text=fault)
        self.accepted.append(dict(request.headers))
        await self._deliver(agent, self._store(agent, channel, request.headers, body))
        return web.Response(status=201)

    def _fault(self, headers: Mapping[str, str], body: bytes, key: str) -> str:
        """What is wrong with a push, or nothing."""
        if not headers.get("TTL", "").isdigit():
            return "TTL is missing"
        if headers.get("Content-Encoding") != "aes128gcm":
            return "Content-Encoding is not aes128gcm"
        if len(body) > BODY_LIMIT:
            return f"It has over {BODY_LIMIT} bytes"
        try:
            verified_claims(
                headers.get("Authorization", ""), audience=self.origin, application_server_key=key
            )
        except VapidFault as fault:
            return str(fault)
        return ""

    def _store(self, agent: Agent, channel: str, headers: Mapping[str, str], body: bytes) -> Stored:
        """Keep it; it replaces what waits with the same topic."""
        until = time.time() + int(headers["TTL"])
        topic = headers.get("Topic")
        stored = Stored(channel, str(next(self._versions)), body, topic, until)
        others = [kept for kept in agent.waiting if topic is None or kept.topic != topic]
        agent.waiting = [*others, stored]
        return stored

    async def _deliver(self, agent: Agent, stored: Stored) -> None:
        if agent.socket and not self.holding:
            with contextlib.suppress(ConnectionError):  # it has just gone: kept for its next hello
                await agent.socket.send_json(stored.as_message())
