"""Long patterns, written over several lines."""

import re


def phrase(text: str) -> str:
    """The text without its line ends and what the lines are indented by.

    So no line may begin or end with a space that is to be matched.
    """
    return re.sub(r"\n\s*", "", text)


def compiled(text: str) -> re.Pattern[str]:
    """The same, compiled."""
    return re.compile(phrase(text))
