"""What is wrong with a list of offline content."""

from __future__ import annotations

from typing import Any

import pytest

from harness.attribution.content import content_trouble
from harness.domain.facts.storage import ContentLook
from tests.attribution.build import TIKTOK

KINDS = {kind.name: kind for kind in TIKTOK.content}
GIB = 2**30


@pytest.mark.parametrize(
    ("changes", "free", "what"),
    [
        ({"listed": 6, "rows": 6, "files": 6, "earlier": 6}, 8 * GIB, None),
        ({"listed": 0}, 8 * GIB, None),  # none there: nothing says that there ever was one
        ({"listed": 0, "rows": 0, "files": 0, "foreign": 0}, None, None),
        ({"listed": 6}, GIB, None),  # short of space, and still there
        ({"listed": 0}, GIB, "low_storage"),
        ({"listed": 0, "texts": ("content_expired",)}, 8 * GIB, "expired"),
        ({"listed": 0, "texts": ("no_internet",)}, 8 * GIB, None),
        ({"listed": 2, "files": 6}, 8 * GIB, "listed_less"),
        ({"listed": 0, "files": 0, "foreign": 6}, 8 * GIB, "foreign"),
        ({"listed": 3, "files": 3, "foreign": 6}, 8 * GIB, None),
        ({"listed": 2, "earlier": 6}, 8 * GIB, "gone"),
        ({"listed": 2, "earlier": 6, "cleared": 5.0}, 8 * GIB, "cleared"),
        ({"listed": 7, "earlier": 6}, 8 * GIB, None),
        ({"listed": 0, "cleared": 5.0}, 8 * GIB, "cleared"),
        ({"listed": 3, "cleared": 5.0}, 8 * GIB, None),
    ],
)
def test_trouble_of_a_list(changes: dict[str, Any], free: int | None, what: str | None) -> None:
    look = ContentLook("offline_video", **changes)

    found = content_trouble(look, KINDS["offline_video"], TIKTOK.texts, free)

    assert (found.what if found else None) == what


def test_a_kind_without_a_limit_is_not_short_of_space() -> None:
    look = ContentLook("draft", listed=0)

    assert content_trouble(look, KINDS["draft"], TIKTOK.texts, GIB) is None
