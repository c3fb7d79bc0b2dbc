"""From what became of the files to what became of the thing."""

from collections.abc import Iterable, Mapping

from harness.domain.storage_map import ContentClass, StoragePattern
from harness.loss.change import Change, FileChange, PartsChange
from harness.loss.loss import Fate

ORDER = tuple(Fate)
_PLAIN = {
    Change.KEPT: Fate.SURVIVED,
    Change.CHANGED: Fate.SURVIVED,
    Change.ORPHANED: Fate.SURVIVED,
    Change.RESTORED: Fate.RESTORED,
    Change.REMADE: Fate.LOST,
    Change.LOST: Fate.LOST,
    Change.NOT_VISIBLE: Fate.NOT_VISIBLE,
    Change.ABSENT: Fate.ABSENT,
    Change.NEW: Fate.SURVIVED,
}


def worst(fates: Iterable[Fate]) -> Fate:
    """The worst of at least one."""
    return min(fates, key=ORDER.index)


def file_fate(change: FileChange, pattern: StoragePattern | None) -> Fate:
    """What the change of one file means for what it held."""
    plain = _PLAIN[change.change]
    if change.change not in {Change.CHANGED, Change.REMADE}:
        return plain
    if pattern is not None and pattern.holds:
        held = _held(change.parts, pattern.holds)
        if held is not None:
            back = Fate.RESTORED if change.change is Change.REMADE else Fate.SURVIVED
            return back if held else Fate.LOST
    if change.change is Change.REMADE:
        return Fate.LOST if change.compared else Fate.NOT_CHECKED
    emptied = change.after is not None and change.after.size == 0 and change.item.size > 0
    return Fate.LOST if emptied or _all_gone(change.parts) else plain


def _held(parts: tuple[PartsChange, ...], keys: tuple[str, ...]) -> bool | None:
    """The preferences that are the thing have their old values; None = never had them."""
    kept = {key for part in parts if not part.name for key in part.kept_keys}
    other = {
        key for part in parts if not part.name for key in (*part.changed_keys, *part.lost_keys)
    }
    wanted = [key for key in keys if key in kept | other]
    return all(key in kept for key in wanted) if wanted else None


def _all_gone(parts: tuple[PartsChange, ...]) -> bool:
    """There was something inside, and none of it is left."""
    had = sum(part.kept + part.changed + part.lost + part.uncompared for part in parts)
    return had > 0 and had == sum(part.lost for part in parts)


def with_server(fate: Fate, content: ContentClass, server: Mapping[str, bool]) -> Fate:
    """A lost thing that the service may keep: `server` says what was found there, by class."""
    if fate is not Fate.LOST or content.on_server == "no":
        return fate
    found = server.get(content.name)
    if found is not None:
        return Fate.ON_SERVER if found else Fate.LOST
    return Fate.NOT_CHECKED if content.missed else Fate.LOST
