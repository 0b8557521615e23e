"""Normalises single values."""

import re
import unicodedata

_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff]")
_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_NOTHING = frozenset({"", "-", "--", "—", "n/a", "#n/a", "na", "none", "null", "nil", "(blank)"})
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "ł": "l"})


def clean(text: str) -> str:
    """The value without invisible characters, Excel's `="..."` guard and placeholders."""
    text = _HIDDEN.sub("", text).replace("\xa0", " ").strip()
    if guarded := _FORMULA.fullmatch(text):
        text = guarded[1].strip()
    return "" if text.casefold() in _NOTHING else text


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """Lower case, no accents, words separated by single spaces: for comparing."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return _NOT_WORDS.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()
