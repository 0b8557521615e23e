"""`make test`: set up with what tests need, then run all of them. ARGS goes to pytest.

The scripts of a page are tested first, by Node.js where it is installed: they are the quickest.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

import setup

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
WITH_DATA = shlex.split(
    "tests/operations tests/web tests/cli tests/faults tests/test_jobs.py tests/test_migrations.py"
)
SCRIPT_TESTS = sorted((setup.ROOT / "tests" / "scripts").glob("*.test.mjs"))
LEAST_NODE = (20, 6)
NO_NODE = "Tests of scripts alone are left out: they need Node.js 20.6 or newer."
FIREFOX = "firefox-esr"  # Debian's; FIREFOX names another
MAC_FIREFOX = "/Applications/Firefox.app/Contents/MacOS/firefox"
LEFT_OUT = {
    "browser": "Browser tests are left out: there is no Chromium (Debian: apt install chromium).",
    "chain": "The push chain is left out: there is no Firefox (Debian: apt install firefox-esr).",
}
PYTEST = [str(setup.PYTHON), "-m", "pytest"]
# A process for each core, each with a database of its own; who is idle takes over from the other.
PARALLEL = ["--numprocesses=auto", "--maxprocesses=8", "--dist=worksteal"]


def main() -> int:
    """Returns pytest's exit code. The first failure ends it, so that what failed is said last.

    ARGS runs pytest once, with them, in one process.
    """
    setup.ensure(dev=True)
    environment = environment_of_tests()
    missing = find_browsers(environment)
    if arguments := shlex.split(os.environ.get("ARGS", "")):
        return run([*PYTEST, *without(missing), *arguments], environment)
    if failed := run_script_tests():
        return failed
    for title, command in all_runs(missing).items():
        print(f"{title}:", flush=True)
        if failed := run(command, environment):
            return failed
    return 0


def find_browsers(environment: dict[str, str]) -> set[str]:
    """Name each in the environment; returns the markers of the tests whose browser is missing."""
    browsers = {
        "browser": find_browser() or (install("chromium") and find_browser()),
        "chain": find_firefox() or (install(FIREFOX) and find_firefox()),
    }
    environment["CHROMIUM"] = browsers["browser"] or ""
    environment["FIREFOX"] = browsers["chain"] or ""
    missing = {marker for marker, path in browsers.items() if not path}
    for marker in sorted(missing):
        print(LEFT_OUT[marker], flush=True)
    return missing


def without(markers: Iterable[str]) -> list[str]:
    """What makes pytest leave out the tests that carry any of them."""
    left_out = " and ".join(f"not {marker}" for marker in sorted(markers))
    return ["-m", left_out] if left_out else []


def all_runs(missing: AbstractSet[str]) -> dict[str, list[str]]:
    """The commands that run every test, but those with a marker of `missing`, by their title."""
    runs = {"On SQLite": [*PYTEST, *PARALLEL, *without(LEFT_OUT)]}
    if "browser" not in missing:
        # Apart from the rest: the browser's driver leaves an event loop in the thread of its tests.
        runs["On SQLite, in a browser"] = [*PYTEST, *PARALLEL, "tests/browser"]
    if "chain" not in missing:
        runs["The push chain, in Firefox"] = [*PYTEST, "tests/chain"]
    on_postgresql = [*PYTEST, *PARALLEL, "--database", "postgresql", *WITH_DATA]
    runs["On PostgreSQL, what reads or writes data"] = on_postgresql
    return runs


def environment_of_tests() -> dict[str, str]:
    """Ours, in which Python keeps what it compiled: tests start many processes."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def run_script_tests() -> int:
    """Run the tests of scripts; the exit code of Node.js, 0 where it is missing or too old."""
    node = shutil.which("node")
    if not node or node_version(node) < LEAST_NODE:
        print(NO_NODE, flush=True)
        return 0
    print("Scripts without a page:", flush=True)
    files = [str(path) for path in SCRIPT_TESTS]
    return run([node, "--test", "--test-reporter=dot", *files], dict(os.environ))


def node_version(node: str) -> tuple[int, ...]:
    """Its major and minor version."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return tuple(int(part) for part in re.findall(r"\d+", answer.stdout)[:2])


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run it in the project's folder; its exit code."""
    return subprocess.run(command, cwd=setup.ROOT, env=environment, check=False).returncode


def find_browser() -> str | None:
    """The path of a Chromium, from CHROMIUM or the usual places."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ((named,) if named else BROWSERS))
    installed = (path for path in MAC_BROWSERS if Path(path).exists())
    return next((path for path in found if path), None) or next(installed, None)


def find_firefox() -> str | None:
    """The path of a Firefox, from FIREFOX or the usual places."""
    installed = MAC_FIREFOX if Path(MAC_FIREFOX).exists() else None
    return shutil.which(os.environ.get("FIREFOX") or FIREFOX) or installed


def install(package: str) -> bool:
    """Install a package of Debian's where we may (root, apt-get); whether it is there now."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    print(f"Installing Debian's {package} for the tests in it; once.", flush=True)
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", package]):
        step = subprocess.run(
            [*apt, *arguments],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if step.returncode:
            return False
    return True


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
