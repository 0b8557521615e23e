"""What was read wrongly, as cases to learn from: one line of JSON each, on this server only."""

import json
import os
from pathlib import Path
from typing import Any

from pwa.files import private

CASES = "not-so.jsonl"


def count(file: Path) -> int:
    """How many cases there are."""
    if not file.is_file():
        return 0
    with file.open(encoding="utf-8") as lines:
        return sum(1 for _ in lines)


def append(file: Path, case: dict[str, Any]) -> None:
    """Add one case; when this returns it survives a power cut."""
    private.folder(file.parent)
    with open(file, "a", encoding="utf-8", opener=private.opener) as out:
        out.write(json.dumps(case, ensure_ascii=False, default=str) + "\n")
        out.flush()
        os.fsync(out.fileno())
