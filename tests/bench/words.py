"""Word errors: how many words were put in, left out or taken for another."""

import re

SAME = {"mr": "mister", "mrs": "missis", "ok": "okay"}
NUMBERS = "zero one two three four five six seven eight nine ten".split()


def words(text: str) -> list[str]:
    """The words alone: no marks, no capitals, numbers up to ten spelt out."""
    found = re.findall(r"[a-z']+|\d+", text.casefold().replace("’", "'"))
    return [SAME.get(word, _spelt(word)) for word in found]


def errors(given: list[str], heard: list[str]) -> int:
    """The fewest changes that make one of the other (Levenshtein, by words)."""
    row = list(range(len(heard) + 1))
    for place, word in enumerate(given, 1):
        diagonal, row[0] = row[0], place
        for other, said in enumerate(heard, 1):
            changed = diagonal + (word != said)
            diagonal = row[other]
            row[other] = min(changed, row[other] + 1, row[other - 1] + 1)
    return row[-1]


def _spelt(word: str) -> str:
    return NUMBERS[int(word)] if word.isdigit() and int(word) < len(NUMBERS) else word
