"""Clips and stills: read back by another reader where there is one, damaged in every place."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from harness.simphone.media.mp4_boxes import boxes, find
from harness.simphone.media.mp4_reader import Movie, UnplayableError, read_mp4
from harness.simphone.media.mp4_writer import write_mp4
from harness.simphone.media.stills import FRAME_MS, HEIGHT, WIDTH, clip, still


def test_a_clip_is_an_mp4_of_jpegs() -> None:
    data = clip(3, frames=4)
    assert [kind for kind, _, _ in boxes(data)] == ["ftyp", "moov", "mdat"]
    assert read_mp4(data) == Movie(4 * FRAME_MS / 1000, 4)
    begin, end = find(data, "mdat")
    frame = Image.open(io.BytesIO(data[begin:end]))
    assert (frame.format, frame.size) == ("JPEG", (WIDTH, HEIGHT))
    entry, _ = find(data, "moov/trak/mdia/minf/stbl/stsd")
    assert data[entry + 12 : entry + 16] == b"mp4v"


def test_the_same_seed_gives_the_same_bytes() -> None:
    clip.cache_clear()
    first = clip(5)
    clip.cache_clear()
    assert clip(5) == first
    assert clip(6) != first


def test_a_still_has_its_size() -> None:
    picture = Image.open(io.BytesIO(still(7, width=40, height=60)))
    assert (picture.format, picture.size) == ("JPEG", (40, 60))


@pytest.mark.parametrize("kept", [0, 3, 20, 40, 300, 0.5, -1])
def test_a_cut_file_cannot_be_played(kept: float) -> None:
    data = clip(3, frames=4)
    end = int(len(data) * kept) if isinstance(kept, float) else int(kept)
    with pytest.raises(UnplayableError):
        read_mp4(data[:end])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"ftyp", b"junk", "no ftyp box"),
        (b"moov", b"free", "no box 'moov'"),
        (b"mdat", b"free", "no box 'mdat'"),
        (b"\xff\xd8\xff", b"\0\0\0", "frame 0 is no picture"),
        (b"\0\0\0\x14stco", b"\0\0\0\xffstco", "box 'stco' at"),
    ],
    ids=["type", "index", "media", "frame", "size"],
)
def test_a_damaged_file_cannot_be_played(old: bytes, new: bytes, words: str) -> None:
    data = clip(3, frames=4)
    assert old in data
    with pytest.raises(UnplayableError, match=words):
        read_mp4(data.replace(old, new, 1))


def test_zeros_are_no_video() -> None:
    with pytest.raises(UnplayableError):
        read_mp4(bytes(900))


def test_an_index_without_frames_cannot_be_played() -> None:
    with pytest.raises(UnplayableError, match="names no frames"):
        read_mp4(write_mp4([], width=2, height=2, frame_ms=10))
