"""The half of the file system that makes and changes files."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Generator
from pathlib import Path

from harness.simphone.storage.access import EXECUTE, WRITE
from harness.simphone.storage.identity import EXT_DATA_RW_GID, EXT_OBB_RW_GID, MEDIA_RW_GID
from harness.simphone.storage.reads import TreeReads
from harness.simphone.storage.walk import Place, fail

SHARED_FILE_MODE = 0o660
SHARED_FOLDER_MODE = 0o2770


class TreeWrites(TreeReads):
    """Adds write, mkdir, remove, rename, symlink, chmod, chown, utime."""

    _building = False

    def open_system(self, *, writable: bool) -> None:
        """Whether the phone's image takes changes from now on (`adb remount`)."""
        self._building = writable

    @contextlib.contextmanager
    def writable_system(self) -> Generator[None]:
        """While it lasts, read-only mounts take writes: for building the phone's image."""
        before, self._building = self._building, True
        try:
            yield
        finally:
            self._building = before

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
        """Writes a whole file, or appends; `mode` and `gid` also change an existing file."""
        place = self._walker.walk(path, uid=uid, ns=ns)
        if place.is_folder:
            raise fail(errno.EISDIR, path)
        if place.kind == stat.S_IFCHR:
            if place.path == "/dev/full" and data:
                raise fail(errno.ENOSPC, path)
            return
        if place.exists:
            self._walker.demand(place, uid=uid, want=WRITE, path=path)
        else:
            self._demand_parent(place, uid, ns, path)
        self._demand_writable(place, path)
        if place.generated is not None:
            raise fail(errno.EACCES, path)
        self._store(place, data, append=append, path=path)
        if not place.exists:
            self._born(place, uid, gid, 0o644 if mode is None else mode)
        elif mode is not None or gid is not None:
            inode = self._inodes.of(place.host)
            inode.mode = inode.mode if mode is None else mode & 0o7777
            inode.gid = inode.gid if gid is None else gid
        self._touch(place.host, mtime)

    def mkdir(
        self,
        path: str,
        *,
        uid: int = 0,
        gid: int | None = None,
        mode: int = 0o755,
        parents: bool = False,
        ns: str = "init",
    ) -> None:
        """Makes a folder; with `parents` its missing parents too, and no EEXIST."""
        if parents:
            upper = path.rstrip("/").rpartition("/")[0]
            if upper and not self._there(upper, uid, ns):
                self.mkdir(upper, uid=uid, gid=gid, mode=mode, parents=True, ns=ns)
        place = self._walker.walk(path, uid=uid, ns=ns, follow=parents)
        if place.exists:
            if parents and place.is_folder:
                return
            raise fail(errno.EEXIST, path)
        self._demand_parent(place, uid, ns, path)
        place.host.mkdir()
        self._born(place, uid, gid, mode)
        self._touch(place.host, None)

    def remove(self, path: str, *, uid: int = 0, recursive: bool = False, ns: str = "init") -> None:
        """Removes a file, an empty folder, or with `recursive` a whole tree."""
        place = self._existing(path, uid=uid, ns=ns, follow=False)
        if place.generated is not None or place.kind == stat.S_IFCHR:
            raise fail(errno.EACCES, path)
        if any(m.target == place.path for m in self._mounts.list(ns)):
            raise fail(errno.EBUSY, path)
        self._demand_parent(place, uid, ns, path)
        if place.is_folder:
            names = [entry.name for entry in place.host.iterdir()]
            if names and not recursive:
                raise fail(errno.ENOTEMPTY, path)
            if uid != 0:
                for name in names:
                    self.remove(f"{path}/{name}", uid=uid, recursive=True, ns=ns)
        self._release(place)
        self._inodes.forget(place.host)
        if place.is_folder:
            shutil.rmtree(place.host)
        else:
            place.host.unlink()
        self._touch(place.host.parent, None)

    def rename(self, old: str, new: str, *, uid: int = 0, ns: str = "init") -> None:
        """rename(2): replaces a file or an empty folder; EXDEV across volumes."""
        source = self._existing(old, uid=uid, ns=ns, follow=False)
        target = self._walker.walk(new, uid=uid, ns=ns, follow=False)
        for place, path in ((source, old), (target, new)):
            self._demand_parent(place, uid, ns, path)
        if source.mount.dev != target.mount.dev or source.generated is not None:
            raise fail(errno.EXDEV, new)
        if source.host == target.host:
            return
        if target.exists:
            if source.is_folder != target.is_folder:
                raise fail(errno.EISDIR if target.is_folder else errno.ENOTDIR, new)
            self.remove(new, uid=uid, ns=ns)
        self._inodes.move(source.host, target.host)
        source.host.rename(target.host)
        self._touch(source.host.parent, None)
        self._touch(target.host.parent, None)

    def symlink(self, target: str, path: str, *, uid: int = 0) -> None:
        """Makes a symbolic link at `path`."""
        place = self._walker.walk(path, uid=uid, ns="init", follow=False)
        if place.exists:
            raise fail(errno.EEXIST, path)
        self._demand_parent(place, uid, "init", path)
        place.host.symlink_to(target)
        self._inodes.create(place.host, uid=uid, gid=uid, mode=0o777, now=self._clock.now())
        self._touch(place.host, None)

    def chmod(self, path: str, mode: int, *, uid: int = 0, ns: str = "init") -> None:
        """Changes permission bits; only root and the owner may (EPERM). No effect on /sdcard."""
        place = self._own(path, uid, ns)
        if place.mount.kind != "fuse":
            inode = self._inodes.of(place.host)
            inode.mode, inode.ctime = mode & 0o7777, self._clock.now()

    def chown(self, path: str, owner: int, group: int, *, uid: int = 0, ns: str = "init") -> None:
        """Changes owner and group (-1 = leave); only root may change the owner."""
        place = self._own(path, uid, ns)
        inode = self._inodes.of(place.host)
        if uid != 0 and owner not in {-1, inode.uid}:
            raise fail(errno.EPERM, path)
        inode.uid = inode.uid if owner == -1 else owner
        inode.gid = inode.gid if group == -1 else group
        inode.ctime = self._clock.now()

    def utime(self, path: str, mtime: float, *, uid: int = 0, ns: str = "init") -> None:
        """Sets the time of last change, in seconds since the epoch."""
        place = self._existing(path, uid=uid, ns=ns)
        if place.kind == stat.S_IFCHR:
            return
        if place.generated is not None:
            raise fail(errno.EPERM, path)
        self._demand_writable(place, path)
        if self._inodes.of(place.host).uid != uid:
            self._walker.demand(place, uid=uid, want=WRITE, path=path)
        self._touch_one(place.host, mtime)

    def _store(self, place: Place, data: bytes, *, append: bool, path: str) -> None:
        before = place.host.stat().st_size if place.exists else 0
        growth = len(data) if append else len(data) - before
        if self._counted(place):
            self.capacity.take(growth, path)
        with place.host.open("ab" if append else "wb") as file:
            file.write(data)

    def _born(self, place: Place, uid: int, gid: int | None, mode: int) -> None:
        folder = place.is_folder or place.host.is_dir()
        if place.mount.kind == "fuse":
            mode = SHARED_FOLDER_MODE if folder else SHARED_FILE_MODE
            gid = _shared_group(place.mount.below_users(place.path)) if gid is None else gid
        parent = self._inodes.of(place.host.parent)
        if gid is None:
            gid = parent.gid if parent.mode & 0o2000 else uid
        if folder and parent.mode & 0o2000:
            mode |= 0o2000
        self._inodes.create(place.host, uid=uid, gid=gid, mode=mode, now=self._clock.now())

    def _own(self, path: str, uid: int, ns: str) -> Place:
        place = self._existing(path, uid=uid, ns=ns)
        self._demand_writable(place, path)
        made = place.generated is not None or place.kind == stat.S_IFCHR
        if made or uid not in {0, self._inodes.of(place.host).uid}:
            raise fail(errno.EPERM, path)
        return place

    def _there(self, path: str, uid: int, ns: str) -> bool:
        try:
            return self._walker.walk(path, uid=uid, ns=ns).exists
        except FileNotFoundError:
            return False

    def _demand_parent(self, place: Place, uid: int, ns: str, path: str) -> None:
        self._demand_writable(place, path)
        parent = self._walker.walk(place.path.rpartition("/")[0] or "/", uid=uid, ns=ns)
        self._walker.demand(parent, uid=uid, want=WRITE | EXECUTE, path=path)

    def _demand_writable(self, place: Place, path: str) -> None:
        if place.mount.read_only and not self._building:
            raise fail(errno.EROFS, path)

    def _release(self, place: Place) -> None:
        if not self._counted(place):
            return
        files = place.host.rglob("*") if place.is_folder else (place.host,)
        size = sum(f.lstat().st_size for f in files if f.is_file() and not f.is_symlink())
        self.capacity.take(-size, place.path)

    def _counted(self, place: Place) -> bool:
        return place.host.is_relative_to(self.folder / "root" / "data")

    def _touch(self, host: Path, mtime: float | None) -> None:
        now = self._clock.now()
        self._touch_one(host, now if mtime is None else mtime)
        self._touch_one(host.parent, now)

    @staticmethod
    def _touch_one(host: Path, when: float) -> None:
        if host.exists(follow_symlinks=False):
            stamp = round(when * 1_000_000_000)
            os.utime(host, ns=(stamp, stamp), follow_symlinks=False)


def _shared_group(inside: str) -> int:
    parts = inside.split("/")
    if len(parts) >= 3 and parts[1] == "Android":
        return {"data": EXT_DATA_RW_GID, "obb": EXT_OBB_RW_GID}.get(parts[2], MEDIA_RW_GID)
    return MEDIA_RW_GID
