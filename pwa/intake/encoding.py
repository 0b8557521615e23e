"""Detects the encoding of a list: byte order mark, else UTF-8, else Windows-1252 or Mac Roman.

The rules are few, so that the result is predictable:

1. A byte order mark decides. Without one, NULs in every other byte are UTF-16.
2. Bytes that are UTF-8 from start to end are UTF-8. So are those with a few bad bytes among
   more good sequences: the bad ones are read as Windows-1252, the rest is left alone.
3. Everything else is Windows-1252; or Mac Roman, when lines end in a bare CR and the letters
   are those of Mac Roman.
"""

import codecs
import re
from typing import BinaryIO

from pwa.intake.binary import refuse_junk, refuse_other_files

SAMPLE = 65536
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_NOT_LOW = bytes(set(range(256)) - set(range(0x80, 0xA0)))
_NOT_HIGH = bytes(range(0xC0))
_REPLACED = "\ufffd".encode()
ODD_BYTES = "pwa.intake.windows"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read what does not decode as Windows-1252, and its five undefined bytes as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    odd = error.object[error.start : error.end]
    if error.encoding.startswith("utf-16") or error.encoding.startswith("utf-32"):
        return "\ufffd", error.end
    return "".join(_windows(byte) for byte in odd), error.end


def _windows(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


codecs.register_error(ODD_BYTES, _as_windows)


def detect(stream: BinaryIO) -> str:
    """The codec to decode the seekable `stream` with, errors by `ODD_BYTES`.

    Raises `EmptyList` or `NotAList`. Leaves the position anywhere.
    """
    stream.seek(0)
    sample = stream.read(SAMPLE)
    refuse_other_files(sample)
    for mark, codec in _MARKS:
        if sample.startswith(mark):
            return codec
    if codec_16 := _bare_utf16(sample):
        return codec_16
    refuse_junk(sample)
    return _eight_bit(stream)


def _bare_utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: Latin text has a NUL in nearly every other byte."""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _eight_bit(stream: BinaryIO) -> str:
    stream.seek(0)
    good = bad = line_feeds = low = high = 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while chunk := stream.read(SAMPLE):
        line_feeds += chunk.count(b"\n")
        good += len(_SEQUENCE.findall(chunk))
        bad += decoder.decode(chunk).count("\ufffd") - chunk.count(_REPLACED)
        low += len(chunk.translate(None, _NOT_LOW))
        high += len(chunk.translate(None, _NOT_HIGH))
    if good > bad or bad == 0:
        return "utf-8"
    return "mac-roman" if not line_feeds and low > high else "cp1252"
