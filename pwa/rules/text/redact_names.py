"""Words without the names in them, for what is kept to learn from."""

import re
import unicodedata
from collections.abc import Iterable

NAME = "[name]"
_WORD = re.compile(r"\w+")


def redact_names(said: str, names: Iterable[str]) -> str:
    """`said` with NAME in the place of each word of any of `names`, however it is written.

    Capitals, accents and the s of "Dana's" or "Danas" make no difference. A word that is only part
    of a name goes too: better one too many than one that tells who it was.
    """
    known = {_plain(word) for name in names for word in _WORD.findall(name)}

    def shown(found: re.Match[str]) -> str:
        word = _plain(found[0])
        return NAME if word in known or word.removesuffix("s") in known else found[0]

    return _WORD.sub(shown, unicodedata.normalize("NFC", said))


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
