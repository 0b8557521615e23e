"""Counts names that name nothing (`one`, `found`, `said` …); their number may only fall."""

from __future__ import annotations

import io
import sys
import tokenize
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAGUE = frozenset({"one", "other", "found", "them", "said", "given", "things", "people"})
MOST = 92.0  # per 1,000 lines that hold code, over all of pwa/ and config.py


def count(source: str) -> tuple[Counter[str], int]:
    """How often each vague name stands in Python source, and how many lines hold code."""
    names: Counter[str] = Counter()
    lines: set[int] = set()
    passive = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in passive and token.type != tokenize.ENDMARKER:
            lines.update(range(token.start[0], token.end[0] + 1))
        if token.type == tokenize.NAME and token.string in VAGUE:
            names[token.string] += 1
    return names, len(lines)


def main() -> int:
    """Returns 0 while there are at most `MOST` per 1,000 lines; prints the files otherwise."""
    files = {}
    lines = 0
    for path in [ROOT / "config.py", *sorted((ROOT / "pwa").rglob("*.py"))]:
        names, held = count(path.read_text(encoding="utf-8"))
        files[path] = names.total()
        lines += held
    share = 1000 * sum(files.values()) / lines
    verbose = "--files" in sys.argv
    if share > MOST or verbose:
        worst = sorted(files.items(), key=lambda item: -item[1])
        for path, number in worst if verbose else worst[:10]:
            if number:
                print(f"{number:4} {path.relative_to(ROOT)}")
    print(f"{share:.1f} vague names per 1,000 lines of code; at most {MOST} may stand.")
    return 1 if share > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
