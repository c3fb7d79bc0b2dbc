"""`sync:`: stat, list, push and pull over the phone's file system.

Runs as adbd's current user. Behaviour follows AOSP `adb/daemon/file_sync_service.cpp`.
"""

from __future__ import annotations

import contextlib
import os
import posixpath
import stat

from harness.simphone.adbd import sync_wire
from harness.simphone.adbd.shell_service import adb_uid
from harness.simphone.adbd.stream import Stream
from harness.simphone.contracts import FileSystem, PhoneParts, Stat

_PATH_LIMIT = 1024  # bytes
_RECV_PIECE = 4 * sync_wire.DATA_LIMIT  # bytes written to the stream at once


async def sync(phone: PhoneParts, stream: Stream) -> None:
    """Answers the requests of one sync stream until QUIT or its end."""
    stream.accept()
    await _Session(phone.fs, adb_uid(phone), stream).serve()
    await stream.close()


def pushed_mode(mode: int) -> int:
    """The permissions of a pushed file: adbd copies the owner's bits to group and others."""
    mode &= 0o777
    mode |= (mode >> 3) & 0o070
    return mode | ((mode >> 3) & 0o007)


class _EndOfStreamError(Exception):
    """The host closed the stream within or between requests."""


class _Session:
    def __init__(self, fs: FileSystem, uid: int, stream: Stream) -> None:
        self._fs = fs
        self._uid = uid
        self._stream = stream
        self._buffer = bytearray()

    async def serve(self) -> None:
        with contextlib.suppress(_EndOfStreamError):
            while True:
                kind, length = sync_wire.REQUEST.unpack(await self._take(8))
                if length > _PATH_LIMIT:
                    await self._stream.write(sync_wire.fail("path too long"))
                    return
                path = (await self._take(length)).decode(errors="surrogateescape")
                if not await self._answer(kind, path):
                    return

    async def _answer(self, kind: bytes, path: str) -> bool:
        """Answers one request; False when the stream ends with it."""
        write = self._stream.write
        match kind:
            case b"STAT":
                await write(sync_wire.stat_v1(self._stat(path, follow=False)[0]))
            case b"STA2" | b"LST2":
                await write(sync_wire.stat_v2(kind, *self._stat(path, follow=kind == b"STA2")))
            case b"LIST":
                entries = [sync_wire.entry_v1(n, self._entry(path, n)[0]) for n in self._list(path)]
                await write(b"".join(entries) + sync_wire.end_v1())
            case b"LIS2":
                entries = [sync_wire.entry_v2(n, *self._entry(path, n)) for n in self._list(path)]
                await write(b"".join(entries) + sync_wire.end_v2())
            case b"SEND":
                await self._receive_file(path)
            case b"RECV":
                await self._send_file(path)
            case b"QUIT":
                return False
            case _:
                await write(sync_wire.fail(f"unknown command {kind!r}"))
                return False
        return True

    def _stat(self, path: str, *, follow: bool) -> tuple[Stat | None, int]:
        # A link named with a slash behind it, or as the folder of ".", is what it points to.
        follow = follow or path.endswith(("/", "/.", "/.."))
        try:
            return self._fs.stat(_absolute(path), uid=self._uid, follow=follow), 0
        except OSError as error:
            return None, error.errno or 0

    def _entry(self, folder: str, name: str) -> tuple[Stat | None, int]:
        return self._stat(posixpath.join(folder, name), follow=False)

    def _list(self, path: str) -> list[str]:
        try:
            return [".", "..", *self._fs.listdir(_absolute(path), uid=self._uid)]
        except OSError:
            return []  # as adbd: what cannot be opened looks empty

    async def _send_file(self, path: str) -> None:
        try:
            content = self._fs.read(_absolute(path), uid=self._uid)
        except OSError as error:
            await self._stream.write(sync_wire.fail(f"open failed: {_reason(error)}"))
            return
        for start in range(0, len(content), _RECV_PIECE):
            last = start + _RECV_PIECE >= len(content)
            records = sync_wire.data(content[start : start + _RECV_PIECE])
            await self._stream.write(records + sync_wire.done() if last else records)
        if not content:
            await self._stream.write(sync_wire.done())

    async def _receive_file(self, request: str) -> None:
        path, comma, mode = request.rpartition(",")
        content = bytearray()
        while True:
            kind, number = sync_wire.REQUEST.unpack(await self._take(8))
            if kind == b"DONE":
                break
            if kind != b"DATA" or number > sync_wire.DATA_LIMIT:
                await self._stream.write(sync_wire.fail(f"invalid data message {kind!r} {number}"))
                raise _EndOfStreamError
            content += await self._take(number)
        if not comma or not mode.isdecimal():
            problem = "missing , in ID_SEND"
        else:
            problem = self._store(_absolute(path), int(mode), bytes(content), mtime=number)
        await self._stream.write(sync_wire.fail(problem) if problem else sync_wire.okay())

    def _store(self, path: str, mode: int, content: bytes, *, mtime: int) -> str | None:
        """Puts the file there; the reason why not, in adbd's words."""
        self._clear(path, mode)
        try:
            self._create(path, mode, content, mtime)
        except FileNotFoundError:
            try:
                self._fs.mkdir(posixpath.dirname(path), uid=self._uid, mode=0o775, parents=True)
            except OSError as error:
                return f"secure_mkdirs failed: {_reason(error)}"
            try:
                self._create(path, mode, content, mtime)
            except OSError as error:
                return f"couldn't create file: {_reason(error)}"
        except OSError as error:
            return f"couldn't create file: {_reason(error)}"
        return None

    def _clear(self, path: str, mode: int) -> None:
        """Removes what lies there, so that the new file is owned by who pushes."""
        found, _ = self._stat(path, follow=False)
        if found is None:
            return
        link_to_keep = stat.S_ISLNK(found.mode) and stat.S_ISREG(mode)
        if stat.S_ISREG(found.mode) or (stat.S_ISLNK(found.mode) and not link_to_keep):
            with contextlib.suppress(OSError):  # then the write says why
                self._fs.remove(path, uid=self._uid)

    def _create(self, path: str, mode: int, content: bytes, mtime: int) -> None:
        if stat.S_ISLNK(mode):
            target = content.rstrip(b"\0").decode(errors="surrogateescape")
            self._fs.symlink(target, path, uid=self._uid)
        else:
            permissions = pushed_mode(mode)
            self._fs.write(path, content, uid=self._uid, mode=permissions, mtime=float(mtime))

    async def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            data = await self._stream.read(_RECV_PIECE)
            if not data:
                raise _EndOfStreamError
            self._buffer += data
        taken = bytes(memoryview(self._buffer)[:size])
        del self._buffer[:size]
        return taken


def _absolute(path: str) -> str:
    """Paths come with trailing and double slashes; adbd's own folder is /."""
    return posixpath.normpath(posixpath.join("/", path.lstrip("/")))


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else str(error)
