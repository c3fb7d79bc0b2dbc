from __future__ import annotations

import asyncio

import pytest

from harness.simphone.sh.streams import (
    BytesSource,
    FdTable,
    MemorySink,
    OpenFile,
    Pipe,
    null_file,
    open_file,
    standard,
)
from harness.simphone.storage.view import FsView
from tests.simphone.sh.bench import Bench


def test_a_pipe_ends_when_its_last_writer_lets_go() -> None:
    async def scene() -> None:
        reader, writer = Pipe.make()
        second = writer.hold()
        await writer.write(b"abc")
        writer.release()
        assert await reader.read(2) == b"ab"
        waiting = asyncio.ensure_future(reader.read())
        await asyncio.sleep(0)
        assert not waiting.done()
        second.release()
        assert await waiting == b"c"
        assert await reader.read(1) == b""

    asyncio.run(scene())


def test_a_full_pipe_makes_the_writer_wait_and_a_gone_reader_breaks_it() -> None:
    async def scene() -> None:
        reader, writer = Pipe.make()
        await writer.write(b"x" * 70_000)
        blocked = asyncio.ensure_future(writer.write(b"y"))
        await asyncio.sleep(0)
        assert not blocked.done()
        reader.release()
        with pytest.raises(BrokenPipeError):
            await blocked

    asyncio.run(scene())


def test_an_open_file_closes_with_its_last_holder() -> None:
    file = OpenFile(sink=MemorySink())
    table = FdTable({1: file})
    other = table.fork()
    other.put(2, other.get(1).hold())
    table.close_all()
    assert not file.closed.is_set()
    other.close(1)
    assert not file.closed.is_set()
    other.close_all()
    assert file.closed.is_set()


def test_what_is_not_open_cannot_be_used() -> None:
    with pytest.raises(OSError, match="Bad file descriptor"):
        FdTable({}).get(3)
    with pytest.raises(OSError, match="Bad file descriptor"):
        asyncio.run(OpenFile().read())
    with pytest.raises(OSError, match="Bad file descriptor"):
        asyncio.run(OpenFile().write(b"x"))


def test_a_broken_off_file_refuses_writes_and_is_at_its_end() -> None:
    file = OpenFile(source=BytesSource(b"abc"), sink=MemorySink())
    file.break_off()

    assert asyncio.run(file.read()) == b""
    with pytest.raises(BrokenPipeError):
        asyncio.run(file.write(b"x"))


def test_files_of_the_phone(bench: Bench) -> None:
    view = FsView(bench.fs, 2000, cwd="/data/local/tmp")

    async def scene() -> None:
        await open_file(view, "f", ">", 0o666).write(b"one\n")
        await open_file(view, "f", ">>", 0o666).write(b"two\n")
        assert await open_file(view, "f", "<", 0).read() == b"one\ntwo\n"
        assert await open_file(view, "/dev/zero", "<", 0).read(3) == b"\0\0\0"
        await null_file().write(b"gone")
        assert await null_file().read() == b""

    asyncio.run(scene())
    assert bench.fs.stat("/data/local/tmp/f").mode & 0o777 == 0o666


def test_a_table_knows_the_streams_it_was_made_of() -> None:
    stdin, out = BytesSource(b""), MemorySink()
    table = standard(stdin, out, out)

    assert table.is_over(stdin, out, out)
    assert not table.is_over(stdin, MemorySink(), out)
    assert not FdTable({}).is_over(stdin, out, out)
