"""The app's private folder: files below `/data/user/0/<package>`, as the app's user."""

from __future__ import annotations

from contextlib import suppress

from harness.simphone.contracts import FileSystem

FILE_MODE, FOLDER_MODE = 0o600, 0o700


class AppFolder:
    """Paths are relative to the folder; raises OSError as the phone does."""

    def __init__(self, fs: FileSystem, root: str, uid: int) -> None:
        self.root = root
        self._fs = fs
        self._uid = uid

    def whole(self, path: str) -> str:
        """The path from the phone's root."""
        return f"{self.root}/{path}"

    def read(self, path: str) -> bytes:
        """All bytes of a file."""
        return self._fs.read(self.whole(path), uid=self._uid)

    def write(self, path: str, data: bytes, *, mtime: float | None = None) -> None:
        """Writes a file, with the folders it needs."""
        whole = self.whole(path)
        try:
            self._fs.write(whole, data, uid=self._uid, mode=FILE_MODE, mtime=mtime)
        except FileNotFoundError:
            self.make(path.rpartition("/")[0])
            self._fs.write(whole, data, uid=self._uid, mode=FILE_MODE, mtime=mtime)

    def make(self, path: str) -> None:
        """Makes a folder; an existing one is fine."""
        with suppress(FileExistsError):
            self._fs.mkdir(self.whole(path), uid=self._uid, mode=FOLDER_MODE, parents=True)

    def names(self, path: str) -> list[str]:
        """Names in a folder; none when it is missing."""
        try:
            return self._fs.listdir(self.whole(path), uid=self._uid)
        except FileNotFoundError:
            return []

    def has(self, path: str) -> bool:
        """Whether `path` is there."""
        try:
            self._fs.stat(self.whole(path), uid=self._uid)
        except OSError:
            return False
        return True

    def remove(self, path: str) -> None:
        """Removes a file or tree; a missing one is fine."""
        with suppress(FileNotFoundError):
            self._fs.remove(self.whole(path), uid=self._uid, recursive=True)
