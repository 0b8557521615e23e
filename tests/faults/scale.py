"""How often a fault is made to happen: a sample in `make test`, all of it in `make faults`."""

import os

FULL = os.environ.get("FAULTS") == "full"


def times(full: int, sample: int = 0) -> int:
    """So many times in this run; the sample is a tenth where no other is given."""
    return full if FULL else sample or max(1, full // 10)
