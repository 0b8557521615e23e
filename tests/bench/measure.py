"""Timing by turns: what drifts on a shared machine drifts for both."""

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter


def by_turns(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median milliseconds of each work, run A B C A B C after one warm-up each."""
    for work in works:
        work()
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            started = perf_counter()
            work()
            taken.append((perf_counter() - started) * 1000)
    return [median(taken) for taken in times]


def line(what: str, found: str, aim: str = "") -> None:
    """One row of the table."""
    sys.stdout.write(f"{what:<58} {found:>24}   {aim}\n")
    sys.stdout.flush()


def ratio(a: float, b: float) -> str:
    """a and b in milliseconds, and how many times b a takes."""
    return f"{a:.1f} / {b:.1f} ms = {a / b:.2f}"
