from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.simphone.sh.arithmetic import CalculationError, evaluate, number, wrap

NUMBERS = st.integers(-(2**31), 2**31 - 1)


def value(text: str, **variables: str) -> int:
    return evaluate(text, variables.get, variables.__setitem__)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("", 0),
        ("1 ? 2 : 3", 2),
        ("(1, 4)", 4),
        ("!0 + ~0", 0),
        ("7 & 3 | 8 ^ 1", 11),
        ("x += 2, x * x", 25),
        ("16#ff", 255),
        ("-5 / 2", -2),
        ("--x", 2),
    ],
)
def test_values(text: str, result: int) -> None:
    assert value(text, x="3") == result


@pytest.mark.parametrize("text", ["1 +", "(1", "1 2", "1 % 0", "1 @ 2", "abc#1", "x"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(CalculationError):
        value(text, x="1z")


@given(NUMBERS, NUMBERS)
def test_sums_wrap_around_at_32_bits(a: int, b: int) -> None:
    assert value(f"{a} + {b}") == wrap(a + b)
    assert -(2**31) <= value(f"({a}) * ({b})") < 2**31


@given(NUMBERS)
def test_numbers_read_back(n: int) -> None:
    assert number(str(n)) == n
