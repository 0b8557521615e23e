"""The folder of voice notes: only recordings, whole or not at all."""

import io
import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from pwa.files.voice_notes import MOST_BYTES, NotARecording, VoiceNotes
from pwa.operations.voice_notes.retention import content_type

WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"
MP4 = b"\x00\x00\x00\x1cftypisom\x00\x00\x02\x00"
OGG = b"OggS\x00\x02"
NOW = datetime(2026, 11, 20, 9, 40, tzinfo=UTC)


@pytest.fixture
def notes(tmp_path):
    return VoiceNotes(tmp_path / "notes", content_type)


def files(notes: VoiceNotes) -> list[str]:
    return [path.name for path in notes.folder.iterdir()] if notes.folder.is_dir() else []


@pytest.mark.parametrize(
    ("first", "kind"), [(WEBM, "audio/webm"), (MP4, "audio/mp4"), (OGG, "audio/ogg")]
)
def test_what_phones_record_is_kept_as_it_came(notes, first, kind):
    kept = notes.keep(io.BytesIO(first + b"sound" * 50_000))
    assert (kept.content_type, kept.size) == (kind, len(first) + 250_000)
    assert notes.path(kept.name).read_bytes() == first + b"sound" * 50_000
    assert files(notes) == [kept.name]


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"%PDF-1.7",
        b"MZ\x90\x00",
        b"RIFF\x00\x00\x00\x00WAVE",
        b"ftyp",
        b"x" * 8 + WEBM,
    ],
)
def test_anything_else_is_refused_and_leaves_nothing(notes, first):
    with pytest.raises(NotARecording) as refused:
        notes.keep(io.BytesIO(first))
    assert not refused.value.too_long
    assert files(notes) == []


def test_more_than_the_most_is_refused_and_leaves_nothing(notes):
    with pytest.raises(NotARecording) as refused:
        notes.keep(io.BytesIO(WEBM + bytes(MOST_BYTES)))
    assert refused.value.too_long
    assert files(notes) == []


def test_a_stream_that_breaks_off_leaves_nothing(notes):
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError("gone")
            return super().read(size)

    with pytest.raises(OSError, match="gone"):
        notes.keep(Broken(WEBM + bytes(100_000)))
    assert files(notes) == []


def test_what_is_removed_twice_does_no_harm(notes):
    kept = notes.keep(io.BytesIO(WEBM))
    notes.remove(kept.name)
    notes.remove(kept.name)
    assert files(notes) == []


def aged(path, days, now=NOW):
    stamp = (now - timedelta(days=days)).timestamp()
    os.utime(path, (stamp, stamp))


def test_older_ones_are_named_and_unfinished_ones_too(notes):
    assert list(notes.older_than(NOW)) == []
    old = notes.keep(io.BytesIO(WEBM)).name
    new = notes.keep(io.BytesIO(WEBM)).name
    cut = f"{'0a' * 16}.part"
    notes.path(cut).write_bytes(WEBM)
    for name, age in ((old, 2), (new, 0), (cut, 3)):
        aged(notes.path(name), age)
    assert set(notes.older_than(NOW - timedelta(days=1))) == {old, cut}


def test_what_others_keep_in_the_folder_is_none_of_ours(notes):
    ours = notes.keep(io.BytesIO(WEBM)).name
    (notes.folder / "lost+found").mkdir()
    (notes.folder / ("f" * 32)).mkdir()
    (notes.folder / ("e" * 32)).symlink_to(notes.path(ours))
    for name in ("budget.xlsx", ours.upper() + ".bak", "0" * 31, "0" * 33, "0" * 32 + ".part2"):
        (notes.folder / name).write_bytes(b"theirs")
    for path in notes.folder.iterdir():
        aged(path, 9)
    assert list(notes.older_than(NOW)) == [ours]


def test_a_file_that_goes_while_one_looks_is_passed_over(notes):
    names = {notes.keep(io.BytesIO(WEBM)).name for _ in range(3)}
    for name in names:
        aged(notes.path(name), 9)
    seen = set()
    for name in notes.older_than(NOW):
        seen.add(name)
        for other in names:
            notes.remove(other)
    assert len(seen) == 1


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_nobody_else_on_the_machine_reads_them(notes):
    before = os.umask(0o022)
    try:
        kept = notes.keep(io.BytesIO(WEBM))
    finally:
        os.umask(before)
    assert (mode(notes.folder), mode(notes.path(kept.name))) == (0o700, 0o600)
