"""`make fast`: ruff, and the tests without browser, faults and PostgreSQL, on all cores."""

from __future__ import annotations

import sys

import setup
from check import CHECKS, passes
from test import PARALLEL, PYTEST, environment_of_tests, run

QUICK = ("ruff", "format")
WITHOUT = ["-m", "not browser and not faults"]


def main() -> int:
    """Returns 1 when ruff found something, else pytest's exit code."""
    setup.ensure(dev=True)
    failed = [name for name in QUICK if not passes(name, CHECKS[name])]
    if failed:
        return 1
    return run([*PYTEST, *PARALLEL, *WITHOUT], environment_of_tests())


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
