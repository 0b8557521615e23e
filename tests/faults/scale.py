"""How often a fault is made to happen: a tenth in `make test`, all of it in `make faults`."""

import os

FULL = os.environ.get("FAULTS") == "full"


def times(full: int) -> int:
    """So many times in this run."""
    return full if FULL else max(1, full // 10)
