"""Takes the inventory of one app over adb, in a handful of calls whatever it keeps."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum

from harness.adapters.adb.device import AdbDevice
from harness.adapters.inventory.access import Access
from harness.adapters.inventory.counted import CountedDevice
from harness.adapters.inventory.file_reading import (
    as_stdin,
    hash_script,
    is_plain,
    odd_hash_script,
    read_hashes,
    read_odd_hashes,
)
from harness.adapters.inventory.items import Found, asked_paths, found_items
from harness.adapters.inventory.listing import (
    Listed,
    ListingReader,
    denied_paths,
    listing_script,
    new_mark,
)
from harness.adapters.inventory.media_rows import MediaFile, media_script, read_media
from harness.adapters.inventory.own_key import own_key
from harness.adapters.inventory.part_reading import read_parts
from harness.adapters.inventory.probe import Probe, probe
from harness.adapters.inventory.trees import all_trees, owned_folders, volume_names
from harness.adapters.inventory.unseen import unseen
from harness.domain.inventory import Cost, Inventory, Item, Unseen
from harness.domain.profile import AppProfile
from harness.domain.storage import Area
from harness.domain.storage_map import class_named
from harness.ports import InstrumentError
from harness.redaction.pseudonym import Pseudonyms

LISTING_SECONDS = 600.0
HASHING_SECONDS = 900.0


class Hashing(StrEnum):
    """Which files are hashed on the phone."""

    NONE = "none"
    NAMED = "named"  # those that are told one by one, and those of an earlier look
    ALL = "all"


def take_inventory(
    phone: AdbDevice,
    profile: AppProfile,
    *,
    package: str | None = None,
    user: int = 0,
    hashing: Hashing = Hashing.NAMED,
    parts: bool = True,
    earlier: Inventory | None = None,
    key: bytes | None = None,
) -> Inventory:
    """One look. Changes nothing on the phone, and does not ask for root: see `session`.

    `package`: default the first of the profile's that is installed, else the first.
    `earlier`: its shared files are looked for again, and what has the old size and time
    keeps the old hash. `key` (at least 16 bytes): of the hashes; default the machine's own.
    Raises InstrumentError("adb", …) where the phone does not answer.
    """
    begun = time.monotonic()
    device = CountedDevice(phone)
    tags = Pseudonyms(key if key is not None else own_key())
    name = package or (earlier.package if earlier else chosen_package(device, profile))
    taken = datetime.now(tz=UTC).isoformat(timespec="seconds")
    asked = probe(device, name, user=user, earlier=earlier)
    found, gaps = _look(device, asked, profile, tags, earlier)
    found = _hash(device, asked.access, found, profile, hashing, earlier)
    if parts and asked.access.inside:
        found = read_parts(device, asked.access, found, profile.storage, tags)
    return Inventory(
        device=phone.name,
        package=name,
        user=user,
        taken=taken,
        state=asked.state,
        tier=asked.access.tier,
        items=tuple(sorted((entry.item for entry in found), key=lambda item: item.place)),
        unseen=tuple(gaps),
        volumes=asked.volumes,
        canary=asked.canary,
        cost=Cost(device.round_trips, device.received, round(time.monotonic() - begun, 3)),
        profile=profile.name,
        clock_offset=asked.clock_offset,
        free_bytes=asked.free_bytes,
        copies=asked.copies,
    )


def chosen_package(phone: AdbDevice, profile: AppProfile) -> str:
    """The first package of the profile that is installed, else the first at all."""
    if not profile.packages:
        raise InstrumentError(
            "tools",
            f"take an inventory with the profile {profile.name}",
            "it names no package",
            advice="Give the profile of the app, e.g. profile: tiktok.",
        )
    if len(profile.packages) == 1:
        return profile.packages[0]
    listed = phone.shell("pm list packages", timeout=30.0).stdout.split()
    return next(
        (name for name in profile.packages if f"package:{name}" in listed), profile.packages[0]
    )


def _look(
    device: CountedDevice,
    asked: Probe,
    profile: AppProfile,
    tags: Pseudonyms,
    earlier: Inventory | None,
) -> tuple[list[Found], list[Unseen]]:
    access, storage = asked.access, profile.storage
    trees = all_trees(access, asked.volumes, storage, api=asked.api)
    before = earlier.items if earlier else ()
    media = _media(device, asked, owned_folders(storage), before)
    wanted = asked_paths(access, media, before, volume_names(asked.volumes, access.user))
    listed: list[Listed] = []
    mark = new_mark()
    reader = ListingReader(mark, listed.append)
    done = device.stream(
        listing_script(trees, access, mark),
        reader.feed,
        timeout=LISTING_SECONDS,
        stdin=as_stdin(list(wanted)),
    )
    reader.close()
    missing = set(range(len(trees))) - reader.complete - reader.absent
    if missing:
        first = trees[min(missing)].root
        raise InstrumentError(
            "adb",
            f"list the files of {access.package} on {device.name} ({device.serial})",
            f"the listing of {first} has no end: exit {done.exit_code}: {done.stderr[:200]}",
            advice="Try again; if it stays, see harness doctor.",
        )
    found = found_items(listed, trees, wanted, media, access.package, storage, tags)
    seen = {entry.item.area for entry in found}
    return found, unseen(asked, trees, denied_paths(done.stderr), seen)


def _media(
    device: CountedDevice, asked: Probe, folders: Sequence[str], before: Sequence[Item]
) -> list[MediaFile]:
    earlier = [item.path.rpartition("/")[0] for item in before if item.area is Area.SHARED]
    wanted = list(dict.fromkeys(folder for folder in (*folders, *earlier) if folder))
    script = media_script(asked.access.package, wanted, api=asked.api, user=asked.access.user)
    if not script:
        return []
    return read_media(device.shell(script, timeout=60.0).stdout, api=asked.api)


def _hash(
    device: CountedDevice,
    access: Access,
    found: list[Found],
    profile: AppProfile,
    hashing: Hashing,
    earlier: Inventory | None,
) -> list[Found]:
    known = {item.place: item for item in earlier.items} if earlier else {}
    due: list[Found] = []
    done: list[Found] = []
    for entry in found:
        before = known.get(entry.item.place)
        if before is not None and before.sha256 and _untouched(before, entry.item):
            done.append(replace(entry, item=replace(entry.item, sha256=before.sha256)))
        elif _wanted(entry.item, profile, hashing, before):
            due.append(entry)
        else:
            done.append(entry)
    for private in (True, False):
        some = [entry for entry in due if entry.private is private]
        run_as = access.private if private else access.shared
        hashes = _hashes(device, run_as, [entry.absolute for entry in some])
        done += [
            replace(entry, item=replace(entry.item, sha256=hashes.get(entry.absolute)))
            for entry in some
        ]
    return done


def _untouched(before: Item, now: Item) -> bool:
    """Same size, time and inode: hashing it again would cost and tell nothing."""
    return (before.size, before.modified, before.inode) == (now.size, now.modified, now.inode)


def _wanted(item: Item, profile: AppProfile, hashing: Hashing, before: Item | None) -> bool:
    if hashing is Hashing.NONE:
        return False
    if hashing is Hashing.ALL or (before is not None and before.sha256 is not None):
        return True
    told = class_named(profile.storage, item.content)
    return told.told in {"each", "whole"} or item.area is Area.SHARED


def _hashes(
    device: CountedDevice, run_as: Callable[[str], str], paths: list[str]
) -> dict[str, str]:
    plain = [path for path in paths if is_plain(path)]
    odd = [path for path in paths if not is_plain(path)]
    found: dict[str, str] = {}
    if plain:
        done = device.shell(run_as(hash_script()), timeout=HASHING_SECONDS, stdin=as_stdin(plain))
        found |= read_hashes(done.stdout)
    if odd:
        mark = new_mark()
        script = run_as(odd_hash_script(mark))
        done = device.shell(script, timeout=HASHING_SECONDS, stdin=as_stdin(odd))
        found |= read_odd_hashes(done.stdout, mark, odd)
    return found
