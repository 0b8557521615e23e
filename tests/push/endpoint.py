"""A real push service on 127.0.0.1: it checks what a strict one checks, and reads what was sent.

    with PushService() as service:
        phone = service.subscribe(application_server_key)
        ...  # send to phone.endpoint, phone.p256dh, phone.auth
        assert phone.received[0].text == "..."

`phone.answer` decides what it says to a push that is in order; what is not in order it refuses as
the real ones do, and notes in `service.complaints`.
"""

import base64
import itertools
import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.push.vapid_check import VapidFault, verified_claims

BODY_LIMIT = 4096


@dataclass(frozen=True)
class Answer:
    """What the service says: a status with headers and body, or it hangs, or cuts the line.

    `raw` is said instead, to the letter; `drips` says the rest of the answer, byte by byte.
    """

    status: int = 201
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    hang: bool = False
    cut: bool = False
    raw: bytes = b""
    drips: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it is an answer of HTTP that comes at once."""
        return not (self.hang or self.cut or self.raw or self.drips)


@dataclass(frozen=True)
class Received:
    """One push that was in order, opened with the keys of the device."""

    text: str
    headers: Mapping[str, str]
    claims: Mapping[str, Any]

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Phone:
    """One subscribed device, as a browser would describe it, with the private half of its keys."""

    endpoint: str
    p256dh: str
    auth: str
    application_server_key: str
    private_key: ec.EllipticCurvePrivateKey
    secret: bytes
    answer: Answer = Answer()
    received: list[Received] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """What `PushSubscription.toJSON()` gives in a browser."""
        keys = {"p256dh": self.p256dh, "auth": self.auth}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def open(self, sealed: bytes) -> str:
        opened = http_ece.decrypt(sealed, private_key=self.private_key, auth_secret=self.secret)
        return bytes(opened).decode()


class PushService:
    """Runs in its own thread between `with` and its end. One `subscribe` per device."""

    def __init__(self) -> None:
        self.phones: dict[str, Phone] = {}
        self.complaints: list[str] = []
        self.connections = 0
        self.closing = threading.Event()
        self._numbers = itertools.count(1)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.service = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def subscribe(self, application_server_key: str) -> Phone:
        path = f"/push/{next(self._numbers)}"
        key = ec.generate_private_key(ec.SECP256R1())
        secret = os.urandom(16)
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        phone = Phone(
            self.origin + path, _text(point), _text(secret), application_server_key, key, secret
        )
        self.phones[path] = phone
        return phone

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    service: PushService

    def process_request(self, request: Any, client_address: Any) -> None:
        self.service.connections += 1
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay quiet: a client that gives up on a hanging service is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        service = self.server.service
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        phone = service.phones.get(self.path)
        answer = Answer(404) if phone is None else self._judge(phone, body)
        if answer.hang:
            service.closing.wait()
        self.close_connection = not answer.is_whole
        if answer.drips:
            self._drip(b"HTTP/1.1 201 Created\r\nX: " + b"x" * 100_000)
        elif answer.raw:
            self.wfile.write(answer.raw)
        elif answer.is_whole:
            self._say(answer)

    def _drip(self, answer: bytes) -> None:
        for byte in answer:
            self.wfile.write(bytes([byte]))
            if self.server.service.closing.wait(0.02):
                return

    def _judge(self, phone: Phone, body: bytes) -> Answer:
        try:
            received = self._check(phone, body)
        except _Fault as fault:
            self.server.service.complaints.append(str(fault))
            return Answer(fault.status, body=str(fault))
        if phone.answer.status < 300 and phone.answer.is_whole:
            phone.received.append(received)
        return phone.answer

    def _check(self, phone: Phone, body: bytes) -> Received:
        headers = {name.lower(): value for name, value in self.headers.items()}
        if not headers.get("ttl", "").isdigit():
            raise _Fault(400, "TTL is missing")
        if headers.get("content-encoding") != "aes128gcm":
            raise _Fault(415, "Content-Encoding is not aes128gcm")
        if len(body) > BODY_LIMIT:
            raise _Fault(413, "Payload is over 4096 bytes")
        try:
            claims = verified_claims(
                headers.get("authorization", ""),
                audience=self.server.service.origin,
                application_server_key=phone.application_server_key,
            )
        except VapidFault as fault:
            raise _Fault(403, str(fault)) from fault
        try:
            return Received(phone.open(body), headers, claims)
        except Exception as error:
            raise _Fault(400, f"Cannot be decrypted: {error!r}") from error

    def _say(self, answer: Answer) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep test output clean."""


class _Fault(Exception):
    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
