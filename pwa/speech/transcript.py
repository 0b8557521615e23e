"""A transcript: lines of text, each with its place in the audio."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TranscriptLine:
    """A stretch of speech: its text, and start and length in seconds of the audio."""

    text: str
    start: float
    seconds: float


@dataclass(frozen=True)
class Transcript:
    """All lines, in the order they were said.

    `cut` says that there was more: beyond the longest note that we hear, or behind a place where
    the file is damaged.
    """

    lines: tuple[TranscriptLine, ...]
    cut: bool = False

    @property
    def text(self) -> str:
        """All of it, the lines joined by one space."""
        return " ".join(line.text for line in self.lines)

    def moment(self, offset: int) -> float:
        """Where in the audio, in seconds, the character at `offset` of `text` is said.

        Within a line it goes by the part of its length; outside of the text by its nearest end.
        """
        moment, left = 0.0, max(offset, 0)
        for line in self.lines:
            if left <= len(line.text):
                return line.start + line.seconds * left / max(len(line.text), 1)
            left -= len(line.text) + 1
            moment = line.start + line.seconds
        return moment
