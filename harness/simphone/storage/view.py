"""The file system as one process sees it: its user, namespace and working folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from harness.simphone.contracts import FileSystem, Stat
from harness.simphone.storage.access import permits


@runtime_checkable
class Checks(Protocol):
    """File systems that answer access(2) themselves."""

    def access(self, path: str, want: int, *, uid: int = 0, ns: str = "init") -> bool: ...


@dataclass(frozen=True, slots=True)
class FsView:
    """Paths may be relative to `cwd`; errors are `contracts.FileSystem`'s."""

    fs: FileSystem
    uid: int
    ns: str = "init"
    cwd: str = "/"

    def absolute(self, path: str) -> str:
        """`path` from the root; an empty path stays invalid (ENOENT)."""
        return path if path.startswith("/") or not path else f"{self.cwd.rstrip('/')}/{path}"

    def stat(self, path: str, *, follow: bool = True) -> Stat:
        return self.fs.stat(self.absolute(path), uid=self.uid, ns=self.ns, follow=follow)

    def exists(self, path: str, *, follow: bool = True) -> bool:
        try:
            self.stat(path, follow=follow)
        except OSError:
            return False
        return True

    def listdir(self, path: str) -> list[str]:
        return self.fs.listdir(self.absolute(path), uid=self.uid, ns=self.ns)

    def read(self, path: str) -> bytes:
        return self.fs.read(self.absolute(path), uid=self.uid, ns=self.ns)

    def write(
        self, path: str, data: bytes, *, append: bool = False, new_mode: int | None = None
    ) -> None:
        """Writes; `new_mode` only counts for a file that is made by this call."""
        mode = None if self.exists(path) else new_mode
        self.fs.write(self.absolute(path), data, uid=self.uid, ns=self.ns, append=append, mode=mode)

    def mkdir(self, path: str, *, mode: int, parents: bool = False) -> None:
        self.fs.mkdir(self.absolute(path), uid=self.uid, ns=self.ns, mode=mode, parents=parents)

    def remove(self, path: str, *, recursive: bool = False) -> None:
        self.fs.remove(self.absolute(path), uid=self.uid, ns=self.ns, recursive=recursive)

    def rename(self, old: str, new: str) -> None:
        self.fs.rename(self.absolute(old), self.absolute(new), uid=self.uid, ns=self.ns)

    def may(self, path: str, want: int) -> bool:
        """access(2): 4 read, 2 write, 1 execute."""
        full = self.absolute(path)
        if isinstance(self.fs, Checks):
            return self.fs.access(full, want, uid=self.uid, ns=self.ns)
        try:
            status = self.stat(path)
        except OSError:
            return False
        return permits(status.mode, status.uid, status.gid, uid=self.uid, want=want)
