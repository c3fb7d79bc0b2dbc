"""The tar of one folder on our disk: what is in it, and the same with other owners.

Written by the phone's toybox (ustar and GNU long names). Android numbers an app's own
groups from its user id in steps of 10 000 (cache, external, external cache, shared:
android_filesystem_config.h), so a new user id moves all of them.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from harness.ports import InstrumentError

_CHUNK = 1 << 20
_GROUP_STEPS = (0, 10_000, 20_000, 30_000, 40_000)


@dataclass(slots=True)
class Contents:
    """`hashes`: SHA-256 → how many files have it. Names are left out: odd ones break lines."""

    hashes: Counter[str] = field(default_factory=Counter[str])
    size: int = 0  # bytes of all files

    @property
    def files(self) -> int:
        """How many."""
        return self.hashes.total()


def contents_of(archive: Path) -> Contents:
    """Reads the whole tar. Raises InstrumentError("disk", …) when it is cut or damaged."""
    found = Contents()
    try:
        with tarfile.open(archive, "r:") as source:
            for member in source:
                if member.isfile() and (stream := source.extractfile(member)) is not None:
                    seen = hashlib.sha256()
                    while piece := stream.read(_CHUNK):
                        seen.update(piece)
                    found.hashes[seen.hexdigest()] += 1
                    found.size += member.size
    except (OSError, tarfile.TarError) as error:
        raise _unreadable(archive, error) from error
    return found


def moved(number: int, old: int | None, new: int | None) -> int:
    """A user or group id after the app got the user id `new` in place of `old`."""
    if old is None or new is None or number - old not in _GROUP_STEPS:
        return number
    return new + (number - old)


Owner = tuple[int, int, int]
"""User id, group id, mode."""


def reown(
    source: Path, target: Path, *, old: int | None, new: int | None
) -> dict[Owner, list[str]]:
    """Writes `source` anew with the new owner; returns its folders by owner and mode, since
    not every toybox gives these to folders that it unpacks."""
    folders: dict[Owner, list[str]] = defaultdict(list)
    try:
        with (
            tarfile.open(source, "r:") as read,
            tarfile.open(target, "w:", format=tarfile.GNU_FORMAT) as write,
        ):
            for member in read:
                member.uid = moved(member.uid, old, new)
                member.gid = moved(member.gid, old, new)
                member.uname = member.gname = ""  # names would win over numbers
                member.pax_headers = {}
                content = read.extractfile(member) if member.isfile() else None
                write.addfile(member, content)
                if member.isdir():
                    folders[member.uid, member.gid, member.mode & 0o7777].append(member.name)
    except (OSError, tarfile.TarError) as error:
        raise _unreadable(source, error) from error
    return dict(folders)


def _unreadable(archive: Path, error: Exception) -> InstrumentError:
    return InstrumentError(
        "disk",
        f"read the saved copy {archive}",
        str(error) or type(error).__name__,
        advice="Is the disk full?",
    )
