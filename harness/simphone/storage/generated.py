"""Files that exist only while they are read: /proc, /sys, the programs in /system/bin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """Contents made at the moment of reading. Shown with size 0, as /proc does."""

    data: bytes
    mode: int = 0o444
    gid: int = 0


@dataclass(frozen=True, slots=True)
class GeneratedFolder:
    """Names in a generated folder."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GeneratedLink:
    """A generated symbolic link."""

    target: str


Generated = GeneratedFile | GeneratedFolder | GeneratedLink
Reader = Callable[[str, str], "bytes | Generated | None"]
"""reader(path, ns): what lies at `path` (at or below its prefix), None = nothing."""


class GeneratedFiles:
    """Readers by path prefix; the longest prefix that has something wins."""

    def __init__(self) -> None:
        self._readers: dict[str, Reader] = {}

    def register(self, prefix: str, reader: Reader) -> None:
        """Lets `reader` answer for `prefix` and everything below it."""
        self._readers[prefix.rstrip("/")] = reader

    def look_up(self, path: str, ns: str) -> Generated | None:
        """What is generated at `path`, or None."""
        found: Generated | None = None
        prefix = path
        while prefix:
            reader = self._readers.get(prefix)
            if reader is not None:
                answer = reader(path, ns)
                if isinstance(answer, bytes):
                    return GeneratedFile(answer)
                if answer is not None:
                    found = answer
                    break
            prefix = prefix.rpartition("/")[0]
        children = self._children(path)
        if isinstance(found, GeneratedFolder):
            return GeneratedFolder(tuple(sorted({*found.names, *children})))
        return found if found is not None or not children else GeneratedFolder(children)

    def _children(self, path: str) -> tuple[str, ...]:
        folder = path.rstrip("/") + "/"
        below = (p[len(folder) :] for p in self._readers if p.startswith(folder))
        return tuple(sorted({name.partition("/")[0] for name in below}))
