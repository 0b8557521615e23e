"""`make fix`: what ruff and biome can mend by themselves: order of imports, format, old syntax.

Templates stay as they are: djlint's reformatting moves white space that a page shows.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

import setup
from check import BIN, BIOME, NO_NPX, SCRIPTS

RUFF = str(BIN / "ruff")


def main() -> int:
    """Returns 0 when nothing is left that has to be mended by hand."""
    setup.ensure(dev=True)
    steps = [[RUFF, "check", "--fix", "--output-format=concise"], [RUFF, "format"]]
    if npx := shutil.which("npx"):
        steps.append([npx, "--yes", BIOME, "check", "--write", "--colors=off", *SCRIPTS])
    else:
        print(NO_NPX)
    codes = [subprocess.run(step, cwd=setup.ROOT, check=False).returncode for step in steps]
    if any(codes):
        print("The above is left to be mended by hand.")
        return 1
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
