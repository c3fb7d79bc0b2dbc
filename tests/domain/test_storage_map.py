"""Paths by class."""

import pytest

from harness.domain.storage import Area
from harness.domain.storage_map import (
    ContentClass,
    RowSource,
    StorageMap,
    StoragePattern,
    class_named,
    recognise,
    row_source,
)

MAP = StorageMap(
    classes=(ContentClass("clip", "clip", "clips"),),
    files=(
        StoragePattern("clip", (Area.CE,), "files/offline/{account}/{item}.mp4"),
        StoragePattern("saved", (Area.SHARED,), "DCIM/*.mp4", owned=True),
        StoragePattern("cache", (Area.CACHE, Area.EXTERNAL_CACHE), "cache/**"),
        StoragePattern("settings", (Area.CE,), "shared_prefs/a+b.xml"),
    ),
    rows=(RowSource("clip", "databases/{account}_x.db", "clips"),),
)


@pytest.mark.parametrize(
    ("area", "path", "owned", "found"),
    [
        (Area.CE, "files/offline/MS4wLjAB/7 a,\n😀.mp4", False, ("clip", "7 a,\n😀", "MS4wLjAB")),
        (Area.CE, "files/offline/7.mp4", False, ("other", None, None)),
        (Area.CE, "files/offline/a/b/7.mp4", False, ("other", None, None)),
        (Area.SHARED, "DCIM/x.mp4", True, ("saved", None, None)),
        (Area.SHARED, "DCIM/x.mp4", False, ("other", None, None)),
        (Area.SHARED, "DCIM/y/x.mp4", True, ("other", None, None)),
        (Area.EXTERNAL_CACHE, "cache/a/b\nc", False, ("cache", None, None)),
        (Area.CE, "cache/a", False, ("other", None, None)),
        (Area.CE, "shared_prefs/a+b.xml", False, ("settings", None, None)),
        (Area.CE, "shared_prefs/aab.xml", False, ("other", None, None)),
    ],
)
def test_recognise(
    area: Area, path: str, owned: bool, found: tuple[str, str | None, str | None]
) -> None:
    seen = recognise(MAP, area, path, owned=owned)

    assert (seen.content, seen.item, seen.account) == found
    assert (seen.pattern is None) is (seen.content == "other")


def test_a_class_that_the_profile_has_not() -> None:
    assert class_named(MAP, "clip").many == "clips"
    assert class_named(MAP, "odd_thing") == ContentClass(
        "odd_thing", "odd thing", "odd thing", missed=False
    )


@pytest.mark.parametrize(
    ("path", "table", "known"),
    [
        ("databases/~1_x.db", "clips", True),
        ("databases/~1_x.db", "other", False),
        ("files/x", "clips", False),
    ],
)
def test_row_source(path: str, table: str, known: bool) -> None:
    assert (row_source(MAP, path, table) is not None) is known
