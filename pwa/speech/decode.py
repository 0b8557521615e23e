"""Any phone's recording becomes 16,000 samples a second from one microphone.

Runs in the process of its own that `hear` starts: what FFmpeg makes of a hostile file ends there.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from pwa.speech.containers import format_of
from pwa.speech.errors import Unreadable

RATE = 16_000
# What phones and browsers record, and nothing else: every decoder more is a door more.
CODECS = frozenset("opus libopus vorbis aac alac amrnb amrwb flac".split()) | frozenset(
    "pcm_s16le pcm_s24le pcm_s32le pcm_f32le pcm_u8 pcm_s16be".split()
)
MOST_CHANNELS = 8
RATES = range(4_000, 192_001)
# A recorder that pauses leaves a hole in the times; a longer one is a file that lies.
SMALLEST_HOLE, LARGEST_HOLE = 0.1, 60.0
NO_SOUND = "There is no sound in this recording that can be read. Listen to it, and type it."


@dataclass(frozen=True)
class Audio:
    """Samples between -1 and 1; `cut` when the file holds more than was read."""

    samples: "array[float]"
    cut: bool

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / RATE


def decode(path: Path, limit: float) -> Audio:
    """The first `limit` seconds of what is said in a file, up to where it is damaged.

    Raises Unreadable when there is nothing.
    """
    reading = _Reading(limit)
    try:
        with _opened(path) as container:
            reading.read(container, _microphone(container))
    except (av.FFmpegError, ValueError, LookupError, EOFError, MemoryError):
        # What came before stays; a browser's recording has no end that could be missed.
        reading.cut = True
    if not reading.samples:
        raise Unreadable(NO_SOUND)
    return Audio(reading.samples, reading.cut)


def _opened(path: Path) -> InputContainer:
    options = {"protocol_whitelist": "file", "codec_whitelist": ",".join(CODECS)}
    name = f"file:{path.absolute()}"
    return av.open(name, format=format_of(path), options=options, metadata_errors="ignore")


def _microphone(container: InputContainer) -> AudioStream:
    for stream in container.streams.audio:
        # A stream in no known codec has no context, whatever its type says.
        context: AudioCodecContext | None = stream.codec_context
        if context is not None and context.name in CODECS:
            return stream
    raise Unreadable(NO_SOUND)


class _Reading:
    """The samples so far, as long as the times in the file say they should be."""

    def __init__(self, limit: float) -> None:
        self.samples = array("f")
        self.cut = False
        self._most = round(limit * RATE)
        self._start: float | None = None
        self._resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)

    def read(self, container: InputContainer, stream: AudioStream) -> None:
        """Take all that is there, or as much as is heard."""
        for frame in self._frames(container, stream):
            if frame.layout.nb_channels > MOST_CHANNELS or frame.sample_rate not in RATES:
                raise Unreadable(NO_SOUND)
            self._fill_hole(frame.time)
            self._add(frame)
            if len(self.samples) > self._most:
                del self.samples[self._most :]
                self.cut = True
                return
        self._add(None)

    def _frames(self, container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
        for packet in container.demux(stream):
            try:
                yield from packet.decode()
            except av.InvalidDataError:
                self.cut = True

    def _fill_hole(self, time: float | None) -> None:
        if time is None:
            return
        if self._start is None:
            self._start = time
        missing = time - self._start - len(self.samples) / RATE
        if SMALLEST_HOLE < missing < LARGEST_HOLE:
            self.samples.frombytes(bytes(4 * round(missing * RATE)))

    def _add(self, frame: AudioFrame | None) -> None:
        for resampled in self._resampler.resample(frame):
            self.samples.frombytes(bytes(resampled.planes[0])[: 4 * resampled.samples])
