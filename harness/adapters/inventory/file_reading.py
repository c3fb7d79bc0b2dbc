"""Hashes and contents of chosen files, each in one adb call for all of them.

Paths go in by stdin with NULs between them; where a name could be taken for something
else, or bytes follow, each answer begins with a mark that was drawn for the call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from harness.adapters.adb.device import quote

HASH = "sha256sum"
_LINE = re.compile(r"^([0-9a-f]{64})  (.*)$", re.MULTILINE)
_DIGEST = re.compile(r"[0-9a-f]{64}")


def is_plain(path: str) -> bool:
    """sha256sum prints such a name as it is: no line break and no backslash in it."""
    return "\n" not in path and "\\" not in path and "\r" not in path


def hash_script() -> str:
    """Prints `HASH  PATH` lines for the plain paths on stdin."""
    return f"xargs -0 {HASH}"


def odd_hash_script(mark: bytes) -> str:
    """Prints mark and hash for each path on stdin, in their order."""
    return f"xargs -0 -n 1 sh -c {quote(f'echo {mark.decode()}; {HASH} < "$0"')}"


def content_script(mark: bytes) -> str:
    """Prints mark and bytes of each path on stdin, in their order."""
    return f"xargs -0 -n 1 sh -c {quote(f'echo {mark.decode()}; cat "$0"')}"


def as_stdin(paths: Sequence[str]) -> bytes:
    """Paths with NULs between them."""
    return b"".join(path.encode() + b"\0" for path in paths)


def read_hashes(text: str) -> dict[str, str]:
    """Hash by path, of `hash_script`."""
    return {found[2]: found[1] for found in _LINE.finditer(text)}


def read_odd_hashes(text: str, mark: bytes, paths: Sequence[str]) -> dict[str, str]:
    """Hash by path, of `odd_hash_script`; a file that could not be read has none."""
    answers = text.split(mark.decode())[1:]
    found: dict[str, str] = {}
    for path, answer in zip(paths, answers, strict=False):
        digest = _DIGEST.search(answer)
        if digest:
            found[path] = digest[0]
    return found


@dataclass(slots=True)
class ContentReader:
    """Takes the output of `content_script` apart; holds one file at a time."""

    mark: bytes
    paths: Sequence[str]
    found: Callable[[str, bytes], object]
    _index: int = -1
    _rest: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> None:
        """Adds bytes of stdout."""
        self._rest += data
        start = self.mark + b"\n"
        while (at := self._rest.find(start)) >= 0:
            self._hand_on(bytes(self._rest[:at]))
            del self._rest[: at + len(start)]
            self._index += 1

    def close(self) -> None:
        """The stream has ended."""
        self._hand_on(bytes(self._rest))
        self._rest.clear()

    def _hand_on(self, content: bytes) -> None:
        if 0 <= self._index < len(self.paths):
            self.found(self.paths[self._index], content)
