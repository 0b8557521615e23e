"""Start one of the tools beside this file with a Python that is new enough.

This file is read by whatever `python3` the machine has, so it keeps to syntax that old ones know.
"""

import os
import subprocess
import sys

NAMES = ("python3.14", "python3.13", "python3.12", "python3.11", "python3")
PROBE = "import sys; sys.exit(sys.version_info < (3, 11))"
TOO_OLD = (
    "Rounds needs Python 3.11 or newer; python3 here is {}.{}"
    " (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13)"
)


def is_new_enough(name):
    # A name on the path may still be a shim that only prints an error: ask it.
    try:
        return subprocess.call([name, "-c", PROBE], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def find_python():
    if sys.version_info >= (3, 11):
        return sys.executable
    for name in NAMES:
        if is_new_enough(name):
            return name
    sys.exit(TOO_OLD.format(*sys.version_info[:2]))


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    os.chdir(os.path.dirname(here))
    python = find_python()
    tool = os.path.join(here, sys.argv[1] + ".py")
    os.execvp(python, [python, tool] + sys.argv[2:])


if __name__ == "__main__":
    main()
