"""Fetch other people's browser code again, exactly as static/vendor/vendor.lock.json says.

Needs npm, which nobody who installs Rounds does: the files are in the repository. To take a new
version, change its name in the lock, run with `--accept`, and read what changed before committing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import outlines

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
LOCK = VENDOR / "vendor.lock.json"
ICONS = ROOT / "templates" / "_icons.html"


def main() -> None:
    """Write every file of the lock. Exits with one line when anything is not as locked."""
    accept = "--accept" in sys.argv[1:]
    lock: dict[str, dict[str, Any]] = json.loads(LOCK.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for package, entry in lock.items():
            tarball = fetch(package, Path(folder))
            entry["tarball"] = tarball.name
            settle(entry, "integrity", digest("sha512", tarball.read_bytes()), package, accept)
            with tarfile.open(tarball) as archive:
                unpack(package, entry, archive, accept)
    if accept:
        LOCK.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


def fetch(package: str, folder: Path) -> Path:
    """The package as npm's registry has it."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), package]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode:
        sys.exit(f"npm could not fetch {package}")
    return folder / run.stdout.split()[-1]


def unpack(package: str, entry: dict[str, Any], archive: tarfile.TarFile, accept: bool) -> None:
    """Write the files of one package, and the outlines it gives to the icon macro."""
    for name, file in entry["files"].items():
        content = read(archive, file["from"])
        settle(file, "sha384", digest("sha384", content), f"{package}/{name}", accept)
        target = VENDOR / package / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    if names := entry.get("outlines"):
        pictures = {name: read(archive, f"package/icons/{name}.svg") for name in names}
        ICONS.write_text(outlines.macro(package, pictures), encoding="utf-8")


def read(archive: tarfile.TarFile, path: str) -> bytes:
    member = archive.extractfile(path)
    assert member is not None, f"{path} is no file"
    return member.read()


def digest(algorithm: str, content: bytes) -> str:
    """As browsers and npm write it: the algorithm, a dash, base64."""
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


def settle(entry: dict[str, Any], key: str, found: str, name: str, accept: bool) -> None:
    """Compare with the lock, or write into it when that was asked for."""
    if accept:
        entry[key] = found
    elif entry.get(key) != found:
        sys.exit(f"{name} is not what the lock says ({key})")


if __name__ == "__main__":
    main()
