"""Resource limits of the transcription process."""

import contextlib
import os
import resource

MEGABYTE = 1024 * 1024
DECODING = 512 * MEGABYTE
POLITE = 5


def step_back() -> None:
    """Let those go first for whom a person waits, and leave no heap of the process behind."""
    with contextlib.suppress(OSError):
        os.nice(POLITE)
    _limit(resource.RLIMIT_CORE, 0)


def bound_memory(most: int) -> None:
    """Give this process no more than `most` bytes of its own; systems that cannot do without.

    Not RLIMIT_AS: engines reserve addresses by the gigabyte on machines with many processors.
    """
    _limit(resource.RLIMIT_DATA, most)


def _limit(what: int, most: int) -> None:
    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most, hard))
