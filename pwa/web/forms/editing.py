"""Edits that started from something older: found, and said in words."""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

Values = dict[str, str]


class Clash(NamedTuple):
    """One field that stands otherwise now than what was typed."""

    label: str
    now: str
    typed: str


def form_version(values: Mapping[str, str]) -> str:
    """The version of just these fields: what else changes on the row disturbs no edit."""
    joined = "\0".join(f"{name}={values[name]}" for name in sorted(values))
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def clashes(
    now: Mapping[str, str], typed: Mapping[str, str], labels: Mapping[str, str]
) -> list[Clash]:
    """The labelled fields in which what stands now differs from what was typed."""
    return [
        Clash(label, now[name], typed.get(name, "").strip())
        for name, label in labels.items()
        if name in now and now[name] != typed.get(name, "").strip()
    ]
