"""Open files, pipes and descriptor tables of the phone's processes.

An `OpenFile` counts who holds it. A pipe's reader sees the end of the data when
the last holder of its write end lets go, and an adb stream ends when the last
holder of stdout and stderr does: that is what keeps it open for background jobs.
"""

from __future__ import annotations

import asyncio
import errno
import os
from collections import deque
from collections.abc import Callable

from harness.simphone.contracts import Sink, Source
from harness.simphone.storage.devices import ENDLESS
from harness.simphone.storage.view import FsView

PIPE_SIZE = 65536


class OpenFile:
    """A shared open file: `contracts.Source` and `contracts.Sink` in one."""

    def __init__(
        self,
        *,
        source: Source | None = None,
        sink: Sink | None = None,
        on_close: Callable[[], None] | None = None,
    ) -> None:
        self.closed = asyncio.Event()
        self._source = source
        self._sink = sink
        self._on_close = on_close
        self._holders = 1

    async def read(self, size: int = -1) -> bytes:
        """As `Source.read`; EBADF when it was not opened for reading."""
        if self._source is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return await self._source.read(size)

    async def write(self, data: bytes) -> None:
        """As `Sink.write`; EBADF when it was not opened for writing."""
        if self._sink is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        if data:
            await self._sink.write(data)

    def is_over(self, stream: Source | Sink) -> bool:
        """Whether this is `stream`, or the open file made around it."""
        return stream is self or stream is self._source or stream is self._sink

    def hold(self) -> OpenFile:
        """One more holder."""
        self._holders += 1
        return self

    def release(self) -> None:
        """One holder less; the last one closes it."""
        self._holders -= 1
        if self._holders == 0:
            self.closed.set()
            if self._on_close:
                self._on_close()

    def break_off(self) -> None:
        """The other side is gone: writes raise BrokenPipeError, reads see the end."""
        self._sink = BrokenSink() if self._sink is not None else None
        self._source = BytesSource(b"") if self._source is not None else None


class BrokenSink:
    """What is left of a pipe that nobody reads."""

    async def write(self, data: bytes) -> None:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE), str(len(data)))


class NullSink:
    """/dev/null, or /dev/full's opposite: takes everything."""

    async def write(self, data: bytes) -> None:
        del data


class BytesSource:
    """Data known beforehand: files, here-documents, /dev/null."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    async def read(self, size: int = -1) -> bytes:
        end = len(self._data) if size < 0 else self._at + size
        piece = self._data[self._at : end]
        self._at += len(piece)
        return piece


class EndlessSource:
    """/dev/zero and its like; `read(-1)` gives one piece, so that no reader fills memory."""

    def __init__(self, make: Callable[[int], bytes]) -> None:
        self._make = make

    async def read(self, size: int = -1) -> bytes:
        await asyncio.sleep(0)
        return self._make(PIPE_SIZE if size < 0 else size)


class MemorySink:
    """Collects what is written."""

    def __init__(self) -> None:
        self.data = bytearray()

    async def write(self, data: bytes) -> None:
        self.data += data


class FileSink:
    """Appends to a file of the phone; rights were checked when it was opened."""

    def __init__(self, view: FsView, path: str) -> None:
        self._view = FsView(view.fs, 0, view.ns, view.cwd)
        self._path = path

    async def write(self, data: bytes) -> None:
        self._view.write(self._path, data, append=True)


class Pipe:
    """A bounded buffer between a writer that waits and a reader that waits."""

    def __init__(self) -> None:
        self._pieces: deque[bytes] = deque()
        self._size = 0
        self._writer_gone = False
        self._reader_gone = False
        self._changed = asyncio.Event()

    @staticmethod
    def make() -> tuple[OpenFile, OpenFile]:
        """(read end, write end)."""
        pipe = Pipe()
        return (
            OpenFile(source=pipe, on_close=pipe.drop_reader),
            OpenFile(sink=pipe, on_close=pipe.drop_writer),
        )

    async def read(self, size: int = -1) -> bytes:
        if size < 0:
            pieces: list[bytes] = []
            while piece := await self.read(PIPE_SIZE):
                pieces.append(piece)
            return b"".join(pieces)
        while not self._pieces:
            if self._writer_gone or size == 0:
                return b""
            await self._wait()
        piece = self._pieces.popleft()
        if len(piece) > size:
            self._pieces.appendleft(piece[size:])
            piece = piece[:size]
        self._size -= len(piece)
        self._changed.set()
        return piece

    async def write(self, data: bytes) -> None:
        while self._size >= PIPE_SIZE and not self._reader_gone:
            await self._wait()
        if self._reader_gone:
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))
        self._pieces.append(data)
        self._size += len(data)
        self._changed.set()

    def drop_writer(self) -> None:
        self._writer_gone = True
        self._changed.set()

    def drop_reader(self) -> None:
        self._reader_gone = True
        self._changed.set()

    async def _wait(self) -> None:
        self._changed.clear()
        await self._changed.wait()


class FdTable:
    """The open files of one process, by number."""

    def __init__(self, files: dict[int, OpenFile]) -> None:
        self._files = files

    def get(self, fd: int) -> OpenFile:
        """EBADF if `fd` is not open."""
        try:
            return self._files[fd]
        except KeyError:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF), str(fd)) from None

    def get_or_closed(self, fd: int) -> OpenFile:
        """The file, or one that refuses every use."""
        return self._files.get(fd) or OpenFile()

    def put(self, fd: int, file: OpenFile) -> None:
        """Takes over one hold of `file` as `fd`; lets go of what was there."""
        old = self._files.get(fd)
        self._files[fd] = file
        if old is not None:
            old.release()

    def close(self, fd: int) -> None:
        if old := self._files.pop(fd, None):
            old.release()

    def is_over(self, stdin: Source, stdout: Sink, stderr: Sink) -> bool:
        """Whether descriptors 0, 1 and 2 are these streams."""
        wanted = (stdin, stdout, stderr)
        held = [self._files.get(fd) for fd in range(3)]
        return all(h is not None and h.is_over(w) for w, h in zip(wanted, held, strict=True))

    def fork(self) -> FdTable:
        """The same open files for another process."""
        return FdTable({fd: file.hold() for fd, file in self._files.items()})

    def close_all(self) -> None:
        while self._files:
            self._files.popitem()[1].release()


def standard(stdin: Source, stdout: Sink, stderr: Sink) -> FdTable:
    """A table over given streams; open files among them get one more holder."""
    reader = stdin.hold() if isinstance(stdin, OpenFile) else OpenFile(source=stdin)
    files = {0: reader}
    for fd, sink in ((1, stdout), (2, stderr)):
        files[fd] = sink.hold() if isinstance(sink, OpenFile) else OpenFile(sink=sink)
    return FdTable(files)


def null_file() -> OpenFile:
    """/dev/null open both ways."""
    return OpenFile(source=BytesSource(b""), sink=NullSink())


def open_file(view: FsView, path: str, operator: str, new_mode: int) -> OpenFile:
    """Opens for `<`, `>`, `>>` or `<>`; raises the file system's errors."""
    full = view.absolute(path)
    if full == "/dev/null":
        return null_file()
    if operator == "<":
        if full in ENDLESS:
            return OpenFile(source=EndlessSource(ENDLESS[full]))
        return OpenFile(source=BytesSource(view.read(full)))
    if operator == "<>":
        if not view.exists(full):
            view.write(full, b"", new_mode=new_mode)
        return OpenFile(source=BytesSource(view.read(full)), sink=FileSink(view, full))
    view.write(full, b"", append=operator == ">>", new_mode=new_mode)
    return OpenFile(sink=FileSink(view, full))
