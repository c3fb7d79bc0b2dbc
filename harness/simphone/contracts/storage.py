"""The phone's file tree as its parts see it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stat:
    """One file's metadata, as `stat(2)` on the phone gives it."""

    mode: int  # type bits and permission bits
    uid: int
    gid: int
    size: int
    mtime: float
    ino: int
    dev: int = 0xFD00
    nlink: int = 1
    atime: float = 0.0
    ctime: float = 0.0


class FileSystem(Protocol):
    """The phone's file tree. Paths are absolute POSIX paths of the phone.

    Each call raises the matching `OSError` (errno ENOENT, EACCES, ENOTDIR,
    EEXIST, ENOTEMPTY, EROFS, ENOSPC). `uid` is who asks; `ns` names the mount
    namespace: "init" (shell, adbd) or "zygote" (apps and zygote).
    """

    def stat(self, path: str, *, uid: int = 0, ns: str = "init", follow: bool = True) -> Stat: ...
    def maker(self, path: str) -> int:
        """The uid that made a file, also where shared storage shows another owner."""
        ...

    def listdir(self, path: str, *, uid: int = 0, ns: str = "init") -> list[str]: ...
    def read(self, path: str, *, uid: int = 0, ns: str = "init") -> bytes: ...
    def write(
        self,
        path: str,
        data: bytes,
        *,
        uid: int = 0,
        gid: int | None = None,
        mode: int | None = None,
        mtime: float | None = None,
        append: bool = False,
        ns: str = "init",
    ) -> None:
        """Writes a whole file (or appends); a new file gets `uid`'s ownership."""
        ...

    def mkdir(
        self,
        path: str,
        *,
        uid: int = 0,
        gid: int | None = None,
        mode: int = 0o755,
        parents: bool = False,
        ns: str = "init",
    ) -> None: ...
    def remove(
        self, path: str, *, uid: int = 0, recursive: bool = False, ns: str = "init"
    ) -> None: ...
    def rename(self, old: str, new: str, *, uid: int = 0, ns: str = "init") -> None: ...
    def symlink(self, target: str, path: str, *, uid: int = 0) -> None: ...
    def readlink(self, path: str) -> str: ...
    def chmod(self, path: str, mode: int, *, uid: int = 0, ns: str = "init") -> None: ...
    def chown(
        self, path: str, owner: int, group: int, *, uid: int = 0, ns: str = "init"
    ) -> None: ...
    def utime(self, path: str, mtime: float, *, uid: int = 0, ns: str = "init") -> None: ...
    def mount(self, target: str, *, source: str | None, kind: str, ns: str = "init") -> None:
        """Mounts over `target`: kind "tmpfs" (empty) or "bind" (of `source`)."""
        ...

    def umount(self, target: str, *, ns: str = "init") -> None: ...
    def insert_card(self, uuid: str) -> None: ...
    def eject_card(self, uuid: str) -> None: ...
    def insert_adopted(self, uuid: str) -> None: ...
    def eject_adopted(self, uuid: str) -> None: ...
    def usage(self, path: str = "/data") -> tuple[int, int]:
        """Bytes (total, free) of the volume that holds `path`."""
        ...

    def host_path(self, path: str, *, ns: str = "init") -> Path:
        """Where the bytes lie on the host (for sqlite3 and Pillow); parents exist."""
        ...
