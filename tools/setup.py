"""Make .venv and install the lock into it; costs nothing when that has been done already.

`setup.py` installs what the product needs, `setup.py --dev` also what tests and checks need.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"  # contains the whole of RUNTIME, at the same versions
SPEECH = "requirements-speech.txt"  # the engine that hears voice notes, where there is a package
NO_VENV = (
    "Python's venv module is missing: apt install python{0}.{1}-venv, then run this again"
    " (other systems: install the complete Python {0}.{1})"
)
OLD_SQLITE = (
    "No current SQLite is packaged for this platform: Rounds uses the one in Python here"
    " (`flask --app pwa doctor` names it)."
)
SQLITE_PLATFORMS = {("linux", "x86_64"), ("darwin", "arm64")}
NO_EARS = "No engine for speech is packaged for this platform: voice notes stay audio here."
LEAST_GLIBC = {"x86_64": (2, 34), "aarch64": (2, 31)}
LEAST_MACOS = 15


def ensure(*, dev: bool = False) -> None:
    """Bring .venv in line with the lock. Exits with one line on standard error where it cannot."""
    main = DEVELOPMENT if dev else RUNTIME
    to_install = [main, SPEECH] if can_hear() else [main]
    locks = {name: _digest(name) for name in {RUNTIME, *to_install}}
    installed = _installed()
    if all(installed.get(name) == digest for name, digest in locks.items()):
        return
    started = time.monotonic()
    print("Setting up .venv from the lock; once, about a minute.", flush=True)
    if not PYTHON.exists():
        _create()
    _install(to_install)
    STAMP.write_text(json.dumps({**installed, **locks}), encoding="utf-8")
    if (sys.platform, platform.machine()) not in SQLITE_PLATFORMS:
        print(OLD_SQLITE)
    if SPEECH not in to_install:
        print(NO_EARS)
    print(f"Set up in {time.monotonic() - started:.0f} s.", flush=True)


def can_hear() -> bool:
    """Whether the engine that hears voice notes has a package for this system."""
    if sys.platform == "darwin":
        version = platform.mac_ver()[0].partition(".")[0]
        return platform.machine() == "arm64" and int(version or 0) >= LEAST_MACOS
    name, version = platform.libc_ver()
    least = LEAST_GLIBC.get(platform.machine())
    if name != "glibc" or least is None:
        return False
    return tuple(int(part) for part in version.split(".")) >= least


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def _installed() -> dict[str, str]:
    """The locks installed in .venv by name, with their SHA-256; empty when unusable."""
    # A link to a Python that was removed since counts as missing here.
    if not (PYTHON.exists() and STAMP.exists()):
        return {}
    stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    return stamp


def _create() -> None:
    # Debian ships venv without the part that it needs, in a package of its own.
    if any(importlib.util.find_spec(module) is None for module in ("venv", "ensurepip")):
        sys.exit(NO_VENV.format(*sys.version_info[:2]))
    shutil.rmtree(VENV, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(VENV)], "could not create .venv")


def _install(locks: list[str]) -> None:
    # pip compiles on one core, which takes half of the time: compile afterwards, on all cores.
    flags = ["-qq", "--no-deps", "--no-compile", "--require-hashes", "--disable-pip-version-check"]
    for lock in locks:
        pip = [str(PYTHON), "-m", "pip", "install", *flags, "-r", str(ROOT / lock)]
        _run(pip, f"pip could not install {lock} (its reason stands above)")
    # Templates inside packages are no valid Python, so this is allowed to fail.
    folders = [str(folder) for folder in (VENV / "lib", ROOT / "pwa")]
    compiling = [str(PYTHON), "-m", "compileall", "-qq", "-j", "0", *folders]
    subprocess.run(compiling, check=False)


def _run(command: list[str], problem: str) -> None:
    if subprocess.run(command, check=False).returncode != 0:
        sys.exit(f"Setting up stopped: {problem}")


if __name__ == "__main__":
    try:
        ensure(dev="--dev" in sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("Setting up was interrupted; run it again to go on.")
