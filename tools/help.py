"""`make help`: what there is to make, from the first line of each tool."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parent


def main() -> int:
    """Prints a line for each target that was named. Returns 0."""
    for target in sys.argv[1:]:
        print(f"make {target:<7}{purpose(TOOLS / f'{target}.py')}")
    return 0


def purpose(tool: Path) -> str:
    """The first line of a tool's docstring, without the name of its target."""
    documentation = ast.get_docstring(ast.parse(tool.read_text(encoding="utf-8"))) or ""
    return documentation.splitlines()[0].removeprefix(f"`make {tool.stem}`: ")


if __name__ == "__main__":
    sys.exit(main())
