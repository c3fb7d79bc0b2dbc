"""Numbers in three places: which stand for the same, and what is said when they do not."""

from __future__ import annotations

from typing import Any

import pytest

from harness.attribution.comparing import differs, disagreements, fits
from harness.domain.facts.screen import ScreenValue
from harness.domain.facts.traffic import Exchange
from tests.attribution.build import TIKTOK, exchange

NEEDS = list(TIKTOK.needs.values())


@pytest.mark.parametrize(
    ("text", "value", "exact", "fit"),
    [
        ("3.8M", 3_800_000, 3_812_345, True),
        ("3.8M", 3_800_000, 3_899_999, True),  # cut, not rounded
        ("3.8M", 3_800_000, 3_750_001, True),  # rounded
        ("3.8M", 3_800_000, 3_900_000, False),
        ("3,8 M", 3_800_000, 3_700_000, False),
        ("12K", 12_000, 12_999, True),
        ("12K", 12_000, 13_000, False),
        ("0K", 0, 0, True),
        ("viel", 100, 105, True),  # precision not told
        ("viel", 100, 200, False),
    ],
)
def test_a_shortened_number_stands_for_what_it_shortens(
    text: str, value: int, exact: int, fit: bool
) -> None:
    assert fits(ScreenValue("n", text, value, approximate=True), exact) is fit


@pytest.mark.parametrize(
    ("changes", "exact", "fit"),
    [
        ({"value": 1204}, 1204, True),
        ({"value": 1204}, 1205, False),
        ({"value": "many"}, 1204, False),
        ({"value": 9, "partial": True}, 20, True),
        ({"value": 0, "partial": True}, 20, False),
        ({"value": 0, "partial": True}, 0, True),
        ({"value": 21, "partial": True}, 20, False),
    ],
)
def test_exact_and_partial_counts(changes: dict[str, Any], exact: int, fit: bool) -> None:
    assert fits(ScreenValue("n", "", **changes), exact) is fit


@pytest.mark.parametrize(
    ("value", "said", "other"),
    [(None, 5, False), ("@Anna", "anna", False), ("", "anna", True), (5, "5", False)],
)
def test_what_was_not_read_differs_from_nothing(
    value: int | str | None, said: int | str, other: bool
) -> None:
    assert differs(ScreenValue("n", "", value), said) is other


def own(**values: Any) -> dict[str, Exchange]:
    return {"own_profile": exchange(values={"handle": "<a>", **values})}


def listed(**values: Any) -> dict[str, Exchange]:
    return {"followers": exchange(values=values)}


@pytest.mark.parametrize(
    ("shown", "said", "known", "parts"),
    [
        ([("follower_count", 1204)], own(follower_count=1204), {"follower_count": 1100}, []),
        ([("follower_count", 1204)], {}, {}, []),
        ([("follower_count", 0)], {}, {}, []),
        ([("follower_count", 0)], own(follower_count=1204), {}, ["said 1204"]),
        (
            [("follower_count", 0)],
            own(follower_count=0),
            {"follower_count": 1204},
            ["it was 1204 before"],
        ),
        ([("total", 0)], listed(total=0, followers=0), {"follower_count": 7}, ["it was 7 before"]),
        ([("total", 0)], listed(total=0, followers=0), {"likes": 7}, []),
        ([("likes_count", 0)], {}, {"likes_count": 9}, []),  # nothing says that it cannot be 0
        (
            [("follower_count", 0)],
            own(follower_count=0, history_max_follower_count=9),
            {},
            ["against its other values"],
        ),
        ([("handle", "")], own(handle="<a>"), {}, ["said <a>", "shows nothing for handle"]),
        ([("total", 5)], listed(total=5, followers=0), {}, ["0 or nothing for followers"]),
    ],
)
def test_disagreements(
    shown: list[tuple[str, int | str]],
    said: dict[str, Exchange],
    known: dict[str, int],
    parts: list[str],
) -> None:
    values = [ScreenValue(name, str(value), value) for name, value in shown]

    found = disagreements(values, said, known, NEEDS)

    assert len(found) == len(parts), found
    for text, part in zip(found, parts, strict=True):
        assert part in text
