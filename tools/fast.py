"""`make fast`: ruff, and the quick tests: no browser, faults, PostgreSQL. ARGS goes to pytest."""

from __future__ import annotations

import os
import shlex
import sys

import setup
from check import CHECKS, passes
from test import PARALLEL, PYTEST, environment_of_tests, run

QUICK = ("ruff", "format")
WITHOUT = ["-m", "not browser and not chain and not faults and not slow"]


def main() -> int:
    """Returns 1 when ruff found something, else pytest's exit code.

    ARGS runs only what it names, in one process.
    """
    setup.ensure(dev=True)
    failed = [name for name in QUICK if not passes(name, CHECKS[name])]
    if failed:
        return 1
    arguments = shlex.split(os.environ.get("ARGS", "")) or PARALLEL
    return run([*PYTEST, *WITHOUT, *arguments], environment_of_tests())


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
