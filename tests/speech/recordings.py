"""Real speech as phones record it, and files that only look like it."""

from array import array
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import av

RATE = 48_000
# What each kind of phone makes: container, encoder, options. Chrome's WebM has no duration, and
# Safari writes MP4 in fragments while it records.
CONTAINERS = {
    "webm": ("webm", "libopus", {"live": "1"}),
    "mp4": ("mp4", "aac", {"movflags": "frag_keyframe+empty_moov+default_base_moof"}),
    "m4a": ("mp4", "aac", {}),
    "ogg": ("ogg", "libopus", {}),
    "wav": ("wav", "pcm_s16le", {}),
}
BIT_RATE = 24_000


def sample(name: str) -> Path:
    """A recording of a person that comes with the engine: beckett, two_cities and others."""
    spec = find_spec("moonshine_voice")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "assets" / f"{name}.wav"


def speech(source: Path) -> array:
    """A recording as samples between -1 and 1, 48,000 a second."""
    samples = array("f")
    with av.open(str(source)) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        for frame in [*container.decode(audio=0), None]:
            for one in resampler.resample(frame):
                samples.frombytes(bytes(one.planes[0])[: 4 * one.samples])
    return samples


def record(samples: array, kind: str, target: Path, bit_rate: int = BIT_RATE) -> Path:
    """Write what a phone of this kind would, at the bit rate it would use."""
    container_format, codec, options = CONTAINERS[kind]
    with av.open(str(target), "w", format=container_format, options=options) as container:
        stream = container.add_stream(codec, rate=RATE, layout="mono")
        assert isinstance(stream, av.AudioStream)
        stream.bit_rate = bit_rate
        resampler = av.AudioResampler(
            format=stream.codec_context.format, layout="mono", rate=RATE, frame_size=960
        )
        for start in range(0, len(samples), RATE):
            piece = samples[start : start + RATE]
            frame = av.AudioFrame(format="flt", layout="mono", samples=len(piece))
            frame.planes[0].update(piece.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
            frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
            for one in resampler.resample(frame):
                container.mux(stream.encode(one))
        for one in resampler.resample(None):
            container.mux(stream.encode(one))
        container.mux(stream.encode(None))
    return target
