"""A mail server on this machine that keeps what it is handed."""

import email
import socketserver
import threading
from email import policy
from email.message import EmailMessage
from types import TracebackType


class Mailbox(socketserver.ThreadingTCPServer):
    """Listens while the `with` block runs; `letters` holds every mail it took."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Postman)
        self.letters: list[EmailMessage] = []
        self.port = self.server_address[1]

    def __enter__(self) -> "Mailbox":
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.shutdown()
        self.server_close()


class Postman(socketserver.StreamRequestHandler):
    """As much SMTP as a sender needs."""

    server: Mailbox

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.say("354 go on")
                self.take()
            self.say("221 bye" if word == b"QUIT" else "250 fine")
            if word == b"QUIT":
                return

    def take(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        letter = email.message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.server.letters.append(letter)

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")
