"""Makes what engines write readable for people and for the reading grammar."""

import re
from collections.abc import Iterable

from pwa.speech.transcript import TranscriptLine

# Spellings of the books that the models learnt from.
SPELLINGS = (
    (re.compile(r"\b(to)-(day|morrow|night)\b", re.IGNORECASE), r"\1\2"),
    (re.compile(r"\b([ap])\s*\.\s*m\s*\.", re.IGNORECASE), lambda m: f"{m[1].lower()}.m."),
    (re.compile(r"(?<=\d)\s*([ap])\.?m\b\.?", re.IGNORECASE), lambda m: f" {m[1].lower()}.m."),
    (re.compile(r"\bo'\s*clock\b", re.IGNORECASE), "o'clock"),
    (re.compile("[‘’]"), "'"),
    (re.compile(r"\s+"), " "),
    (re.compile(r" (?=[,.;:?!])"), ""),
    (re.compile(r"([,;:])[,;:]+"), r"\1"),
)
# At a forced cut the engine hears half a second twice: no more than this many words.
SEAM = 4


def normalize(lines: Iterable[TranscriptLine]) -> tuple[TranscriptLine, ...]:
    """The lines with today's spelling, without what was heard twice, and without empty ones."""
    done: list[TranscriptLine] = []
    for line in lines:
        text = respell(line.text)
        start, end = line.start, line.start + line.seconds
        if done and start < done[-1].start + done[-1].seconds:
            text = without_seam(done[-1].text, text)
            start = min(done[-1].start + done[-1].seconds, end)
        if text:
            done.append(TranscriptLine(text, round(start, 3), round(end - start, 3)))
    return tuple(done)


def respell(text: str) -> str:
    """One line in today's spelling: tomorrow, 4 p.m., o'clock."""
    for pattern, instead in SPELLINGS:
        text = pattern.sub(instead, text)
    return text.strip()


def without_seam(before: str, text: str) -> str:
    """`text` without the words at its beginning that `before` ends with."""
    last = [_bare(word) for word in before.split()]
    words = text.split()
    first = [_bare(word) for word in words]
    for count in range(min(SEAM, len(first), len(last)), 0, -1):
        if first[:count] == last[-count:]:
            return " ".join(words[count:])
    return text


def _bare(word: str) -> str:
    return re.sub(r"\W", "", word).casefold()
