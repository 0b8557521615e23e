"""Cases to learn from: on the disk at once, and for nobody else on the machine."""

import json
import os
import stat

from pwa.files import training


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_cases_are_for_nobody_else_on_the_machine(tmp_path):
    file = tmp_path / "instance" / training.CASES
    before = os.umask(0o022)
    try:
        training.append(file, {"said": "by Friday"})
        training.append(file, {"said": "by Monday"})
    finally:
        os.umask(before)
    assert (mode(file.parent), mode(file)) == (0o700, 0o600)
    assert [json.loads(line)["said"] for line in file.read_text().splitlines()] == [
        "by Friday",
        "by Monday",
    ]
