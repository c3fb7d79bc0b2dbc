"""Small stand-ins for the other parts of the phone."""

import asyncio
import errno
import os
import posixpath
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import cast

from harness.simphone.contracts import (
    Invocation,
    PhoneParts,
    PhoneSpec,
    Sink,
    Source,
    Stat,
)


def fault(number: int, path: str) -> OSError:
    return OSError(number, os.strerror(number), path)


@dataclass
class Entry:
    mode: int
    uid: int
    content: bytes = b""
    mtime: float = 1_700_000_000.0


class MemoryFileSystem:
    """Files in a dict; /system is read-only, /root-only belongs to root alone."""

    def __init__(self) -> None:
        folder = stat.S_IFDIR | 0o755
        self.entries = {
            path: Entry(folder, 0) for path in ("/", "/data", "/sdcard", "/system", "/root-only")
        }

    def stat(self, path: str, *, uid: int = 0, ns: str = "init", follow: bool = True) -> Stat:
        entry = self._entry(path, uid)
        if follow and stat.S_ISLNK(entry.mode):
            return self.stat(entry.content.decode(), uid=uid)
        inode = list(self.entries).index(path) + 1
        return Stat(entry.mode, entry.uid, entry.uid, len(entry.content), entry.mtime, inode)

    def listdir(self, path: str, *, uid: int = 0, ns: str = "init") -> list[str]:
        if not stat.S_ISDIR(self._entry(path, uid).mode):
            raise fault(errno.ENOTDIR, path)
        return [
            posixpath.basename(other)
            for other in self.entries
            if other != "/" and posixpath.dirname(other) == path
        ]

    def read(self, path: str, *, uid: int = 0, ns: str = "init") -> bytes:
        entry = self._entry(path, uid)
        if stat.S_ISDIR(entry.mode):
            raise fault(errno.EISDIR, path)
        return entry.content

    def write(
        self,
        path: str,
        data: bytes,
        *,
        uid: int = 0,
        mode: int | None = None,
        mtime: float | None = None,
        **_ignored: object,
    ) -> None:
        self._entry(posixpath.dirname(path), uid)
        if path.startswith("/system"):
            raise fault(errno.EROFS, path)
        permissions = 0o600 if mode is None else mode
        self.entries[path] = Entry(stat.S_IFREG | permissions, uid, data, mtime or time.time())

    def mkdir(
        self,
        path: str,
        *,
        uid: int = 0,
        mode: int = 0o755,
        parents: bool = False,
        **_ignored: object,
    ) -> None:
        if path.startswith("/system"):
            raise fault(errno.EROFS, path)
        parent = posixpath.dirname(path)
        if parents and parent not in self.entries:
            self.mkdir(parent, uid=uid, mode=mode, parents=True)
        self.entries[path] = Entry(stat.S_IFDIR | mode, uid)

    def remove(self, path: str, *, uid: int = 0, **_ignored: object) -> None:
        self._entry(path, uid)
        del self.entries[path]

    def symlink(self, target: str, path: str, *, uid: int = 0) -> None:
        self.entries[path] = Entry(stat.S_IFLNK | 0o777, uid, target.encode())

    def _entry(self, path: str, uid: int) -> Entry:
        if path.startswith("/root-only/") and uid != 0:
            raise fault(errno.EACCES, path)
        if path not in self.entries:
            raise fault(errno.ENOENT, path)
        return self.entries[path]


@dataclass
class EchoShell:
    """Knows a handful of scripts; remembers what it was asked."""

    uids: list[int] = field(default_factory=list[int])
    argvs: list[list[str]] = field(default_factory=list[list[str]])
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    swallowed: bytes = b""

    async def run(
        self, script: str, *, stdin: Source, stdout: Sink, stderr: Sink, uid: int = 2000
    ) -> int:
        self.uids.append(uid)
        word, _, rest = script.strip().partition(" ")
        match word:
            case "echo":
                await stdout.write(rest.encode() + b"\n")
            case "complain":
                await stderr.write(rest.encode() + b"\n")
            case "exit":
                return int(rest)
            case "id":
                await stdout.write(f"uid={uid}\n".encode())
            case "cat":
                while data := await stdin.read(100_000):
                    await stdout.write(data)
            case "swallow":
                self.swallowed = await stdin.read()
            case "flood":
                await stdout.write(b"x" * int(rest))
            case "wait":
                await self._wait(float(rest))
            case "while":
                return await self._prompt(stdin, stdout)
            case _:
                await stderr.write(f"sh: {word}: inaccessible or not found\n".encode())
                return 127
        return 0

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            self.cancelled.set()
            raise

    async def _prompt(self, stdin: Source, stdout: Sink) -> int:
        """Plays the console's loop."""
        await stdout.write(b"$ ")
        while line := await stdin.read(1000):
            if line == b"exit\n":
                return 7
            await stdout.write(b"<" + line.strip() + b">\n$ ")
            if line == b"hang\n":
                await asyncio.sleep(60)
        return 0

    async def execute(self, argv: Sequence[str], invocation: Invocation) -> int:
        self.argvs.append(list(argv))
        if "-S" in argv:  # a streamed install: exactly as many bytes, no end of file comes
            left = int(argv[list(argv).index("-S") + 1])
            while left:
                left -= len(await invocation.stdin.read(left))
        await invocation.stdout.write(b"Success\n")
        return 3


@dataclass
class Network:
    """The phone's ports → the ports that play them."""

    ports: dict[int, int] = field(default_factory=dict[int, int])

    def listen(self, port: int, os_port: int) -> None:
        self.ports[port] = os_port

    def unlisten(self, port: int) -> None:
        self.ports.pop(port, None)


@dataclass
class Phone:
    """What adbd uses of `PhoneParts`."""

    spec: PhoneSpec = field(default_factory=lambda: PhoneSpec(name="test"))
    fs: MemoryFileSystem = field(default_factory=MemoryFileSystem)
    shell: EchoShell = field(default_factory=EchoShell)
    network: Network = field(default_factory=Network)
    adb_root: bool = False
    local: dict[str, int] = field(default_factory=dict[str, int])  # target → port on the host
    asked: list[str] = field(default_factory=list[str])
    reboots: int = 0
    set_properties: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def properties(self) -> SimpleNamespace:
        return SimpleNamespace(set=self.set_properties.__setitem__)

    async def open_local(
        self, target: str
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        self.asked.append(target)
        port = self.local.get(target)
        return None if port is None else await asyncio.open_connection("127.0.0.1", port)

    async def reboot(self) -> None:
        self.reboots += 1


def parts(phone: Phone) -> PhoneParts:
    return cast("PhoneParts", phone)
