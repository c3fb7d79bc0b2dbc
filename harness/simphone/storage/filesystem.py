"""The phone's file system: the tree's reads and writes, and its mounts."""

from __future__ import annotations

import contextlib
import errno
import itertools
from pathlib import Path

from harness.simphone.contracts import SYSTEM_UID, Clock
from harness.simphone.storage.capacity import DEFAULT_TOTAL
from harness.simphone.storage.identity import MEDIA_RW_GID
from harness.simphone.storage.layout import BASE_MOUNTS, create_tree
from harness.simphone.storage.mounts import Mount
from harness.simphone.storage.reads import CARDS
from harness.simphone.storage.walk import fail
from harness.simphone.storage.writes import TreeWrites


class PhoneFileSystem(TreeWrites):
    """`contracts.FileSystem` over a host folder of its own.

    `folder/root` mirrors the phone's tree, `folder/mounts/N` are its tmpfs
    mounts. Owners, modes and inode numbers live in memory, so one object is
    one phone's storage for the phone's life. `total_bytes` is the size of
    /data. With `layout` (the default) the tree of an API 34 phone is made.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        *,
        total_bytes: int = DEFAULT_TOTAL,
        layout: bool = True,
    ) -> None:
        super().__init__(folder, clock, total_bytes)
        self._devices = itertools.count(0xFD00)
        root = folder / "root"
        root.mkdir(parents=True, exist_ok=True)
        self._inodes.create(root, uid=0, gid=0, mode=0o755, now=clock.now())
        self._add("/", "/dev/block/dm-5", "ext4", root, ns="init", read_only=layout)
        if layout:
            self._boot()

    def mount(self, target: str, *, source: str | None, kind: str, ns: str = "init") -> None:
        """Mounts over `target`: kind "tmpfs" (empty) or "bind" (of `source`).

        EINVAL for another kind or a bind of a folder over a file.
        """
        place = self._existing(target, uid=0, ns=ns)
        if kind == "tmpfs":
            host = self.folder / "mounts" / str(next(self._devices))
            host.mkdir(parents=True)
            self._inodes.create(host, uid=0, gid=0, mode=0o755, now=self._clock.now())
            self._touch_one(host, self._clock.now())
            self._add(place.path, source or "tmpfs", "tmpfs", host, ns=ns)
            return
        if kind != "bind" or source is None:
            raise fail(errno.EINVAL, target)
        origin = self._existing(source, uid=0, ns=ns)
        if origin.is_folder != place.is_folder or origin.generated is not None:
            raise fail(errno.ENOTDIR, target)
        mount = origin.mount
        self._mounts.add(
            Mount(place.path, mount.source, mount.kind, origin.host, mount.dev, mount.read_only),
            ns,
        )

    def umount(self, target: str, *, ns: str = "init") -> None:
        """Takes away the newest mount at `target`; EINVAL if nothing is mounted there."""
        self._mounts.remove(self.realpath(target, ns=ns), ns)

    def insert_card(self, uuid: str) -> None:
        """Mounts a portable card, new or as it was taken out: /storage/UUID and /mnt/media_rw."""
        host = self._card(uuid, MEDIA_RW_GID, 0o770)
        for place, source, kind in (
            (f"/mnt/media_rw/{uuid}", "/dev/block/vold/public:179,1", "vfat"),
            (f"/storage/{uuid}", "/dev/fuse", "fuse"),
        ):
            self.mkdir(place)
            self._add(place, source, kind, host, ns="init")

    def eject_card(self, uuid: str) -> None:
        """Unmounts a card; its files stay on it. EINVAL when it is not in."""
        for place in (f"/storage/{uuid}", f"/mnt/media_rw/{uuid}"):
            self.umount(place)
            self.remove(place)

    def insert_adopted(self, uuid: str) -> None:
        """Mounts a card that is formatted as internal storage at /mnt/expand/UUID."""
        place = f"/mnt/expand/{uuid}"
        self.mkdir(place)
        self._add(place, "/dev/block/dm-12", "ext4", self._card(uuid, SYSTEM_UID, 0o771), ns="init")
        for folder, mode in (("app", 0o771), ("user/0", 0o711), ("user_de/0", 0o711)):
            with contextlib.suppress(FileExistsError):
                self.mkdir(f"{place}/{folder}", uid=SYSTEM_UID, mode=mode, parents=True)

    def eject_adopted(self, uuid: str) -> None:
        """Unmounts it; its files stay on it. EINVAL when it is not in."""
        self.umount(f"/mnt/expand/{uuid}")
        self.remove(f"/mnt/expand/{uuid}")

    def mounts(self, *, ns: str = "init") -> tuple[Mount, ...]:
        """The mount table as `ns` sees it, oldest first."""
        return self._mounts.list(ns)

    def host_path(self, path: str, *, ns: str = "init") -> Path:
        """Where the bytes lie on the host; makes missing parents."""
        parent, _, name = path.rstrip("/").rpartition("/")
        if name and not self._there(parent or "/", 0, ns):
            self.mkdir(parent, parents=True, ns=ns)
        place = self._walker.walk(path, uid=0, ns=ns)
        if place.generated is not None:
            raise fail(errno.ENXIO, path)
        return place.host

    def maker(self, path: str) -> int:
        """The uid that made a file, also where shared storage shows another owner."""
        return self._inodes.of(self._existing(path, uid=0, ns="init").host).uid

    def _card(self, uuid: str, gid: int, mode: int) -> Path:
        """The host folder behind a card, made when the card is new."""
        host = self.folder / CARDS / uuid
        if not host.exists():
            host.mkdir(parents=True)
            self._inodes.create(host, uid=0, gid=gid, mode=mode, now=self._clock.now())
        return host

    def _add(
        self, target: str, source: str, kind: str, host: Path, *, ns: str, read_only: bool = False
    ) -> None:
        mount = Mount(target, source, kind, host, next(self._devices), read_only)
        self._mounts.add(mount, ns)

    def _boot(self) -> None:
        with self.writable_system():
            for base in BASE_MOUNTS:
                self.mkdir(base.target, parents=True)
                host = self.folder / "root" / base.backing.strip("/")
                if base.backing != base.target:
                    self.mkdir(base.backing, parents=True)
                dev_of = self._existing(base.target, uid=0, ns="init").mount.dev
                dev = next(self._devices) if base.own_device else dev_of
                mount = Mount(base.target, base.source, base.kind, host, dev, base.read_only)
                self._mounts.add(mount, "init")
                if base.target.startswith("/apex"):
                    self._mounts.add(mount, "zygote")
            create_tree(self)
