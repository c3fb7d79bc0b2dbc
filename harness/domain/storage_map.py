"""What an app keeps where, by class, as its profile says: data, no code about any app."""

import re
from dataclasses import dataclass
from functools import lru_cache

from harness.domain.inventory import OTHER
from harness.domain.storage import Area

_HOLES = {
    "**": r".*",
    "*": r"[^/]*",
    "{item}": r"(?P<item>[^/]+)",
    "{account}": r"(?P<account>[^/]+?)",
}
_HOLE = re.compile(r"\*\*|\*|\{item\}|\{account\}")


@dataclass(frozen=True, slots=True)
class ContentClass:
    """One kind of thing that a person would speak of."""

    name: str  # draft, offline_video, saved_video, log_in, cache, settings, messages …
    one: str  # "draft"
    many: str  # "drafts"
    on_server: str = "unknown"  # yes, no, unknown: whether the service keeps a copy
    told: str = "together"  # each ("draft 1 of 4"), together ("12 files"), whole ("log-in")
    missed: bool = True  # a person would miss it
    returns: str = ""  # how it can come back, in plain words


@dataclass(frozen=True, slots=True)
class StoragePattern:
    """Files of one class.

    `path`: `*` and `**` as in shells, `{item}` = what makes files one thing to a
    person, `{account}` = an account's id, which never leaves the phone in clear.
    """

    content: str
    areas: tuple[Area, ...]
    path: str
    owned: bool = False  # only files that MediaStore says the app made
    holds: tuple[str, ...] = ()  # preferences that are the thing itself: changed = lost
    source: str = ""
    confidence: str = "unverified"  # documented, reported, unverified


@dataclass(frozen=True, slots=True)
class RowSource:
    """A table whose rows are things to a person."""

    content: str
    path: str  # pattern of the database within the app's folder
    table: str
    item: str | None = None  # column with the id that file paths carry as {item}
    stamp: str | None = None  # column with Unix milliseconds
    source: str = ""
    confidence: str = "unverified"


@dataclass(frozen=True, slots=True)
class ShelfLife:
    """An app's own policy on content that it deletes by itself; seconds, bytes."""

    content: str
    seconds: float  # after this time
    after_visit: float | None = None  # or this, once its page was opened …
    visit_within: float | None = None  # … within this time
    least_free: int | None = None  # below this free space the app pauses and trims
    source: str = ""


@dataclass(frozen=True, slots=True)
class StorageMap:
    """All that a profile says of an app's data. The first pattern that fits wins."""

    classes: tuple[ContentClass, ...] = ()
    files: tuple[StoragePattern, ...] = ()
    rows: tuple[RowSource, ...] = ()
    keys: tuple[str, ...] = ()  # names of preferences that are no secrets by themselves
    lives: tuple[ShelfLife, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a path is. `account` is in clear and must not be kept."""

    content: str = OTHER
    item: str | None = None
    item_path: str | None = None  # the path up to the end of the item's name
    account: str | None = None
    pattern: StoragePattern | None = None


@lru_cache(maxsize=512)
def expression(path: str) -> re.Pattern[str]:
    """The regular expression of a path pattern."""
    parts: list[str] = []
    at = 0
    for hole in _HOLE.finditer(path):
        parts += [re.escape(path[at : hole.start()]), _HOLES[hole[0]]]
        at = hole.end()
    parts.append(re.escape(path[at:]))
    return re.compile("".join(parts), re.DOTALL)


@lru_cache(maxsize=512)
def fixed_start(path: str) -> str:
    """The part of a pattern before its first hole: cheap to compare."""
    hole = _HOLE.search(path)
    return path[: hole.start()] if hole else path


def recognise(storage: StorageMap, area: Area, path: str, *, owned: bool = False) -> Recognised:
    """The class of a file. `owned`: MediaStore names the app as the one that made it."""
    for pattern in storage.files:
        if area not in pattern.areas or (pattern.owned and not owned):
            continue
        if not path.startswith(fixed_start(pattern.path)):
            continue
        found = expression(pattern.path).fullmatch(path)
        if found:
            groups = found.groupdict()
            item = groups.get("item")
            item_path = None if item is None else path[: found.end("item")]
            return Recognised(pattern.content, item, item_path, groups.get("account"), pattern)
    return Recognised()


def class_named(storage: StorageMap, name: str) -> ContentClass:
    """The class, or one made of the bare name where the profile has none."""
    for known in storage.classes:
        if known.name == name:
            return known
    words = name.replace("_", " ")
    return ContentClass(name, words, words, missed=False)


def row_source(storage: StorageMap, path: str, table: str) -> RowSource | None:
    """What the rows of a table are to a person, if anything."""
    for source in storage.rows:
        if source.table == table and expression(source.path).fullmatch(path):
            return source
    return None
