"""Regular expression fragments shared by the date and time rules."""

from pwa.note_parser.vocabulary.calendar_words import DAYS, MONTHS
from pwa.note_parser.vocabulary.compile_pattern import phrase

DAY = rf"(?:{'|'.join(DAYS)})"
MONTH = rf"(?:{'|'.join(MONTHS)})"
ORD = r"[0-9]{1,2}(?:st|nd|rd|th)"
COUNT = r"(?:[0-9]{1,3}|an?|(?:a )?couple of|a couple|(?:a )?few|a pair of|half an?)"
PART = r"(?:morning|afternoon|evening|lunchtime|night|lunch)"

# Lookahead: what may follow a bare number or an ordinal without making it a quantity.
AFTER = phrase(rf"""
    (?=$|,| [.]| (?:and|but|or|so|then|to|on|at|in|for|from|with|if|because|which|please|sharp|
    today|tomorrow|tonight|this|next|she|he|they|i|we|it|the|her|him|them|also|again|latest|
    would|will|is|'s|was|works|if|when|as|after|before|by|until|about|of|his|instead|around|
    towards|sometime|first|early|late|say|via|over|round|here|onsite|where|already|straight|
    during|without|via|1st|not|no|sorry|maybe|rather|my|our|that|there|okay|just|though|am|pm|
    o'clock|ish|anyway|morning|afternoon|evening|{"|".join(DAYS)}|{"|".join(MONTHS)})\b)
""")


def count_of(words: str) -> int:
    """The number that COUNT matched: "a couple of" is 2, "a few" 3."""
    if words.isdigit():
        return int(words)
    if "couple" in words or "pair" in words:
        return 2
    return 3 if "few" in words else 1
