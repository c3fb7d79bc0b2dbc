"""What really became of each file, by the phone's own word, and where the harness was wrong.

Made from two lists of files with hash and inode; nothing of the harness's own reading of
adb goes into it, but for the names that it hides (accounts), which have to be hidden here too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from harness.domain.storage import INTERNAL, Area
from harness.domain.storage_map import StorageMap, recognise
from harness.loss.change import Change
from harness.loss.loss import LossList

type Place = tuple[str, Area, str]

_DATA = r"(?:/data|/mnt/expand/(?P<volume>[^/]+))"
_PRIVATE = (
    (r"{d}/user/\d+/{p}/(?P<path>cache/.*)", Area.CACHE, ""),
    (r"{d}/user/\d+/{p}/(?P<path>code_cache/.*)", Area.CODE_CACHE, ""),
    (r"{d}/user/\d+/{p}/(?P<path>no_backup/.*)", Area.NO_BACKUP, ""),
    (r"{d}/user/\d+/{p}/(?P<path>.*)", Area.CE, ""),
    (r"{d}/user_de/\d+/{p}/(?P<path>(?:code_)?cache/.*)", Area.DE_CACHE, ""),
    (r"{d}/user_de/\d+/{p}/(?P<path>.*)", Area.DE, ""),
)
PLACES: tuple[tuple[str, Area, str], ...] = (
    *_PRIVATE,
    (r"/data/misc_ce/\d+/sdksandbox/{p}/(?P<path>.*)", Area.SANDBOX, "ce/"),
    (r"/data/misc_de/\d+/sdksandbox/{p}/(?P<path>.*)", Area.SANDBOX, "de/"),
    (r"{v}/Android/data/{p}/(?P<path>cache/.*)", Area.EXTERNAL_CACHE, ""),
    (r"{v}/Android/data/{p}/(?P<path>.*)", Area.EXTERNAL_DATA, ""),
    (r"{v}/Android/media/{p}/(?P<path>.*)", Area.MEDIA, ""),
    (r"{v}/Android/obb/{p}/(?P<path>.*)", Area.OBB, ""),
    (r"{v}/(?P<path>.*)", Area.SHARED, ""),
)
"""Places of an app as AOSP's installd has them; the first that fits."""
_VOLUME = r"/storage/(?:emulated/\d+|(?P<volume>[^/]+))"


@dataclass(frozen=True, slots=True)
class TrueFile:
    """One file as the phone has it."""

    place: Place
    size: int
    sha256: str
    inode: int
    owner: str | None  # package in MediaStore
    made: bool  # by the app that is installed


@dataclass(frozen=True, slots=True)
class Judged:
    """`fates`: how many files truly met which change."""

    fates: dict[str, int]
    right: int
    wrong: tuple[str, ...]


def place_of(path: str, package: str) -> Place:
    """Volume, area and relative path. Raises ValueError for a path of no app."""
    for pattern, area, prefix in PLACES:
        whole = pattern.replace("{p}", re.escape(package))
        whole = whole.replace("{v}", _VOLUME).replace("{d}", _DATA)
        found = re.fullmatch(whole, path, re.DOTALL)
        if found:
            volume = found.groupdict().get("volume") or INTERNAL
            return (volume, area, prefix + found["path"])
    raise ValueError(f"{path!r} is no place of an app")


def account_tags(
    rows: Iterable[Mapping[str, object]],
    package: str,
    storage: StorageMap,
    tag: Callable[[str], str],
) -> dict[str, str]:
    """What stands in an inventory for the accounts that paths name, longest first."""
    found: set[str] = set()
    for row in rows:
        _, area, path = place_of(str(row["path"]), package)
        account = recognise(storage, area, path, owned=True).account
        if account:
            found.add(account)
    return {account: tag(account) for account in sorted(found, key=len, reverse=True)}


def hidden_place(path: str, package: str, tags: Mapping[str, str]) -> Place:
    """As `place_of`, with tags for accounts."""
    volume, area, inside = place_of(path, package)
    for account, tag in tags.items():
        inside = inside.replace(account, tag)
    return (volume, area, inside)


def true_files(
    rows: Iterable[Mapping[str, object]], package: str, tags: Mapping[str, str]
) -> dict[Place, TrueFile]:
    """The answer of `GET /files`, by place."""
    found: dict[Place, TrueFile] = {}
    for row in rows:
        place = hidden_place(str(row["path"]), package, tags)
        owner = row["owner"]
        found[place] = TrueFile(
            place,
            int(str(row["size"])),
            str(row["sha256"]),
            int(str(row["inode"])),
            None if owner is None else str(owner),
            row["made"] is True,
        )
    return found


def true_changes(
    before: Mapping[Place, TrueFile], after: Mapping[Place, TrueFile]
) -> dict[Place, Change]:
    """Every file of the app; of the shared ones those that it made."""
    found = {place: _change(file, after.get(place)) for place, file in before.items() if _own(file)}
    new = (place for place, file in after.items() if place not in before and _own(file))
    return found | dict.fromkeys(new, Change.NEW)


def _own(file: TrueFile) -> bool:
    return file.place[1] is not Area.SHARED or file.made


def _change(file: TrueFile, now: TrueFile | None) -> Change:
    if now is None:
        return Change.LOST
    if now.sha256 != file.sha256:
        return Change.CHANGED if now.inode == file.inode else Change.REMADE
    if file.owner is not None and now.owner is None:
        return Change.ORPHANED
    return Change.KEPT if now.inode == file.inode else Change.RESTORED


def by_area(changes: Mapping[Place, Change]) -> dict[str, dict[str, int]]:
    """How many files of each area truly met which change."""
    found: dict[str, Counter[str]] = {}
    for (_, area, _), change in changes.items():
        found.setdefault(area.value, Counter())[change.value] += 1
    return {area: dict(counts) for area, counts in sorted(found.items())}


def judge(true: Mapping[Place, Change], losses: LossList) -> Judged:
    """File by file. What could not be seen is right when nothing else is claimed of it."""
    told = {(file.volume, file.area, file.path): file.change for file in losses.files}
    wrong: list[str] = []
    right = 0
    for place, change in true.items():
        mark = told.get(place)
        if mark is change or (_hidden(place, losses) and mark in {None, Change.NOT_VISIBLE}):
            right += 1
        else:
            wrong.append(f"{words(place)}: {mark or 'missing'}, is {change}")
    wrong += [
        f"{words(place)}: {change}, and there is no such file"
        for place, change in told.items()
        if place not in true
    ]
    return Judged(dict(Counter(change.value for change in true.values())), right, tuple(wrong))


def _hidden(place: Place, losses: LossList) -> bool:
    volume, area, _ = place
    return any(gap.area is area and gap.volume in {None, volume} for gap in losses.unseen)


def words(place: Place) -> str:
    """For a person."""
    volume, area, path = place
    return f"{volume} {area} {path!r}"
