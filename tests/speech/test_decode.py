import contextlib
import struct

import av
import pytest

from pwa.speech.decode import RATE, decode
from pwa.speech.errors import Unreadable
from tests.speech import hostile
from tests.speech.recordings import CONTAINERS, record, sample, speech

SAID = speech(sample("beckett"))
SECONDS = len(SAID) / 48_000


@pytest.fixture(scope="module")
def recordings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recordings")
    return {kind: record(SAID, kind, folder / kind) for kind in CONTAINERS}


@pytest.mark.parametrize("kind", CONTAINERS)
def test_every_phones_recording_is_as_long_as_what_was_said(recordings, kind):
    audio = decode(recordings[kind], 60)
    assert audio.seconds == pytest.approx(SECONDS, abs=0.1)
    assert not audio.cut
    # The first word lies where it was said: nothing is shifted.
    assert first_word(audio.samples, RATE) == pytest.approx(first_word(SAID, 48_000), abs=0.05)


@pytest.mark.parametrize("kind", ["webm", "mp4", "ogg", "wav"])
def test_a_cut_recording_gives_what_came_before_the_cut(recordings, kind, tmp_path):
    whole = recordings[kind].read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) * 6 // 10])
    assert 3.5 < decode(tmp_path / "cut", 60).seconds < 7


@pytest.mark.parametrize("kind", CONTAINERS)
def test_a_recording_cut_anywhere_is_sound_or_a_clear_error(recordings, kind, tmp_path):
    whole, cut = recordings[kind].read_bytes(), tmp_path / "cut"
    beginning = range(0, min(len(whole), 300), 7)
    for length in [*beginning, *range(300, len(whole), len(whole) // 40)]:
        cut.write_bytes(whole[:length])
        with contextlib.suppress(Unreadable):
            assert 0 < decode(cut, 60).seconds < SECONDS + 0.1


def test_more_than_the_longest_is_cut_and_said(recordings):
    audio = decode(recordings["mp4"], 4)
    assert audio.seconds == 4
    assert audio.cut


@pytest.mark.parametrize("name", hostile.TABLE)
def test_hostile_files(name, tmp_path):
    path, at_most = hostile.TABLE[name](tmp_path / "note.webm")
    if not at_most:
        with pytest.raises(Unreadable):
            decode(path, 183)
    else:
        assert 0 < decode(path, 183).seconds <= at_most


def test_a_playlist_opens_nothing_else(recordings, tmp_path):
    target = recordings["mp4"].absolute()
    for text in (f"#EXTM3U\n#EXTINF:9,\n{target}\n", f"ffconcat version 1.0\nfile {target}\n"):
        (tmp_path / "note.webm").write_text(text)
        with pytest.raises(Unreadable):
            decode(tmp_path / "note.webm", 60)


def test_a_pause_in_the_times_is_a_pause_in_the_sound(tmp_path):
    """What was said after a recorder's pause is still found where it is played."""
    path = tmp_path / "paused.webm"
    with av.open(str(path), "w", format="webm", options={"live": "1"}) as container:
        stream = container.add_stream("libopus", rate=48_000, layout="mono")
        for number in range(200):
            frame = av.AudioFrame(format="s16", layout="mono", samples=960)
            frame.planes[0].update(struct.pack("<h", 9000) * 960)
            frame.sample_rate = 48_000
            frame.pts = number * 960 + (96_000 if number >= 100 else 0)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert decode(path, 60).seconds == pytest.approx(6, abs=0.1)


def test_a_name_that_looks_like_an_address_is_a_file(recordings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "http:").mkdir()
    path = tmp_path / "http:" / "-i 1"
    path.write_bytes(recordings["webm"].read_bytes())
    assert decode(path.relative_to(tmp_path), 60).seconds == pytest.approx(SECONDS, abs=0.1)


def first_word(samples, rate):
    """The second in which it begins."""
    return next(place for place, one in enumerate(samples) if abs(one) > 0.1) / rate
