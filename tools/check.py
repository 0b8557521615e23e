"""`make check`: lint, format, types, layers, templates, scripts; every one, then the verdict."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time

import setup

BIN = setup.PYTHON.parent
BIOME = "@biomejs/biome@2.6.8"
TYPESCRIPT = "typescript@7.0.2"
SCRIPTS = ("static/js", "tests/scripts")
CHECKS = {
    "ruff": [str(BIN / "ruff"), "check", "--quiet", "--output-format=concise"],
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "--output-format=concise"],
    "mypy": [str(BIN / "mypy"), "--no-error-summary"],
    "layers": [str(BIN / "lint-imports"), "--no-logo"],
    "names": [str(setup.PYTHON), str(setup.ROOT / "tools" / "vague_names.py")],
    "templates": [str(BIN / "djlint"), "templates", "--lint", "--quiet"],
}
NO_NPX = "JavaScript is not checked here: its tools come through npx (Node.js), which is missing."


def main() -> int:
    """Returns 0 when nothing was found."""
    setup.ensure(dev=True)
    checks = dict(CHECKS)
    # Neither is on PyPI; npx is needed only where scripts are changed.
    if npx := shutil.which("npx"):
        checks["scripts"] = [npx, "--yes", BIOME, "ci", "--colors=off", *SCRIPTS]
        checks["script types"] = [npx, "--yes", "-p", TYPESCRIPT, "tsc", "-p", "jsconfig.json"]
    else:
        print(NO_NPX)
    failed = [name for name, command in checks.items() if not passes(name, command)]
    print(f"Found something: {', '.join(failed)}." if failed else "Nothing found.")
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    """Run one check; its output appears only when it found something."""
    started = time.monotonic()
    run = subprocess.run(
        command,
        cwd=setup.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "found something" if run.returncode else "ok"
    print(f"{name:<12} {verdict} ({time.monotonic() - started:.1f} s)", flush=True)
    if run.returncode:
        print(run.stdout.strip(), flush=True)
    return run.returncode == 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
