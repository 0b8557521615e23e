"""`make bench`: set up with what tests need, then print the table of measurements."""

from __future__ import annotations

import subprocess
import sys

import setup

if __name__ == "__main__":
    setup.ensure(dev=True)
    command = [str(setup.PYTHON), "-m", "tests.bench"]
    sys.exit(subprocess.run(command, cwd=setup.ROOT, check=False).returncode)
