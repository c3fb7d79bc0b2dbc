"""The odd one out by exact tests: numbers that can be checked by hand."""

from __future__ import annotations

from math import comb

import pytest

from harness.domain.odd_one_out import Tally, fisher_greater, odd_ones, shared_factors


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ((4, 4, 0, 8), 1 / comb(12, 4)),
        ((1, 1, 0, 7), 1 / 8),
        ((0, 4, 0, 8), 1.0),
        ((3, 4, 1, 8), (comb(4, 3) * comb(8, 1) + 1) / comb(12, 4)),
        ((2, 2, 2, 2), 1.0),
    ],
    ids=["all and none", "one try", "no failure at all", "almost all", "everything failed"],
)
def test_fishers_exact_test(table: tuple[int, int, int, int], expected: float) -> None:
    assert fisher_greater(*table) == pytest.approx(expected)


def tallies(*rows: tuple[int, int]) -> list[Tally]:
    return [Tally(f"p{number}", *row) for number, row in enumerate(rows, 1)]


@pytest.mark.parametrize(
    ("rows", "odd"),
    [
        (((4, 4), (0, 4), (0, 4)), ["p1"]),
        (((3, 3), (0, 3), (0, 3)), ["p1"]),
        (((2, 2), (0, 2), (0, 2)), []),
        (((4, 4), (0, 4)), []),
        (((0, 4), (0, 4), (0, 4)), []),
        (((4, 4), (4, 4), (4, 4), (0, 4)), []),
        (((4, 4), (4, 4), (0, 4), (0, 4), (0, 4), (0, 4), (0, 4)), ["p1", "p2"]),
        (((4, 4), (0, 4), (0, 4), (0, 0)), ["p1"]),
        (((1, 4), (0, 4), (0, 4)), []),
    ],
    ids=[
        "one of three fails everything",
        "three scenarios are enough",
        "two are not: chance gives it too often",
        "of two phones nobody can say",
        "nothing failed",
        "most fail: that is no odd phone",
        "two of seven",
        "a phone that tried nothing says nothing",
        "one failure may be chance",
    ],
)
def test_who_stands_out(rows: tuple[tuple[int, int], ...], odd: list[str]) -> None:
    assert [one.phone for one in odd_ones(tallies(*rows))] == odd


def test_the_statistics_are_told_with_their_numbers() -> None:
    (one,) = odd_ones(tallies((4, 4), (0, 4), (0, 4), (0, 4)))

    assert str(one) == (
        "p1 failed 4 of 4 where its 3 peers failed 0 of 12 (Fisher's exact test, p = 0.0022)"
    )


def test_what_the_phones_that_failed_share() -> None:
    versions = ["47.0.3"] * 5 + ["46.9.9"] * 5
    phones = {
        f"p{number}": {"app version": version, "model": "Pixel", "carrier": f"c{number % 2}"}
        for number, version in enumerate(versions)
    }

    (shared,) = shared_factors(phones, frozenset(f"p{number}" for number in range(5)))

    assert (shared.factor, shared.value, shared.failed, shared.others_failed) == (
        "app version", "47.0.3", 5, 0,
    )  # fmt: skip
    assert str(shared).startswith(
        "5 of 5 phones with app version 47.0.3 failed, 0 of 5 others did (Fisher's exact test, p ="
    )


def test_few_phones_share_by_chance() -> None:
    phones = {"a": {"model": "P"}, "b": {"model": "P"}, "c": {"model": "Q"}}

    assert shared_factors(phones, frozenset({"a", "b"})) == ()
    assert shared_factors(phones, frozenset()) == ()
