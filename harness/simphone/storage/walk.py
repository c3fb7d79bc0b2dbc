"""Path walk: from a path as typed to the mount and the host file behind it."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from harness.simphone.storage.access import EXECUTE, permits, shared_storage_permits
from harness.simphone.storage.devices import DEVICES
from harness.simphone.storage.generated import (
    Generated,
    GeneratedFiles,
    GeneratedFolder,
    GeneratedLink,
)
from harness.simphone.storage.inodes import Inodes
from harness.simphone.storage.mounts import Mount, MountTable

MAX_LINKS = 40


def fail(number: int, path: str) -> OSError:
    """The `OSError` of errno `number` for `path`."""
    return OSError(number, os.strerror(number), path)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a walk ended: canonical path, its mount, host file, kind of thing.

    `kind` is the type bits of the mode, 0 when nothing is there.
    """

    path: str
    mount: Mount
    host: Path
    kind: int
    generated: Generated | None = None

    @property
    def exists(self) -> bool:
        return self.kind != 0

    @property
    def is_folder(self) -> bool:
        return self.kind == stat.S_IFDIR

    @property
    def is_link(self) -> bool:
        return self.kind == stat.S_IFLNK


@dataclass(slots=True)
class Walker:
    """Resolves paths as one user in one mount namespace sees them."""

    mounts: MountTable
    inodes: Inodes
    generated: GeneratedFiles
    shell_sees_app_folders: bool = True

    def walk(self, path: str, *, uid: int, ns: str, follow: bool = True) -> Place:
        """Follows `path`; its last name may be missing (`exists` is False then).

        Raises ENOENT for a missing folder on the way, ENOTDIR, EACCES, ELOOP.
        """
        if not path.startswith("/"):
            raise fail(errno.ENOENT, path)
        todo = [name for name in reversed(path.split("/")) if name not in {"", "."}]
        follow = follow or path.endswith("/")  # a slash at the end asks for the folder itself
        at = self._place("/", ns)
        links = 0
        while todo:
            name = todo.pop()
            self._enter(at, uid, path)
            if name == "..":
                at = self._place(at.path.rpartition("/")[0] or "/", ns)
                continue
            at = self._place(f"{at.path.rstrip('/')}/{name}", ns)
            if at.is_link and (todo or follow):
                links += 1
                if links > MAX_LINKS:
                    raise fail(errno.ELOOP, path)
                target = self.target(at)
                todo += [n for n in reversed(target.split("/")) if n not in {"", "."}]
                parent = "/" if target.startswith("/") else at.path.rpartition("/")[0] or "/"
                at = self._place(parent, ns)
            elif not at.exists and todo:
                raise fail(errno.ENOENT, path)
        if path.endswith("/") and at.exists and not at.is_folder:
            raise fail(errno.ENOTDIR, path)
        return at

    def target(self, place: Place) -> str:
        """What the symbolic link at `place` points to."""
        if isinstance(place.generated, GeneratedLink):
            return place.generated.target
        return str(place.host.readlink())

    def allowed(self, place: Place, *, uid: int, want: int) -> bool:
        """Whether `uid` has the rights `want` on what is at `place`."""
        if place.kind == stat.S_IFCHR:
            return want & EXECUTE == 0
        if place.generated is not None:
            return uid == 0 or want & 2 == 0
        inode = self.inodes.of(place.host)
        if want & EXECUTE and place.kind == stat.S_IFREG and not inode.mode & 0o111:
            return False  # holds for root too
        if place.mount.kind == "fuse":
            return shared_storage_permits(
                place.mount.below_users(place.path),
                inode.uid,
                uid=uid,
                want=want,
                shell_sees_app_folders=self.shell_sees_app_folders,
            )
        return permits(inode.mode, inode.uid, inode.gid, uid=uid, want=want)

    def demand(self, place: Place, *, uid: int, want: int, path: str) -> None:
        """Raises EACCES unless `allowed`."""
        if not self.allowed(place, uid=uid, want=want):
            raise fail(errno.EACCES, path)

    def _enter(self, place: Place, uid: int, path: str) -> None:
        if not place.is_folder:
            raise fail(errno.ENOTDIR if place.exists else errno.ENOENT, path)
        self.demand(place, uid=uid, want=EXECUTE, path=path)

    def _place(self, path: str, ns: str) -> Place:
        mount = self.mounts.find(ns, path)
        if path in DEVICES:
            return Place(path, mount, mount.host, stat.S_IFCHR)
        inside = mount.inside(path)
        host = mount.host / inside if inside else mount.host
        try:
            kind = stat.S_IFMT(host.lstat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            kind = 0
        made = None if kind == stat.S_IFDIR else self.generated.look_up(path, ns)
        if made is not None:
            kind = _kind_of(made)
        return Place(path, mount, host, kind, made)


def _kind_of(made: Generated) -> int:
    if isinstance(made, GeneratedFolder):
        return stat.S_IFDIR
    return stat.S_IFLNK if isinstance(made, GeneratedLink) else stat.S_IFREG
