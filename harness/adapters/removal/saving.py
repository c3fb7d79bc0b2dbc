"""Saves an app's folders before they are deleted; a copy counts once its hashes agree.

These copies are the one place where an app's secrets lie on our disk: a copy without
them would bring nothing back. They lie in a folder of mode 0700 and are deleted as
soon as they are back on the phone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from harness.adapters.adb.device import quote
from harness.adapters.removal.archive_file import Contents, contents_of
from harness.adapters.removal.entrance import Entrance
from harness.domain.inventory import Unseen
from harness.domain.removal import Root, SavedRoot, Unsaved
from harness.ports import InstrumentError, StreamingControl

_SLOW = 900.0  # seconds; several gigabytes over USB 2
_LINE = re.compile(rb"^\\?([0-9a-f]{64})  \./")
_TRIES = 2
HASHES = "find . -type f -exec sha256sum {} +"


def save_roots(
    device: StreamingControl,
    entrance: Entrance,
    roots: Iterable[Root],
    unseen: Sequence[Unseen],
    folder: Path,
) -> tuple[tuple[SavedRoot, ...], tuple[Unsaved, ...]]:
    """What could be saved, and what not. The app must not run meanwhile.

    Raises InstrumentError when a folder that can be read could not be copied faithfully:
    then nothing may be deleted.
    """
    saved: list[SavedRoot] = []
    unsaved: list[Unsaved] = []
    for number, root in enumerate(roots):
        reason = _closed(device, entrance, root, unseen)
        if reason is not None:
            unsaved.append(Unsaved(root.area, reason, root.volume))
        elif _there(device, entrance, root):
            saved.append(_save(device, entrance, root, folder / f"{number:02d}-{root.area}.tar"))
    return tuple(saved), tuple(unsaved)


def hashes_on_phone(
    device: StreamingControl, entrance: Entrance, root: Root, spool: Path
) -> Counter[str]:
    """SHA-256 of each file below `root`; a folder that is not there has none."""
    command = entrance.command(root, HASHES)
    with spool.open("w+b") as lines:
        device.shell_to_file(command, lines, timeout=_SLOW)
        lines.seek(0)
        found = (_LINE.match(line) for line in lines)
        counted = Counter(match[1].decode() for match in found if match)
    spool.unlink()
    return counted


def _closed(
    device: StreamingControl, entrance: Entrance, root: Root, unseen: Sequence[Unseen]
) -> str | None:
    """Why what is in `root` cannot be read; None = it can be, or is not there."""
    if root.private:
        return None if entrance.private else "only root may read the app's private folder"
    if entrance.root:
        return None
    for gap in unseen:
        if gap.area is root.area and gap.volume in {None, root.volume}:
            return gap.reason
    listing = device.shell(f"ls -A {quote(root.path)}")
    if listing.ok or "No such file" in listing.stderr:
        return None
    return listing.stderr.strip()[:120] or f"ls gave exit {listing.exit_code}"


def _there(device: StreamingControl, entrance: Entrance, root: Root) -> bool:
    return device.shell(entrance.command(root, ":")).ok


def _save(device: StreamingControl, entrance: Entrance, root: Root, file: Path) -> SavedRoot:
    why = ""
    for _ in range(_TRIES):
        with file.open("wb") as target:
            command = entrance.command(root, "tar -cf - .")
            result = device.shell_to_file(command, target, timeout=_SLOW)
        copied = contents_of(file) if result.ok else Contents()
        on_phone = hashes_on_phone(device, entrance, root, file.with_suffix(".hashes"))
        if result.ok and copied.hashes == on_phone:
            return SavedRoot(root, file.name, copied.files, copied.size)
        why = (
            f"tar gave exit {result.exit_code}: {result.stderr.strip()[:160]}"
            if not result.ok
            else f"{copied.files} files were copied and {on_phone.total()} are there, or differ"
        )
    raise InstrumentError(
        "adb",
        f"save {root.path} of {device.name}",
        why,
        advice="Nothing was deleted. Close the app and try again.",
    )
