"""A manager's words about a contact, turned to that contact: "send her the quote" -> "you"."""

import re

_SUBJECT_AFTER = (
    "after|and|as|because|before|how|if|once|since|so|that|until|what|when|where|whether|which|why"
)
_ADVERBS = "also|already|always|just|never|now|only|really|still"
# What follows "her" where it is the person: "call her back", "send her the quote".
_AFTER_OBJECT = (
    "a|about|again|an|another|any|as|at|back|before|by|down|each|every|first|for|from|how|if|in|"
    "into|monday|my|next|no|off|on|once|our|out|over|please|some|soon|that|the|these|this|those|"
    "three|to|today|tomorrow|two|until|up|what|when|where|whether|which|who|why|with|"
    "tuesday|wednesday|thursday|friday|and"
)
_GIVING = "ask|give|lend|offer|owe|show|teach|tell"  # somebody something: never what is hers
_SENDING = "bring|buy|e-?mail|find|forward|get|hand|mail|make|order|sell|send|text"  # either
_PLAIN = {"is": "are", "has": "have", "was": "were", "does": "do", "goes": "go"}
_PLAIN |= {"isn't": "aren't", "hasn't": "haven't", "wasn't": "weren't", "doesn't": "don't"}
_SHORT = {"s": "you're", "ll": "you'll", "d": "you'd"}
_ENDS = re.compile(r"(?:ss|sh|ch|x|o)es$")
_THIRD = re.compile(r"\b(?:she|he|her|him|his|hers|herself|himself)\b", re.IGNORECASE)
# A capital inside the words, not after "the": a person, not the Halden quote.
_NAMED = re.compile(r"(?<=[\w,] )(?<!the )(?<!our )(?<!a )(?<!on )(?<!by )[A-Z][^\W\d_]*[a-z]\b")

_SHE = re.compile(rf"\b(?:she|he) (?:({_ADVERBS}) )?([\w']+)")
_SHE_SHORT = re.compile(r"\b(?:she|he)'(s|ll|d)\b")
_ASKED_TO = re.compile(r"\b([A-Z]\w+ to \w+) (?:her|him)\b")
_FIRST_THEM = re.compile(r"^((?:(?:i|we)(?:'ll| will) |to )?[\w-]+) them\b", re.IGNORECASE)
_STEPS = (
    (re.compile(r"^(?:Her|His|Their)\b"), "Your"),
    (re.compile(r"\b(?:herself|himself)\b"), "yourself"),
    (re.compile(r"\b(?:hers|theirs)\b"), "yours"),
    (re.compile(r"\b(?:his|their)\b"), "your"),
    (re.compile(r"\bhim\b"), "you"),
    (re.compile(r"\b(by|for|from|of|to|with|without) them\b"), r"\1 you"),
    (re.compile(rf"\bher\b(?=$|\s*[^\w\s]|\s+(?:{_AFTER_OBJECT})\b)", re.IGNORECASE), "you"),
    (re.compile(rf"\b({_GIVING}) her\b", re.IGNORECASE), r"\1 you"),
    (re.compile(rf"(?<!\w)(?!(?:{_SENDING}) )([\w-]+ )her (?=\w)", re.IGNORECASE), r"\1your "),
)


def to_reader(words: str, name: str = "") -> str | None:
    """`words` about the contact called `name`, as they read in a letter to that contact.

    Pronouns and the contact's name become "you" and "your". None where that is not safe: "send her
    invoices" may be two things, and after another person's name nobody knows who "her" is, but in
    "ask Ben to call her", as Ben would not call himself. "them" is mostly a thing, so it is turned
    only where the words begin with it ("send them the list") or after "to", "for" and the like.
    """
    text = _ASKED_TO.sub(r"\1 you", _without_name(words.replace("’", "'"), name))
    named = _NAMED.search(text)
    if named and _THIRD.search(text, named.end()):
        return None
    text = _SHE_SHORT.sub(lambda match: _SHORT[match[1]], text)
    text = _SHE.sub(_plain, text)
    if _FIRST_THEM.match(text):
        text = re.sub(r"\bthey\b", "you", _FIRST_THEM.sub(r"\1 you", text))
    for pattern, turned in _STEPS:
        text = pattern.sub(turned, text)
    return None if _THIRD.search(text) else text


def capitalized(words: str) -> str:
    """The first letter as a capital, but for a word with capitals of its own ("iPhone")."""
    first = words.split(maxsplit=1)[0] if words.strip() else ""
    return words if first[1:] != first[1:].lower() else words[:1].upper() + words[1:]


def _without_name(text: str, name: str) -> str:
    """The contact's name as a pronoun, first name and surname or the first alone."""
    if not name:
        return text
    first, *rest = (re.escape(part) for part in name.split())
    whole = rf"\b{first}(?: {' '.join(rest)})?" if rest else rf"\b{first}"
    text = re.sub(rf"{whole}'s\b", lambda match: "your" if match.start() else "Your", text)
    text = re.sub(rf"\b({_SUBJECT_AFTER}) {whole}\b", r"\1 she", text)
    return re.sub(rf"(?<=\w ){whole}\b", "you", text)


def _plain(match: re.Match[str]) -> str:
    """The verb of a subject that became "you": she needs -> you need."""
    adverb = f"{match[1]} " if match[1] else ""
    return f"you {adverb}{_PLAIN.get(match[2]) or _without_s(match[2])}"


def _without_s(verb: str) -> str:
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    if _ENDS.search(verb):
        return verb[:-2]
    return verb[:-1] if verb.endswith("s") and not verb.endswith("ss") else verb
