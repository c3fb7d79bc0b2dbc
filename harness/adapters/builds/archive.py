"""A build's file as a ZIP that is not trusted: damaged, hostile and oversized ones are refused.

No name of the archive ever becomes a path of ours: what is taken out goes to a file that
the caller names.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from pathlib import Path
from types import TracebackType

MOST_BYTES = 16 << 30
"""Of all entries together; no app comes near it (an XAPK with its data files has some 4 GB)."""

MOST_ENTRIES = 200_000
_CHUNK = 1 << 20
_READ_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError)


class DamagedBuildError(Exception):
    """A build's file that cannot be used; one sentence naming file and entry."""

    def __init__(self, file: Path | str, why: str) -> None:
        self.file = str(file)
        self.why = why
        super().__init__(f"{file}: {why}")


class BuildArchive:
    """Use as a context manager. Every method raises DamagedBuildError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError as error:
            raise DamagedBuildError(path, "there is no such file") from error
        except _READ_ERRORS as error:
            raise DamagedBuildError(path, f"is no whole ZIP archive: {error}") from error
        try:
            self.names = self._checked()
        except DamagedBuildError:
            self._zip.close()
            raise

    def __enter__(self) -> BuildArchive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def read(self, name: str, most: int) -> bytes:
        """A small entry whole."""
        entry = self._entry(name)
        if entry.file_size > most:
            told = f"{name} has {entry.file_size} bytes, at most {most} are read"
            raise DamagedBuildError(self.path, told)
        try:
            return self._zip.read(entry)
        except _READ_ERRORS as error:
            raise DamagedBuildError(self.path, f"{name} is damaged: {error}") from error

    def extract(self, name: str, target: Path) -> None:
        """Writes an entry to `target`; its checksum is checked on the way."""
        entry = self._entry(name)
        free = shutil.disk_usage(target.parent).free
        if entry.file_size > free:
            told = f"{name} needs {entry.file_size} bytes in {target.parent}, {free} are free"
            raise DamagedBuildError(self.path, told)
        try:
            with self._zip.open(entry) as source, target.open("wb") as out:
                shutil.copyfileobj(source, out, _CHUNK)
        except _READ_ERRORS as error:
            target.unlink(missing_ok=True)
            raise DamagedBuildError(self.path, f"{name} is damaged: {error}") from error

    def _entry(self, name: str) -> zipfile.ZipInfo:
        try:
            return self._zip.getinfo(name)
        except KeyError as error:
            raise DamagedBuildError(self.path, f"{name} is missing in it") from error

    def _checked(self) -> tuple[str, ...]:
        """Names of all files. A build tool makes none of what is refused here."""
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise DamagedBuildError(
                self.path, f"holds {len(entries)} entries; no app has that many"
            )
        # Cut off behind an APK that it stores, it looks like that APK with something before it.
        if min((entry.header_offset for entry in entries), default=0) != 0:
            raise DamagedBuildError(self.path, "is no whole ZIP archive: its end is missing")
        total, seen = 0, set[str]()
        for entry in entries:
            problem = _problem(entry)
            if problem is None and entry.filename in seen:
                problem = "stands twice in it"
            if problem is not None:
                raise DamagedBuildError(self.path, f"{entry.filename!r} {problem}")
            seen.add(entry.filename)
            total += entry.file_size
        if total > MOST_BYTES:
            raise DamagedBuildError(self.path, f"would unpack to {total} bytes; no app is that big")
        return tuple(entry.filename for entry in entries if not entry.is_dir())


def _problem(entry: zipfile.ZipInfo) -> str | None:
    name = entry.orig_filename
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":" or "\0" in name:
        return "leads out of the archive; it is refused whole"
    if entry.flag_bits & 0x1:
        return "is encrypted"
    mode = entry.external_attr >> 16
    if mode and stat.S_ISLNK(mode):
        return "is a symbolic link; it is refused whole"
    return None
