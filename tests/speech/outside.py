"""A service outside that is on this machine."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from pwa.speech.remote_api import Service


class Outside:
    """A service on this machine that answers what it is told to, and keeps what it was asked."""

    def __init__(self):
        self.asked: list[tuple[str, str | None, bytes]] = []
        self.answer: Any = {}
        self.status = 200
        self.drips = b""
        self.over = threading.Event()
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outside.asked.append((self.path, self.headers.get("Authorization"), body))
                content = outside.answer
                if not isinstance(content, bytes):
                    content = json.dumps(content).encode()
                if outside.drips:
                    self.drip(outside.drips)
                    return
                self.send_response(outside.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def drip(self, first):
                """Begin to answer and never come to an end."""
                with contextlib.suppress(OSError):
                    self.wfile.write(first)
                    while not outside.over.wait(0.05):
                        self.wfile.write(b"x")

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        self.service = Service(self.url, "a-model", "a key")

    def says(self, *suggestions):
        content = json.dumps({"suggestions": list(suggestions)})
        self.answer = {"choices": [{"message": {"content": content}}]}
