"""The app's private folder, read as far as this phone lets us: root, run-as, su, or not at all."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from pathlib import PurePosixPath

from harness.adapters.adb.device import quote
from harness.ports import DeviceControl

LARGEST = 8 * 1024 * 1024
"""Bytes of one file that are read; caches may be larger and are not looked into."""

_SLOW = 30.0
_WAYS = ("{command}", "run-as {package} sh -c {quoted}", "su 0 sh -c {quoted}")
CLOSED = "this phone lets nobody but the app itself read the app's folder"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file below the folder: `path` relative to it, size in bytes."""

    path: str
    size: int


class AppFolder:
    """Reads only. `way` None: closed; every look then finds nothing, and `CLOSED` says why."""

    def __init__(self, device: DeviceControl, package: str) -> None:
        self._device = device
        self._package = package
        self.root = f"/data/data/{package}"
        self.way = self._probe()

    @property
    def visible(self) -> bool:
        """Something can be read here."""
        return self.way is not None

    def read(self, path: str, *, first: int | None = None) -> bytes | None:
        """A file (its `first` bytes), relative to the folder; None = not there or not readable.

        Raises InstrumentError("adb", …) when the phone is gone.
        """
        whole = quote(str(PurePosixPath(self.root) / path))
        take = f"head -c {first if first is not None else LARGEST} {whole}"
        result = self._run(f"[ -f {whole} ] && {take} | base64")
        if result is None:
            return None
        try:
            return base64.b64decode("".join(result.split()))
        except binascii.Error:
            return None

    def files(self, folder: str) -> list[StoredFile]:
        """All files below a folder; none where it is missing."""
        whole = quote(str(PurePosixPath(self.root) / folder))
        text = self._run(f"find {whole} -type f -exec stat -c '%s %n' {{}} + 2>/dev/null; true")
        found: list[StoredFile] = []
        for line in (text or "").splitlines():
            size, _, path = line.partition(" ")
            if size.isdigit() and path.startswith(f"{self.root}/"):
                found.append(StoredFile(path.removeprefix(f"{self.root}/"), int(size)))
        return found

    def _probe(self) -> str | None:
        for way in _WAYS:
            command = f"[ -r {quote(self.root)} ] && ls {quote(self.root)}"
            if self._device.shell(self._dressed(way, command), timeout=_SLOW).ok:
                return way
        return None

    def _run(self, command: str) -> str | None:
        if self.way is None:
            return None
        result = self._device.shell(self._dressed(self.way, command), timeout=_SLOW)
        return result.stdout if result.ok else None

    def _dressed(self, way: str, command: str) -> str:
        return way.format(command=command, package=self._package, quoted=quote(command))
