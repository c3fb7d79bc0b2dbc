"""Inventories to compare, made with few words."""

from dataclasses import replace

from harness.domain.inventory import Inventory, Item, MediaRow, Unseen, Volume
from harness.domain.package_state import PackageState
from harness.domain.parts import Parts, PreferencePart, RowPart, TableParts
from harness.domain.storage import INTERNAL, Area, Tier
from harness.domain.storage_map import (
    ContentClass,
    RowSource,
    StorageMap,
    StoragePattern,
)

PACKAGE = "org.example.feed"
INSTALLED = "2026-11-01T10:00:00+00:00"
LATER = "2026-11-24T12:00:00+00:00"
OLD = 1_790_000_000  # long before LATER, Unix seconds
YOUNG = 1_795_530_000  # after LATER
STATE = PackageState(installed=True, uid=10142, ce_inode=4711, first_install=INSTALLED)
FRESH = PackageState(installed=True, uid=10143, ce_inode=4712, first_install=LATER)
REMOVED = PackageState(installed=False)
CARD = "1A2B-3C4D"

MAP = StorageMap(
    classes=(
        ContentClass("draft", "draft", "drafts", "no", "each", returns="Never."),
        ContentClass("saved", "saved video", "saved videos", "unknown", "each"),
        ContentClass("note", "note", "notes", "yes", "each"),
        ContentClass("message", "message", "messages", "unknown"),
        ContentClass("log_in", "log-in", "log-ins", "no", "whole"),
        ContentClass("cache", "cached file", "cached files", "yes", missed=False),
        ContentClass("hidden", "secret", "secrets", "no", "each"),
    ),
    files=(
        StoragePattern("draft", (Area.CE,), "files/draft/{item}/**"),
        StoragePattern("draft", (Area.CE,), "databases/draft.db*"),
        StoragePattern("saved", (Area.SHARED,), "DCIM/Camera/{item}", owned=True),
        StoragePattern("note", (Area.CE,), "databases/note.db"),
        StoragePattern("message", (Area.CE,), "databases/{account}_im.db"),
        StoragePattern("log_in", (Area.CE,), "shared_prefs/user.xml", holds=("uid",)),
        StoragePattern("log_in", (Area.CE,), "shared_prefs/token.xml"),
        StoragePattern("cache", (Area.CACHE, Area.EXTERNAL_CACHE), "**"),
        StoragePattern("hidden", (Area.SANDBOX,), "**"),
    ),
    rows=(
        RowSource("draft", "databases/draft.db", "local_draft", "id", "made"),
        RowSource("note", "databases/note.db", "note", "id"),
        RowSource("message", "databases/{account}_im.db", "msg"),
    ),
)


def draft(number: int, name: str = "video.mp4", **more: object) -> Item:
    item = Item(Area.CE, f"files/draft/{number}/{name}", 1000, OLD + number, "draft", sha256="aa")
    return replace(item, **more)


def saved(name: str = "v 1.mp4", owner: str | None = PACKAGE, row: int = 7, **more: object) -> Item:
    item = Item(Area.SHARED, f"DCIM/Camera/{name}", 5000, OLD, "saved", sha256="ff")
    return replace(item, media=MediaRow(row, owner), **more)


def table(name: str, *rows: tuple[str, str], count: int | None = None) -> Parts:
    """Rows of (item id, value); the later ones are the younger ones."""
    made = tuple(
        RowPart(f"~{key}", value, key, OLD * 1000 + at) for at, (key, value) in enumerate(rows)
    )
    return Parts((TableParts(name, len(made) if count is None else count, made),))


def preferences(**entries: str) -> Parts:
    return Parts(preferences=tuple(PreferencePart(key, value) for key, value in entries.items()))


def look(*items: Item, state: PackageState = STATE, unseen: tuple[Unseen, ...] = ()) -> Inventory:
    """One inventory of a phone with its own volume and a card."""
    return Inventory(
        "sim",
        PACKAGE,
        0,
        "2026-11-24T12:00:00+00:00",
        state,
        Tier.ADB_ROOT,
        items,
        unseen,
        (
            Volume("emulated;0", "internal", "mounted", INTERNAL),
            Volume("public:179,1", "card", "removed", CARD),
        ),
    )
