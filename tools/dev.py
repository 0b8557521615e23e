"""`make dev`: as `make run`, for changing the code: web and worker start anew when a file changes.

Templates and styles are read anew for each page, and each page says what it cost.
"""

from __future__ import annotations

import sys
import time

import setup
from children import Children
from run import ENDED, FLASK, WEB_SERVER, WORKER, Asked, free_port, read_environment, serve

# Flask reloads the web server itself, and shows what went wrong in the browser.
WEB = [*FLASK, "run", "--debug"]
WORKER_SECONDS = 5  # a job that is cut off is done again
RELOADED = "A Python file changed: the worker starts anew."
WAITS = "The worker ended by itself; it starts again when a Python file changes."

Modified = dict[str, int]


def main() -> int:
    """Run until asked to stop (0) or until the web server dies (1)."""
    environment = {**read_environment(), "ROUNDS_ENV": "development"}
    port = free_port(environment)
    environment["FLASK_RUN_PORT"] = str(port)
    setup.ensure(dev=True)
    return serve(environment, port, WEB, watch)


def watch(children: Children, asked: Asked) -> str:
    """Restart the worker for each change, until asked to stop (nothing) or the web server ends."""
    read, waits = modified(), False
    while not asked.times:
        if children.ended(WEB_SERVER):
            return ENDED.format(WEB_SERVER)
        if (now := modified()) != read:
            print(RELOADED, flush=True)
            children.restart(WORKER, WORKER_SECONDS)
            read, waits = now, False
        elif children.ended(WORKER) and not waits:
            print(WAITS, file=sys.stderr, flush=True)
            waits = True
        time.sleep(0.3)
    return ""


def modified() -> Modified:
    """When each Python file of the product was modified last, by its path."""
    files = [setup.ROOT / "config.py", *(setup.ROOT / "pwa").rglob("*.py")]
    times: Modified = {}
    for path in files:
        try:
            times[str(path)] = path.stat().st_mtime_ns
        except FileNotFoundError:  # an editor is just replacing it
            continue
    return times


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Interrupted; `make dev` goes on from here.")
