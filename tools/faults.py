"""`make faults`: the faults of `make test`, ten times as often. On SQLite, then on PostgreSQL."""

from __future__ import annotations

import os
import sys

import setup
from test import find_browser, run

BOTH = ["tests/faults"]
ANSWERS = ["tests/push/test_sender.py"]
BROWSER = [
    f"tests/browser/test_{name}.py" for name in ("flapping_network", "notices", "subscription")
]


def main() -> int:
    """Returns pytest's exit code, the first that is not 0."""
    setup.ensure(dev=True)
    environment = {**os.environ, "FAULTS": "full", "CHROMIUM": find_browser() or ""}
    command = [str(setup.PYTHON), "-m", "pytest"]
    on_sqlite = run([*command, *BOTH, *ANSWERS, *BROWSER], environment)
    return on_sqlite or run([*command, "--database", "postgresql", *BOTH], environment)


if __name__ == "__main__":
    sys.exit(main())
