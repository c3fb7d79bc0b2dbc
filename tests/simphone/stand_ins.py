"""Stand-ins for parts of the phone, for tests of single parts."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from dataclasses import dataclass, field


class RealClock:
    """The host's clock, shifted by `offset` seconds."""

    boot = 0.0

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset

    def now(self) -> float:
        return time.time() + self.offset

    def uptime(self) -> float:
        return time.monotonic()


@dataclass
class DictSettings:
    """`contracts.Settings` in a dict."""

    values: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def get(self, namespace: str, key: str) -> str | None:
        return self.values.get((namespace, key))

    def put(self, namespace: str, key: str, value: str) -> None:
        self.values[namespace, key] = value

    def delete(self, namespace: str, key: str) -> bool:
        return self.values.pop((namespace, key), None) is not None

    def all(self, namespace: str) -> dict[str, str]:
        return {key: value for (space, key), value in self.values.items() if space == namespace}

    def subscribe(self, listener: Callable[[str, str, str | None], None]) -> None:
        raise NotImplementedError


@dataclass
class Radio:
    """`way_out.Radios`."""

    online: bool = True


class DictFiles:
    """The part of `contracts.FileSystem` that the certificate store needs."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        self.files = files or {}
        self.folders: set[str] = set()

    def listdir(self, path: str, *, uid: int = 0, ns: str = "init") -> list[str]:
        found = [name[len(path) + 1 :] for name in self.files if name.startswith(path + "/")]
        if not found and path not in self.folders:
            raise FileNotFoundError(errno.ENOENT, path)
        return found

    def read(self, path: str, *, uid: int = 0, ns: str = "init") -> bytes:
        return self.files[path]

    def write(self, path: str, data: bytes, **_: object) -> None:
        self.files[path] = data

    def mkdir(self, path: str, **_: object) -> None:
        self.folders.add(path)
