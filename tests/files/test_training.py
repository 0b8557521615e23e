"""Cases to learn from: on the disk at once, and for nobody else on the machine."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

from pwa.files import training


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def add(file, number):
    training.rewrite(file, list, {"number": number})


def numbers(file):
    return [case["number"] for case in training.read(file)]


def test_cases_are_for_nobody_else_on_the_machine(tmp_path):
    file = tmp_path / "instance" / training.CASES
    before = os.umask(0o022)
    try:
        for number in range(2):
            add(file, number)
    finally:
        os.umask(before)
    assert (mode(file.parent), mode(file)) == (0o700, 0o600)
    assert numbers(file) == [0, 1]


def test_what_no_longer_stands_goes_and_nothing_else(tmp_path):
    file = tmp_path / training.CASES
    for number in range(4):
        add(file, number)
    assert training.rewrite(file, lambda cases: cases[::2]) == 2
    assert numbers(file) == [0, 2]
    assert [path.name for path in tmp_path.iterdir()] == [training.CASES]


def test_cases_that_come_at_the_same_time_are_all_kept(tmp_path):
    file = tmp_path / training.CASES
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: add(file, number), range(40)))
    assert sorted(numbers(file)) == list(range(40))
