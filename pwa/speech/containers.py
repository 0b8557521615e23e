"""Which container a recording is in, by its first bytes."""

from pathlib import Path

from pwa.speech.errors import Failed, Unreadable


def format_of(path: Path) -> str:
    """FFmpeg's name of the container, by the first bytes. Raises Unreadable for any other file,
    and Failed where it cannot be opened now.

    FFmpeg is never left to guess: some of the formats it knows open other files and addresses.
    """
    try:
        with path.open("rb") as file:
            first = file.read(64)
    except OSError as problem:
        raise Failed(f"{path.name} cannot be read ({problem.strerror}).") from problem
    if first.startswith(b"\x1aE\xdf\xa3"):
        return "matroska"
    if first.startswith(b"OggS"):
        return "ogg"
    if first[4:8] == b"ftyp":
        return "mov"
    if first.startswith(b"RIFF") and first[8:12] == b"WAVE":
        return "wav"
    raise Unreadable("This is no recording: WebM, Ogg, MP4 and WAV can be heard.")
