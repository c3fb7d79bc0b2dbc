"""The half of the file system that changes nothing."""

from __future__ import annotations

import errno
import stat
import zlib
from pathlib import Path

from harness.simphone.contracts import SHELL_UID, Clock, Stat
from harness.simphone.storage.access import READ, is_private
from harness.simphone.storage.capacity import Capacity
from harness.simphone.storage.devices import DEVICES
from harness.simphone.storage.generated import (
    GeneratedFile,
    GeneratedFiles,
    GeneratedFolder,
    Reader,
)
from harness.simphone.storage.identity import MEDIA_PROVIDER_UID, MEDIA_RW_GID
from harness.simphone.storage.inodes import Inodes
from harness.simphone.storage.mounts import MountTable
from harness.simphone.storage.walk import Place, Walker, fail

FOLDER_SIZE = 4096
MEDIA_FOLDER = "/data/media/"
CARDS = "cards"
"""Folder on the host that holds the portable cards, also while they are out of the phone."""
CARD_BYTES = 32 * 1000**3


class TreeReads:
    """stat, listdir, read, readlink over mounts, host files and generated files."""

    lists_app_folders_empty = False
    """Whether the shell finds Android/data and Android/obb empty, as some makers' phones do."""

    def __init__(self, folder: Path, clock: Clock, total_bytes: int) -> None:
        self.folder = folder
        self.capacity = Capacity(total_bytes)
        self._clock = clock
        self._mounts = MountTable()
        self._inodes = Inodes()
        self._generated = GeneratedFiles()
        self._walker = Walker(self._mounts, self._inodes, self._generated)

    def stat(self, path: str, *, uid: int = 0, ns: str = "init", follow: bool = True) -> Stat:
        """Metadata of what is at `path`; see `contracts.FileSystem` for the errors."""
        place = self._existing(path, uid=uid, ns=ns, follow=follow)
        if place.generated is not None or place.kind == stat.S_IFCHR:
            return self._made_stat(place)
        inode = self._inodes.of(place.host)
        status = place.host.lstat()
        return Stat(
            mode=place.kind | inode.mode,
            uid=self._shown_owner(place, inode.uid),
            gid=inode.gid,
            size=FOLDER_SIZE if place.is_folder else status.st_size,
            mtime=status.st_mtime,
            ino=inode.ino,
            dev=place.mount.dev,
            nlink=max(2, status.st_nlink) if place.is_folder else 1,
            atime=status.st_mtime,
            ctime=inode.ctime,
        )

    def listdir(self, path: str, *, uid: int = 0, ns: str = "init") -> list[str]:
        """Sorted names in a folder, without `.` and `..`."""
        place = self._existing(path, uid=uid, ns=ns)
        if not place.is_folder:
            raise fail(errno.ENOTDIR, path)
        self._walker.demand(place, uid=uid, want=READ, path=path)
        if uid == SHELL_UID and self._looks_empty(place):
            return []
        made = self._generated.look_up(place.path, ns)
        names = set(made.names) if isinstance(made, GeneratedFolder) else set[str]()
        if place.generated is None:
            names.update(entry.name for entry in place.host.iterdir())
        if place.path == "/dev":
            names.update(device.rpartition("/")[2] for device in DEVICES)
        return sorted(names)

    def read(self, path: str, *, uid: int = 0, ns: str = "init") -> bytes:
        """All bytes of a file; EISDIR for a folder; b"" for a character device."""
        place = self._existing(path, uid=uid, ns=ns)
        if place.is_folder:
            raise fail(errno.EISDIR, path)
        self._walker.demand(place, uid=uid, want=READ, path=path)
        if place.kind == stat.S_IFCHR:
            return b""
        if isinstance(place.generated, GeneratedFile):
            return place.generated.data
        return place.host.read_bytes()

    def readlink(self, path: str) -> str:
        """What a symbolic link points to; EINVAL for anything else."""
        place = self._existing(path, uid=0, ns="init", follow=False)
        if not place.is_link:
            raise fail(errno.EINVAL, path)
        return self._walker.target(place)

    def realpath(self, path: str, *, uid: int = 0, ns: str = "init") -> str:
        """The canonical path; the last name may be missing."""
        return self._walker.walk(path, uid=uid, ns=ns).path

    def access(self, path: str, want: int, *, uid: int = 0, ns: str = "init") -> bool:
        """Whether `uid` may use `path` so (4 read, 2 write, 1 execute), as access(2)."""
        try:
            place = self._existing(path, uid=uid, ns=ns)
        except OSError:
            return False
        if want & 2 and place.mount.read_only:
            return False
        return self._walker.allowed(place, uid=uid, want=want)

    def usage(self, path: str = "/data") -> tuple[int, int]:
        """Bytes (total, free) of the volume that holds `path`."""
        mount = self._walker.walk(path, uid=0, ns="init").mount
        if mount.host.is_relative_to(self.folder / "root" / "data"):
            return self.capacity.total_bytes, self.capacity.free_bytes
        if mount.host.is_relative_to(self.folder / CARDS):
            return CARD_BYTES, CARD_BYTES // 2
        if mount.kind == "tmpfs":
            return 4 * 1024**3, 4 * 1024**3
        return 4 * 1024**3, 0

    def register_generated(self, path_prefix: str, reader: Reader) -> None:
        """Lets `reader(path, ns)` make the files at and below `path_prefix`."""
        self._generated.register(path_prefix, reader)

    @property
    def free_bytes(self) -> int:
        """Free bytes of /data; set it to play a full phone."""
        return self.capacity.free_bytes

    @free_bytes.setter
    def free_bytes(self, value: int) -> None:
        self.capacity.free_bytes = value

    @property
    def shell_sees_app_folders(self) -> bool:
        """Whether the shell reaches Android/data and Android/obb of apps; differs by maker."""
        return self._walker.shell_sees_app_folders

    @shell_sees_app_folders.setter
    def shell_sees_app_folders(self, value: bool) -> None:
        self._walker.shell_sees_app_folders = value

    def _existing(self, path: str, *, uid: int, ns: str, follow: bool = True) -> Place:
        place = self._walker.walk(path, uid=uid, ns=ns, follow=follow)
        if not place.exists:
            raise fail(errno.ENOENT, path)
        return place

    def _shown_owner(self, place: Place, maker: int) -> int:
        """Shared collections belong to the provider that serves them, whoever made a file."""
        if place.mount.kind == "fuse":
            inside = place.mount.below_users(place.path)
        else:
            inside = place.path.removeprefix(MEDIA_FOLDER)
            if inside == place.path:
                return maker
        parts = inside.split("/")
        if len(parts) < 2 or parts[1:2] == ["Android"]:
            return maker
        return MEDIA_PROVIDER_UID if place.mount.kind == "fuse" else MEDIA_RW_GID

    def _looks_empty(self, place: Place) -> bool:
        private = place.mount.kind == "fuse" and is_private(place.mount.below_users(place.path))
        return self.lists_app_folders_empty and private

    def _made_stat(self, place: Place) -> Stat:
        made = place.generated
        mode, gid = 0o555, 0
        if place.kind == stat.S_IFCHR:
            mode = 0o666
        elif isinstance(made, GeneratedFile):
            mode, gid = made.mode, made.gid
        now = self._clock.now()
        number = 1 + zlib.crc32(place.path.encode())
        return Stat(place.kind | mode, 0, gid, 0, now, number, place.mount.dev, 1, now, now)
