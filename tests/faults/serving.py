"""A server in a process of its own, which a test may kill, and a browser's part by hand."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.serving import make_server

from config import Config
from pwa import create_app
from tests.patience import PATIENCE

FORM = "application/x-www-form-urlencoded"


class Compiled(BytecodeCache):
    """Templates as they were compiled: the servers inherit what `warm` compiled, and no disk."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def make_app(url: str, folder: Path) -> Flask:
    """The application on a database of its own, alike in every process."""
    app = create_app(
        Config(
            instance_path=folder,
            base_url="http://127.0.0.1",
            database_url=url,
            secret_key="only for tests",
            voice_notes_url=str(folder / "voice-notes"),
            queue_url=str(folder / "queue.db"),
        )
    )
    app.jinja_env.bytecode_cache = COMPILED
    return app


def serve(url: str, folder: Path, port: Connection) -> None:
    """Answer until killed; says the port first."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, make_app(url, folder), threaded=True)
    port.send(server.server_port)
    server.serve_forever()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True)
class Server:
    """One such process; `cookie` is that of whoever is signed in."""

    process: BaseProcess
    port: int
    cookie: str

    def post(self, path: str, fields: Mapping[str, object]) -> Answer:
        return self._send(path, urlencode(fields).encode(), FORM)

    def upload(self, path: str, fields: Mapping[str, object], audio: bytes) -> Answer:
        parts = [
            f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        head = b'--cut\r\nContent-Disposition: form-data; name="audio"; filename="note"\r\n\r\n'
        body = b"".join([*parts, head, audio, b"\r\n--cut--\r\n"])
        return self._send(path, body, "multipart/form-data; boundary=cut")

    def leave(self, path: str, fields: Mapping[str, object]) -> None:
        """Ask for the same, and be gone before the answer comes."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": f"rounds={self.cookie}", "Content-Type": FORM}
        connection.request("POST", path, urlencode(fields).encode(), headers)
        connection.close()

    def _send(self, path: str, body: bytes, kind: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            headers = {"Cookie": f"rounds={self.cookie}", "Content-Type": kind}
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
            return Answer(response.status, dict(response.getheaders()), text)
        finally:
            connection.close()
