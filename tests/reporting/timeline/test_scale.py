"""The clock: moments stay inside the picture, ticks are round and not too many."""

import pytest

from harness.reporting.timeline.scale import LEFT, RIGHT, WIDTH, Scale, length


@pytest.mark.parametrize(
    ("at", "x"), [(10.0, LEFT), (20.0, WIDTH - RIGHT), (5.0, LEFT), (99.0, WIDTH - RIGHT)]
)
def test_moments(at: float, x: float) -> None:
    assert Scale(10.0, 20.0).x(at) == x


@pytest.mark.parametrize(
    ("span", "second"),
    [
        (0.001, "0.000125 s"),
        (2.5, "0.5 s"),
        (40.0, "5 s"),
        (900.0, "2 min"),
        (90000.0, "187.5 min"),
    ],
)
def test_ticks(span: float, second: str) -> None:
    ticks = Scale(0.0, span).ticks()

    assert 2 <= len(ticks) <= 11
    assert ticks[0] == (LEFT, "0 s")
    assert ticks[1][1] == second


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.0, "0 ms"), (0.0242, "24 ms"), (0.1, "0.1 s"), (61.04, "61.0 s")]
)
def test_a_length_is_never_nothing_when_it_was_something(seconds: float, said: str) -> None:
    assert length(seconds) == said
