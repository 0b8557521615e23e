"""Counts names that name nothing (`one`, `found`, `said` …); their share may only fall."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAGUE = frozenset({"one", "other", "found", "them", "said", "given", "things", "people"})
SQLALCHEMY_METHOD = "one"  # of a result with a single row
MOST = 0.1  # per 1,000 lines that hold code, over config.py and pwa/: the next name is too many


def count(source: str) -> tuple[int, int]:
    """How often vague names stand in Python source, and how many lines hold code."""
    nodes = list(ast.walk(ast.parse(source)))
    lines = {node.lineno for node in nodes if isinstance(node, ast.stmt | ast.expr | ast.arg)}
    return sum(_name(node) in VAGUE for node in nodes), len(lines)


def _name(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return None if node.attr == SQLALCHEMY_METHOD else node.attr
    if isinstance(node, ast.arg | ast.keyword):
        return node.arg
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name
    return None


def main() -> int:
    """Returns 0 while no more than `MOST` stand; else 1, with the worst files printed."""
    paths = [ROOT / "config.py", *sorted((ROOT / "pwa").rglob("*.py"))]
    counts = {path: count(path.read_text(encoding="utf-8")) for path in paths}
    share = 1000 * sum(names for names, _ in counts.values()) / sum(n for _, n in counts.values())
    every_file = "--files" in sys.argv[1:]
    if every_file or share > MOST:
        worst = sorted(paths, key=lambda path: -counts[path][0])
        for path in worst if every_file else worst[:10]:
            if names := counts[path][0]:
                print(f"{names:4} {path.relative_to(ROOT)}")
    print(f"{share:.2f} vague names per 1,000 lines of code; at most {MOST} may stand.")
    return 1 if share > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
