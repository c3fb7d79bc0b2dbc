"""Puts saved folders back where they were, with the owner that the app has now."""

from __future__ import annotations

from pathlib import Path

from harness.adapters.adb.device import quote
from harness.adapters.removal.archive_file import Owner, contents_of, reown
from harness.adapters.removal.entrance import Entrance
from harness.adapters.removal.saving import hashes_on_phone
from harness.domain.removal import Root, SavedRoot
from harness.domain.storage import Area
from harness.ports import InstrumentError, ShellResult, StreamingControl

_SLOW = 900.0  # seconds; several gigabytes over USB 2
_BATCH = 100  # paths in one command
_EMPTY = "find . -mindepth 1 -maxdepth 1 -exec rm -rf {} +"
"""What a newer data folder holds must go: a database of one time and the write-ahead log of
another would destroy each other."""

_LABEL = (
    'c=$(stat -c %C . 2>/dev/null); [ -n "$c" ] && chcon -hR "$c" . 2>/dev/null'
    " || restorecon -R . 2>/dev/null; true"
)
"""Files take the label of their folder, which Android made for this installation."""


def can_restore(entrance: Entrance, saved: SavedRoot) -> bool:
    """Whether we get in with the rights that we have now."""
    return entrance.private or not saved.root.private


def restore_root(
    device: StreamingControl,
    entrance: Entrance,
    saved: SavedRoot,
    folder: Path,
    *,
    old_uid: int | None,
    new_uid: int | None,
) -> None:
    """Can be repeated. The app must not run. Raises InstrumentError, also when the files on
    the phone are not those of the copy afterwards."""
    root, archive = saved.root, folder / saved.file
    wanted = contents_of(archive)
    if (wanted.files, wanted.size) != (saved.files, saved.size):
        raise InstrumentError(
            "disk",
            f"read the saved copy {archive}",
            f"it holds {wanted.files} files and not {saved.files}",
            advice=f"Nothing of {root.path} was changed.",
        )
    ready = archive.with_suffix(".put-back")
    folders = reown(archive, ready, old=old_uid, new=new_uid)
    if not root.private or root.area is Area.SANDBOX:  # others Android has made already
        top, _, name = root.path.rpartition("/")
        above = Root(root.area, top, root.volume)
        _run(device, entrance, above, f"mkdir -p {quote(name)}")
    _run(device, entrance, root, _EMPTY)
    with ready.open("rb") as source:
        command = entrance.command(root, "tar -xf -")
        result = device.shell_from_file(command, source, timeout=_SLOW)
    _check(device, command, result)
    if entrance.root:
        for script in _ownership(folders):
            _run(device, entrance, root, script)
        _run(device, entrance, root, _LABEL)
    ready.unlink()
    there = hashes_on_phone(device, entrance, root, archive.with_suffix(".hashes"))
    if there != wanted.hashes:
        missing = (wanted.hashes - there).total()
        raise InstrumentError(
            "adb",
            f"put {root.path} back on {device.name}",
            f"{missing} of {wanted.files} files are missing or differ",
            advice=f"The saved copy stays in {folder}; run: harness reset",
        )


def _ownership(folders: dict[Owner, list[str]]) -> list[str]:
    scripts: list[str] = []
    for (uid, gid, mode), names in folders.items():
        for at in range(0, len(names), _BATCH):
            words = " ".join(quote(name) for name in names[at : at + _BATCH])
            scripts.append(f"chown {uid}:{gid} {words} && chmod {mode:o} {words}")
    return scripts


def _run(device: StreamingControl, entrance: Entrance, root: Root, script: str) -> None:
    command = entrance.command(root, script)
    _check(device, command, device.shell(command, timeout=120.0))


def _check(device: StreamingControl, command: str, result: ShellResult) -> None:
    if not result.ok:
        raise InstrumentError(
            "adb",
            f"put saved files back on {device.name}",
            f"{command[:120]!r} gave exit {result.exit_code}: {result.stderr.strip()[:200]}",
            advice="The saved copy stays; run: harness reset",
        )
