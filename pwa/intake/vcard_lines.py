"""The lines of vCards: unfolded, decoded, split into name, types and value."""

import quopri
import re
from collections.abc import Iterator
from typing import NamedTuple

# Pictures can be megabytes and are not needed: their lines are skipped.
_SKIPPED = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_NAME = re.compile(r"(?:[\w-]+\.)?([\w-]+)((?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):(.*)", re.DOTALL)
_PARAMETER = re.compile(r";((?:[^;\"]|\"[^\"]*\")*)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LONGEST = 1 << 20


class Property(NamedTuple):
    """One property: name and types in upper case, value decoded but still escaped."""

    name: str
    types: frozenset[str]
    value: str


def properties(lines: Iterator[str]) -> Iterator[Property]:
    """The properties of these physical lines; other lines are skipped."""
    for line in _logical(lines):
        match = _NAME.fullmatch(line)
        if match and match[1].upper() not in _SKIPPED:
            yield _property(match[1].upper(), match[2], match[3])


def split_escaped(value: str) -> list[str]:
    """The parts between semicolons that are not escaped."""
    return re.split(r"(?<!\\);", value)


def unescape(value: str) -> str:
    r"""The text of a value: `\n` is a line break, other escaped characters stand for themselves."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _property(name: str, parameters: str, value: str) -> Property:
    parameters_by_key: dict[str, str] = {}
    types: set[str] = set()
    for parameter in _PARAMETER.findall(parameters):
        key, equals, parameter_value = parameter.upper().partition("=")
        if equals and key.strip() != "TYPE":
            parameters_by_key[key.strip()] = parameter_value.strip('" ')
        else:  # version 2.1 writes the types bare: TEL;WORK;VOICE
            types.update(part.strip() for part in (parameter_value or key).strip('"').split(","))
    if "QUOTED-PRINTABLE" in types or parameters_by_key.get("ENCODING") == "QUOTED-PRINTABLE":
        value = _from_quoted_printable(value, parameters_by_key.get("CHARSET", "UTF-8"))
    if "PREF" in parameters_by_key:
        types.add("PREF")
    return Property(name, frozenset(types), value)


def _from_quoted_printable(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("utf-8"))
    try:
        return raw.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return raw.decode("cp1252", "replace")


def _logical(lines: Iterator[str]) -> Iterator[str]:
    """Lines with their folded and soft-broken continuations joined."""
    parts: list[str] = []
    size = 0
    for physical in lines:
        line = physical.rstrip("\r\n")
        if parts and line[:1] in (" ", "\t"):
            line = line[1:]
        elif parts and _breaks_softly(parts):
            parts[-1] = parts[-1][:-1]
        elif parts:
            yield "".join(parts)
            parts, size = [], 0
        size += len(line)
        if size <= _LONGEST:
            parts.append(line)
    if parts:
        yield "".join(parts)


def _breaks_softly(parts: list[str]) -> bool:
    return parts[-1].endswith("=") and "QUOTED-PRINTABLE" in parts[0].upper().split(":")[0]
