"""`make texts`: extract every text of the product for translators, and update their catalogues.

The template of all catalogues, messages.pot, is made anew each time and is no part of the project.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import setup

TRANSLATIONS = setup.ROOT / "pwa" / "translations"  # where Flask-Babel looks for catalogues
PYBABEL = str(setup.PYTHON.with_name("pybabel"))
KEYWORDS = ("lazy", "lazy_gettext")  # what babel does not know: names that stand for gettext here


def main() -> int:
    """Returns 0, or the exit code of what failed."""
    setup.ensure(dev=True)
    TRANSLATIONS.mkdir(exist_ok=True)
    template = TRANSLATIONS / "messages.pot"
    if failed := extract(template):
        return failed
    if any(TRANSLATIONS.glob("*/LC_MESSAGES/*.po")):
        update = ["update", "--input-file", str(template), "--output-dir", str(TRANSLATIONS)]
        if failed := pybabel(update):
            return failed
    print(f"All texts: {template.relative_to(setup.ROOT)}")
    return 0


def extract(template: Path) -> int:
    """Write all texts of pwa/ and templates/ to `template`. Returns the exit code."""
    keywords = [f"--keyword={name}" for name in KEYWORDS]
    output = ["--mapping=babel.cfg", f"--output-file={template}", "--project=Rounds"]
    return pybabel(["extract", *keywords, *output, "--sort-by-file", "pwa", "templates"])


def pybabel(arguments: list[str]) -> int:
    """Run it in the project's folder; its exit code."""
    command = [PYBABEL, "--quiet", *arguments]
    return subprocess.run(command, cwd=setup.ROOT, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
