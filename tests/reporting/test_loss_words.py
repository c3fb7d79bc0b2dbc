"""Sizes, fates and counts in words."""

from dataclasses import replace

import pytest

from harness.domain.inventory import Unseen
from harness.domain.storage import Area
from harness.loss.loss import ClassTotal, Fate
from harness.reporting.loss_words import (
    FATES,
    SHORT,
    TONES,
    gaps,
    had_and_left,
    had_left_and_away,
    size,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1536, "1.5 kB"),
        (209_715_200, "210 MB"),
        (5_000_000_000, "5.0 GB"),
        (5_000_000_000_000, "5000 GB"),
    ],
)
def test_size(number: int, text: str) -> None:
    assert size(number) == text


@pytest.mark.parametrize(("had", "text"), [(None, "? → ?"), (4, "4 → 1"), (5000, "5,000 → 1")])
def test_had_and_left(had: int | None, text: str) -> None:
    assert had_and_left(ClassTotal("x", "x", "xs", True, had, 0, 1, 0, {})) == text


def test_what_lies_on_a_card_that_is_out_is_not_counted_as_gone() -> None:
    counts = {Fate.ABSENT: 4, Fate.SURVIVED: 1}
    total = ClassTotal("x", "x", "xs", True, 5, 0, 1, 0, counts)
    assert had_left_and_away(total) == "5 → 1 (4 on a card that is out)"
    assert had_left_and_away(replace(total, fates={})) == had_and_left(total) == "5 → 1"


def test_gaps_are_told_by_reason() -> None:
    found = gaps(
        [
            Unseen(Area.CE, "No root."),
            Unseen(Area.DE, "No root."),
            Unseen(Area.CE, "No root."),
            Unseen(Area.OBB, "Out.", "1A2B"),
        ]
    )
    assert found == ["No root. (ce, de)", "Out. (obb on 1A2B)"]


def test_every_fate_has_words() -> None:
    assert set(FATES) == set(SHORT) == set(TONES) == set(Fate)
