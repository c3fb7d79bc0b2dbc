"""One script that lists all folders, and the reading of what it prints, as it comes.

File names may hold anything but `/` and NUL, so each record begins with a mark that was
drawn for this call alone: no name can hold it. `find … -exec stat … {} +` is all that
the toybox of Android 8 and later surely has (reference 2.7).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from harness.adapters.adb.device import quote
from harness.adapters.inventory.access import Access
from harness.adapters.inventory.trees import Tree

_DENIED = re.compile(
    r"^\S*: (?:cannot [\w ]+ )?'?(/.*?)'?: (?:Permission denied|Operation not perm.*)$"
)


def new_mark() -> bytes:
    """A mark for one call."""
    return f"@{secrets.token_hex(5)}".encode()


def listing_script(trees: Sequence[Tree], access: Access, mark: bytes) -> str:
    """Prints for each tree `mark>N`, its files, and `mark<N` or, when it is not there, `mark!N`.

    Folders of one kind go into one script of their own: one su or run-as for all.
    """
    private = [(number, tree) for number, tree in enumerate(trees) if tree.private]
    shared = [(number, tree) for number, tree in enumerate(trees) if not tree.private]
    scripts: list[str] = []
    if private:
        scripts.append(f"{access.private(_commands(private, mark))} </dev/null")
    if shared:
        scripts.append(
            f"{access.shared(_commands(shared, mark))} </dev/null"
            if access.su
            else _commands(shared, mark)
        )
    scripts.append(access.shared(f"xargs -0 stat -c {quote(_format(mark))}"))
    return "; ".join(scripts)


def _format(mark: bytes) -> str:
    return f"{mark.decode()}|%s|%Y|%i|%u|%n"


def _commands(trees: list[tuple[int, Tree]], mark: bytes) -> str:
    name, form = mark.decode(), quote(_format(mark))
    parts: list[str] = []
    for number, tree in trees:
        root = quote(tree.root)
        parts.append(
            f"echo '{name}>{number}'; if ls -d {root} >/dev/null; then"
            f" find {root} -type f -exec stat -c {form} {{}} +; echo '{name}<{number}';"
            f" else echo '{name}!{number}'; fi"
        )
    return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Listed:
    """One file as the phone has it. `tree` is None for files that were asked for by path."""

    path: str  # absolute
    size: int
    modified: int
    inode: int
    uid: int
    tree: int | None = None


@dataclass(slots=True)
class ListingReader:
    """Takes the script's output apart as it arrives; keeps no more than one record back."""

    mark: bytes
    found: Callable[[Listed], object]
    complete: set[int] = field(default_factory=set[int])  # trees listed to their end
    absent: set[int] = field(default_factory=set[int])
    _tree: int | None = None
    _rest: bytes = b""

    def feed(self, data: bytes) -> None:
        """Adds bytes of stdout."""
        *records, self._rest = (self._rest + data).split(self.mark)
        for record in records:
            self._read(record)

    def close(self) -> None:
        """The stream has ended."""
        self._read(self._rest)
        self._rest = b""

    def _read(self, record: bytes) -> None:
        kind, text = record[:1], record[1:]
        if kind == b"|":
            self._file(text)
        elif kind == b">":
            self._tree = int(text)
        elif kind == b"<":
            self.complete.add(int(text))
            self._tree = None
        elif kind == b"!":
            self.absent.add(int(text))
            self._tree = None

    def _file(self, text: bytes) -> None:
        fields = text.removesuffix(b"\n").split(b"|", 4)
        if len(fields) != 5:
            return  # the stream was cut within it; the caller hears of that
        size, modified, inode, uid, name = fields
        # Names that are no UTF-8 cannot be told apart from their escaped form: rare, and said.
        path = name.decode("utf-8", "backslashreplace")
        self.found(Listed(path, int(size), int(modified), int(inode), int(uid), self._tree))


def denied_paths(stderr: str) -> list[str]:
    """Paths that find, stat or ls were refused."""
    return [found[1] for line in stderr.splitlines() if (found := _DENIED.match(line.strip()))]
