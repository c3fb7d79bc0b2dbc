import asyncio

import pytest

from harness.simphone.adbd.shell_frames import (
    FramedSink,
    FramedStdin,
    FrameId,
    FrameParser,
    frame,
)


class Pieces:
    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)

    async def read(self, size: int = -1) -> bytes:
        return self.pieces.pop(0) if self.pieces else b""


class Kept:
    def __init__(self) -> None:
        self.writes: list[bytes] = []

    async def write(self, data: bytes) -> None:
        self.writes.append(data)


def test_a_frame_is_id_length_bytes() -> None:
    assert frame(FrameId.EXIT, b"\x07") == b"\x03\x01\0\0\0\x07"


@pytest.mark.parametrize("piece", [1, 3, 100])
def test_frames_survive_any_cutting(piece: int) -> None:
    sent = frame(FrameId.STDIN, b"hello") + frame(FrameId.WINDOW_SIZE, b"24x80,0x0")
    parser = FrameParser()

    frames = [f for at in range(0, len(sent), piece) for f in parser.feed(sent[at : at + piece])]

    assert frames == [(0, b"hello"), (5, b"24x80,0x0")]


def test_large_output_is_cut_into_frames_but_written_at_once() -> None:
    kept = Kept()
    asyncio.run(FramedSink(kept, FrameId.STDOUT).write(bytes(150_000)))

    sizes = [len(data) for _kind, data in FrameParser().feed(kept.writes[0])]
    assert (len(kept.writes), sizes) == (1, [65536, 65536, 18928])


def test_nothing_written_is_no_frame() -> None:
    kept = Kept()
    asyncio.run(FramedSink(kept, FrameId.STDERR).write(b""))

    assert kept.writes == []


@pytest.mark.parametrize(
    ("pieces", "reads"),
    [
        ([frame(FrameId.STDIN, b"abc")], [b"ab", b"c", b""]),
        ([frame(FrameId.STDIN, b"a"), frame(FrameId.CLOSE_STDIN, b"")], [b"a", b"", b""]),
        ([frame(FrameId.WINDOW_SIZE, b"1x1"), frame(FrameId.STDIN, b"z")], [b"z", b""]),
        ([frame(FrameId.CLOSE_STDIN, b"") + frame(FrameId.STDIN, b"late")], [b""]),
        ([], [b""]),
    ],
)
def test_stdin_comes_out_of_its_frames(pieces: list[bytes], reads: list[bytes]) -> None:
    async def scenario() -> list[bytes]:
        stdin = FramedStdin(Pieces(*pieces))
        return [await stdin.read(2) for _ in reads]

    assert asyncio.run(scenario()) == reads


def test_all_of_stdin_at_once() -> None:
    stdin = FramedStdin(Pieces(frame(FrameId.STDIN, b"ab"), frame(FrameId.STDIN, b"cd")))

    assert asyncio.run(stdin.read()) == b"abcd"
