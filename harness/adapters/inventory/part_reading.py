"""Reads databases and preferences where the tier allows; their bytes stay in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.adapters.inventory.access import Access
from harness.adapters.inventory.counted import CountedDevice
from harness.adapters.inventory.database_parts import read_database
from harness.adapters.inventory.file_reading import ContentReader, as_stdin, content_script
from harness.adapters.inventory.items import Found
from harness.adapters.inventory.listing import new_mark
from harness.adapters.inventory.preference_parts import read_preferences
from harness.domain.inventory import Item
from harness.domain.parts import Parts
from harness.domain.storage import Area
from harness.domain.storage_map import StorageMap
from harness.redaction.pseudonym import Pseudonyms

LARGEST = 64 * 2**20
"""Bytes; a larger database is not read."""
SECONDS = 300.0
_LOG = "-wal"
_BESIDE = (_LOG, "-shm", "-journal")


def read_parts(
    device: CountedDevice,
    access: Access,
    found: Sequence[Found],
    storage: StorageMap,
    tags: Pseudonyms,
) -> list[Found]:
    """The same items, those with an inside with their `parts`. One adb call."""
    wanted = [entry for entry in found if _has_parts(entry.item)]
    parts = {
        entry.absolute: Parts(problem=f"it is larger than {LARGEST // 2**20} MiB")
        for entry in wanted
        if entry.item.size > LARGEST
    }
    readable = [entry for entry in wanted if entry.absolute not in parts]
    if readable:
        parts |= _read(device, access, readable, {e.absolute for e in found}, storage, tags)
    return [
        replace(entry, item=replace(entry.item, parts=parts[entry.absolute]))
        if entry.absolute in parts
        else entry
        for entry in found
    ]


def _has_parts(item: Item) -> bool:
    if item.area not in {Area.CE, Area.DE}:
        return False
    folder, _, name = item.path.rpartition("/")
    if folder == "databases":
        return not name.endswith(_BESIDE)
    return folder == "shared_prefs" and name.endswith(".xml")


def _read(
    device: CountedDevice,
    access: Access,
    wanted: list[Found],
    present: set[str],
    storage: StorageMap,
    tags: Pseudonyms,
) -> dict[str, Parts]:
    """Each log right after its database; the database is held until its log is here."""
    paths: list[str] = []
    for entry in wanted:
        paths.append(entry.absolute)
        if f"{entry.absolute}{_LOG}" in present:
            paths.append(f"{entry.absolute}{_LOG}")
    by_path = {entry.absolute: entry.item for entry in wanted}
    parts: dict[str, Parts] = {}
    held: dict[str, bytes] = {}

    def take(path: str, content: bytes) -> None:
        database = path.removesuffix(_LOG)
        if path in by_path and f"{path}{_LOG}" in present:
            held[path] = content
            return
        if path in by_path:
            parts[path] = _parts(by_path[path], content, b"", storage, tags)
        elif database in held:
            parts[database] = _parts(by_path[database], held.pop(database), content, storage, tags)

    mark = new_mark()
    reader = ContentReader(mark, paths, take)
    script = access.private(content_script(mark))
    device.stream(script, reader.feed, timeout=SECONDS, stdin=as_stdin(paths))
    reader.close()
    return parts


def _parts(item: Item, content: bytes, log: bytes, storage: StorageMap, tags: Pseudonyms) -> Parts:
    if not content and item.size:
        return Parts(problem="it could not be read")
    if item.path.startswith("shared_prefs/"):
        return read_preferences(content, storage.keys, tags)
    return read_database(item.path, content, log, storage, tags)
