"""Where a thing lived, in words and by path."""

import posixpath
from collections.abc import Iterable

from harness.domain.inventory import Item
from harness.domain.storage import INTERNAL, Area

PLACES = {
    Area.CE: "the app's private folder",
    Area.CACHE: "the app's private cache",
    Area.CODE_CACHE: "the app's private cache",
    Area.NO_BACKUP: "the app's private folder",
    Area.DE: "the app's private folder (readable before the unlock)",
    Area.DE_CACHE: "the app's private cache",
    Area.SANDBOX: "the app's private folder for advertising code",
    Area.EXTERNAL_DATA: "the app's folder in Android/data",
    Area.EXTERNAL_CACHE: "the app's cache in Android/data",
    Area.MEDIA: "the app's folder in Android/media",
    Area.OBB: "the app's folder in Android/obb",
    Area.SHARED: "shared storage",
}
ON_REMOVAL = "Android deletes this place when an app is removed (AOSP installd, destroyAppData)."


def where(items: Iterable[Item]) -> str:
    """The place that all of these share: "the app's private folder: files/draft/7"."""
    known = list(items)
    first = known[0]
    place = PLACES[first.area]
    if first.volume != INTERNAL:
        place += f" on the volume {first.volume}"
    same = [item for item in known if (item.area, item.volume) == (first.area, first.volume)]
    path = first.path if len(same) == 1 else _common(item.path for item in same)
    text = f"{place}: {path}" if path else place
    others = {PLACES[item.area] for item in known} - {PLACES[first.area]}
    return f"{text}; also {', '.join(sorted(others))}" if others else text


def _common(paths: Iterable[str]) -> str:
    return posixpath.commonpath(list(paths))
