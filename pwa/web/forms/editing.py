"""Edit conflicts: the version that an edit started from, and the fields that differ by now."""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

Values = dict[str, str]


class Clash(NamedTuple):
    """A field whose stored value differs from the typed one."""

    label: str
    now: str
    typed: str


def form_version(values: Mapping[str, str]) -> str:
    """A version of these fields only: a change elsewhere on the row is no conflict."""
    joined = "\0".join(f"{name}={values[name]}" for name in sorted(values))
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def clashes(
    now: Mapping[str, str], typed: Mapping[str, str], labels: Mapping[str, str]
) -> list[Clash]:
    """The labelled fields whose stored value differs from the typed one."""
    return [
        Clash(label, now[name], typed.get(name, "").strip())
        for name, label in labels.items()
        if name in now and now[name] != typed.get(name, "").strip()
    ]
