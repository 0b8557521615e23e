"""Waiting for what follows: the limit is there for a machine that hangs, not for a slow one."""

import time
from collections.abc import Callable

PATIENCE = 120.0  # seconds


def until(holds: Callable[[], object], pause: Callable[[float], object] = time.sleep) -> None:
    """Return as soon as `holds()` is true. Raises AssertionError when that never comes.

    `pause` waits that many seconds; a page's own way lets the browser go on meanwhile.
    """
    limit = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < limit, "it never came"
        pause(0.05)
