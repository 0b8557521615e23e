"""Redacts names from text that is kept as training data."""

import re
import unicodedata
from collections.abc import Iterable

NAME = "[name]"
_WORD = re.compile(r"\w+")


def redact_names(text: str, names: Iterable[str]) -> str:
    """`text` with each word of any of `names` replaced by NAME.

    Ignores case, accents and a final s ("Dana's", "Danas"). Each word of a name is replaced on its
    own, as redacting too much is safer than too little.
    """
    known = {_plain(word) for name in names for word in _WORD.findall(name)}

    def redacted(match: re.Match[str]) -> str:
        word = _plain(match[0])
        return NAME if word in known or word.removesuffix("s") in known else match[0]

    return _WORD.sub(redacted, unicodedata.normalize("NFC", text))


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
