"""Files that only look like a recording. Each says how many seconds of sound it may give."""

import random
import struct
from fractions import Fraction

import av

from tests.speech.recordings import record, sample, speech


def empty(path):
    return _bytes(path, b"")


def one_byte(path):
    return _bytes(path, b"\x1a")


def page(path):
    return _bytes(path, b"<!doctype html><title>Sign in</title><audio src=a.webm>")


def noise(path):
    return _bytes(path, b"\x1aE\xdf\xa3" + random.Random(5).randbytes(200_000))


def nothing_but_ogg(path):
    return _bytes(path, b"OggS" * 50_000)


def nothing_but_boxes(path):
    return _bytes(path, b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0\0\0\x08moov" * 20_000)


def boxes_in_boxes(path):
    nested = b"".join(struct.pack(">I4s", 8 * left, b"moov") for left in range(20_000, 0, -1))
    return _bytes(path, b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + nested)


def header_that_lies(path):
    """A header that speaks of four billion bytes, over a tenth of a second."""
    return _wave(path, channels=1, rate=16_000, says=0xFFFFFFFF, at_most=0.2)


def slowest_rate(path):
    """One sample a second: a megabyte would be six days."""
    return _wave(path, channels=1, rate=1, size=1_000_000)


def fastest_rate(path):
    return _wave(path, channels=1, rate=0x7FFFFFFF, size=1_000_000)


def many_channels(path):
    return _wave(path, channels=60_000, rate=16_000, size=1_000_000)


def thousands_of_streams(path):
    """A WebM with five thousand microphones, of which the first says something."""
    opus = b"OpusHead\x01\x01" + struct.pack("<HIHB", 312, 48_000, 0, 0)
    sound = b"\xb5\x88" + struct.pack(">d", 48_000) + b"\x9f\x81\x01"
    tracks = b"".join(
        b"\xae" + _sized(
            b"\xd7\x82" + struct.pack(">H", number) + b"\x73\xc5\x82" + struct.pack(">H", number)
            + b"\x83\x81\x02" + b"\x86" + _sized(b"A_OPUS") + b"\x63\xa2" + _sized(opus)
            + b"\xe1" + _sized(sound)
        )
        for number in range(1, 5_001)
    )  # fmt: skip
    blocks = b"".join(
        b"\xa3" + _sized(b"\x81" + struct.pack(">H", 20 * number) + b"\x80\xf8\xff\xfe")
        for number in range(5)
    )
    head = b"\x1aE\xdf\xa3" + _sized(b"\x42\x82" + _sized(b"webm"))
    info = b"\x15\x49\xa9\x66" + _sized(b"\x2a\xd7\xb1\x83\x0f\x42\x40")
    body = info + b"\x16T\xaek" + _sized(tracks)
    body += b"\x1f\x43\xb6\x75" + _sized(b"\xe7\x81\x00" + blocks)
    path.write_bytes(head + b"\x18S\x80g" + _sized(body))
    return path, 1


def film(path):
    """Pictures without sound."""
    with av.open(str(path), "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=5)
        stream.width = stream.height = 64
        for number in range(10):
            frame = av.VideoFrame(64, 64, "yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 5)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path, 0


def scrambled(path):
    """A recording in which every hundredth byte is another."""
    record(speech(sample("beckett")), "webm", path)
    dice = random.Random(7)
    whole = bytearray(path.read_bytes())
    for place in range(400, len(whole), 100):
        whole[place] = dice.randrange(256)
    path.write_bytes(whole)
    return path, 183


def hours_of_silence(path, hours=3):
    """Three hours as Opus, written a second at a time; less than 4 MB."""
    with av.open(str(path), "w", format="webm", options={"live": "1"}) as container:
        stream = container.add_stream("libopus", rate=8_000, layout="mono", options={"dtx": "on"})
        stream.bit_rate = 6_000
        frame = av.AudioFrame(format="s16", layout="mono", samples=480)
        frame.planes[0].update(bytes(frame.planes[0].buffer_size))
        frame.sample_rate = 8_000
        packets = stream.encode(frame)
        first = packets or stream.encode(frame)
        whole = bytes(first[0])
        for number in range(hours * 3600 * 50 // 3):
            packet = av.Packet(whole)
            packet.stream, packet.time_base = stream, Fraction(1, 1000)
            packet.pts = packet.dts = number * 60
            packet.duration = 60
            container.mux(packet)
    return path, 183


TABLE = {
    one.__name__: one
    for one in (
        empty, one_byte, page, noise, nothing_but_ogg, nothing_but_boxes, boxes_in_boxes,
        header_that_lies, slowest_rate, fastest_rate, many_channels, thousands_of_streams, film,
        scrambled, hours_of_silence,
    )
}  # fmt: skip


def _bytes(path, content):
    path.write_bytes(content)
    return path, 0


def _wave(path, *, channels, rate, says=None, size=3_200, at_most=0):
    head = struct.pack("<HHIIHH", 1, channels, rate, 0, 2 * channels & 0xFFFF, 16)
    body = b"WAVEfmt " + struct.pack("<I", len(head)) + head
    body += b"data" + struct.pack("<I", says or size)
    path.write_bytes(b"RIFF" + struct.pack("<I", says or size + 36) + body + b"\1\2" * (size // 2))
    return path, at_most


def _sized(content):
    """An element's content with its size in front, as EBML writes it in eight bytes."""
    return struct.pack(">Q", len(content) | 1 << 56) + content
