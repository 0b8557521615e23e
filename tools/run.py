"""`make run`: set up, bring the data up to date, run web and worker until Ctrl-C."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import setup
from children import Children

START_SECONDS = 60
STOP_SECONDS = 25
FLASK = [str(setup.PYTHON), "-m", "flask", "--app", "pwa"]
WEB = [str(setup.PYTHON), "-m", "gunicorn", "--config", "gunicorn.conf.py", "pwa.wsgi:app"]
WEB_SERVER, WORKER = "web server", "worker"
ENDED = "The {} ended by itself, so everything was stopped."
KEPT = "Your data are as you left them."


@dataclass
class Asked:
    """How many times we were asked to stop; the second time means at once."""

    times: int = 0

    def listen(self) -> None:
        """Count Ctrl-C, a polite kill and a closed terminal from now on."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._count)

    def _count(self, *_: object) -> None:
        self.times += 1


# Returns when asked to stop (nothing), or what went wrong.
Watch = Callable[[Children, Asked], str]


def main() -> int:
    """Run until asked to stop (0) or until one of the two dies (1)."""
    environment = read_environment()
    port = free_port(environment)
    setup.ensure()
    return serve(environment, port, WEB, watch)


def serve(environment: dict[str, str], port: int, web: list[str], keep_watch: Watch) -> int:
    """Bring the data up to date, start both, watch them until the end. Returns the exit code."""
    asked = Asked()
    asked.listen()
    news = bring_up_to_date(environment)
    if asked.times:
        return 0
    children = Children(environment, urgent=lambda: asked.times > 1)
    try:
        children.start(WEB_SERVER, web)
        problem = wait_until_up(port, children, asked)
        if not problem and not asked.times:
            # Only now: two cores bring the page sooner when nothing else starts beside it.
            children.start(WORKER, [*FLASK, "worker"])
            print(
                f"\nRounds: http://127.0.0.1:{port}  (Ctrl-C stops it)\n{news or KEPT}", flush=True
            )
            problem = keep_watch(children, asked)
    finally:
        children.stop(STOP_SECONDS)
    print(problem or "Stopped.", file=sys.stderr if problem else sys.stdout)
    return 1 if problem else 0


def read_environment() -> dict[str, str]:
    """The environment with what .env adds (KEY=value lines); what is set already wins."""
    # Flask would look for .env too and miss a package for that; this function has read it.
    environment = {**os.environ, "FLASK_SKIP_DOTENV": "1"}
    file = setup.ROOT / ".env"
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        key, equals, value = line.partition("=")
        if equals and not key.lstrip().startswith("#"):
            environment.setdefault(key.strip(), value.strip())
    return environment


def free_port(environment: dict[str, str]) -> int:
    """The port to use. Exits with one line when it is no port or something answers there."""
    text = environment.setdefault("PORT", "8000")
    if not (text.isdecimal() and 0 < int(text) < 65536):
        sys.exit(f"PORT is {text!r}, which is no port number.")
    port = int(text)
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            free = port + 1 if port < 65535 else 8000
            target = Path(sys.argv[0]).stem
            sys.exit(f"Port {port} is taken. Use another one: PORT={free} make {target}")
    return port


def bring_up_to_date(environment: dict[str, str]) -> str:
    """Keys, migrations and, in an empty book, the demo. Returns what there is to say (sign-ins)."""
    run = subprocess.run(
        [*FLASK, "init", "--demo-if-empty"],
        env=environment,
        cwd=setup.ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if run.returncode:
        sys.exit(run.stdout.strip() or "Preparing the data failed; the reason stands above.")
    return run.stdout.strip()


def wait_until_up(port: int, children: Children, asked: Asked) -> str:
    """Wait for the first answer. Returns what went wrong, nothing when up or asked to stop."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if asked.times or answers(port):
            return ""
        if name := children.dead():
            return ENDED.format(name)
        time.sleep(0.1)
    return f"The web server did not answer within {START_SECONDS} s, so everything was stopped."


def answers(port: int) -> bool:
    """Whether /healthz says 200, asked directly: no proxy of the environment comes between."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def watch(children: Children, asked: Asked) -> str:
    """Return when asked to stop (nothing) or when something ended by itself (which)."""
    while not asked.times:
        if name := children.dead():
            return ENDED.format(name)
        time.sleep(0.2)
    return ""


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Interrupted; `make run` goes on from here.")
