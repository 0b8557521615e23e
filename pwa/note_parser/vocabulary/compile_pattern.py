"""Regular expressions written over several lines."""

import re


def phrase(text: str) -> str:
    """The pattern with its line breaks and indentation removed.

    No line may begin or end with a space that has to match.
    """
    return re.sub(r"\n\s*", "", text)


def compiled(text: str) -> re.Pattern[str]:
    """The pattern of `phrase`, compiled."""
    return re.compile(phrase(text))
