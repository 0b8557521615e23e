"""Compile the .in files into hashed locks, for every platform and Python from 3.11 on."""

from __future__ import annotations

import subprocess
import sys

import setup

COMPILE = ["pip", "compile", "--quiet", "--universal", "--generate-hashes"]
# The header names this instead of the command with its paths.
OPTIONS = ["--python-version", "3.11", "--custom-compile-command", "make lock"]


def main() -> int:
    setup.ensure(dev=True)
    for name in (setup.RUNTIME, setup.DEVELOPMENT, setup.SPEECH):
        source = name.replace(".txt", ".in")
        uv = str(setup.PYTHON.with_name("uv"))
        run = subprocess.run(
            [uv, *COMPILE, *OPTIONS, source, "-o", name], cwd=setup.ROOT, check=False
        )
        if run.returncode:
            return run.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
