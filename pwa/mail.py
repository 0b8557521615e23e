"""One mail by SMTP: a small adapter that either hands it over or says why not."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 10
PORTS = {"smtp": 587, "smtps": 465}


class Unsent(Exception):
    """The mail did not leave; the message says why, to an administrator."""


def send(smtp_url: str, sender: str, to: str, subject: str, text: str) -> None:
    """Hand one mail to the server at `smtp://user:pass@host:port` or `smtps://...`. Raises Unsent.

    Passwords only travel encrypted: with a user, plain SMTP has to offer STARTTLS.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message.set_content(text)
    try:
        with _connect(smtp_url) as server:
            server.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise Unsent(f"{type(error).__name__}: {error}") from error


def _connect(smtp_url: str) -> smtplib.SMTP:
    parts = urlsplit(smtp_url)
    host, port = parts.hostname or "localhost", parts.port or PORTS.get(parts.scheme, 25)
    if parts.scheme == "smtps":
        secure = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=secure)
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        elif parts.username:
            raise Unsent("the server offers no encryption, so the password was kept back")
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
