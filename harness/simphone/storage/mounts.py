"""Mount tables of the phone's two mount namespaces.

The zygote (and with it every app) has a namespace of its own that receives
mounts made in init's, except below /apex, whose mounts are private. That is
why a certificate folder mounted over Conscrypt's from `adb shell` is not seen
by apps until it is mounted in the zygote's namespace too.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NAMESPACES = ("init", "zygote")
PRIVATE_PREFIX = "/apex"
EMULATED = "/storage/emulated"


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of the mount table; `host` is the host folder (or file) behind it."""

    target: str
    source: str
    kind: str
    host: Path
    dev: int
    read_only: bool = False

    def holds(self, path: str) -> bool:
        """Whether `path` is the target or lies below it."""
        return self.target == "/" or path == self.target or path.startswith(self.target + "/")

    def inside(self, path: str) -> str:
        """`path` relative to the target, "" for the target itself."""
        return path[len(self.target) :].strip("/")

    def below_users(self, path: str) -> str:
        """`path` of shared storage from the user's number on; a card has user 0's alone."""
        inside = self.inside(path)
        return inside if self.target == EMULATED else f"0/{inside}".rstrip("/")

    def line(self) -> str:
        """As `mount` and /proc/mounts print it."""
        options = "ro" if self.read_only else "rw"
        return f"{self.source} on {self.target} type {self.kind} ({options},seclabel,relatime)"


class MountTable:
    """Mounts by namespace, oldest first."""

    def __init__(self) -> None:
        self._lists: dict[str, list[Mount]] = {ns: [] for ns in NAMESPACES}

    def list(self, ns: str) -> tuple[Mount, ...]:
        """All mounts that `ns` sees, oldest first."""
        return tuple(self._of(ns))

    def find(self, ns: str, path: str) -> Mount:
        """The mount that `path` lies on: the newest that holds it.

        Newest, not deepest: a mount over a folder hides older ones below it.
        """
        for mount in reversed(self._of(ns)):
            if mount.holds(path):
                return mount
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT), path)

    def add(self, mount: Mount, ns: str) -> None:
        """Adds a mount in `ns`, and in those that receive it from there."""
        for receiver in self._receivers(ns, mount.target):
            self._of(receiver).append(mount)

    def remove(self, target: str, ns: str) -> Mount:
        """Takes away the newest mount at `target`; EINVAL if there is none."""
        removed: Mount | None = None
        for receiver in self._receivers(ns, target):
            mounts = self._of(receiver)
            for mount in reversed(mounts):
                if mount.target == target and (removed is None or mount is removed):
                    removed = mount
                    mounts.remove(mount)
                    break
        if removed is None:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), target)
        return removed

    def _of(self, ns: str) -> list[Mount]:
        try:
            return self._lists[ns]
        except KeyError:
            raise ValueError(f"no mount namespace {ns!r}; there are {NAMESPACES}") from None

    @staticmethod
    def _receivers(ns: str, target: str) -> Iterator[str]:
        yield ns
        if ns == "init" and not (target + "/").startswith(PRIVATE_PREFIX + "/"):
            yield "zygote"
