"""Memory that mitmproxy no longer uses goes back to the system."""

from __future__ import annotations

import sys

import pytest

from harness.recorder import heap_trim
from harness.recorder.heap_trim import EVERY, HeapTrim, trimmer


@pytest.mark.parametrize(
    ("ticks", "trims"),
    [
        ([(0.0, 0), (1.0, 0)], 0),
        ([(0.0, 5), (0.1, 6), (EVERY - 0.1, 7)], 1),
        ([(0.0, 5), (EVERY, 7)], 2),
        ([(0.0, 5), (EVERY, 5), (2 * EVERY, 6)], 2),
    ],
    ids=["idle", "not too often", "busy", "quiet in between"],
)
def test_only_a_proxy_that_did_something_is_trimmed(
    ticks: list[tuple[float, int]], trims: int
) -> None:
    done = iter([count for _, count in ticks])
    calls: list[int] = []
    trim = HeapTrim(lambda: next(done), lambda: calls.append(1))
    looks = [count for _, count in ticks]

    for now, _ in ticks:
        trim.tick(now)

    assert len(calls) == trims, looks


def test_where_the_c_library_cannot_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heap_trim.sys, "platform", "darwin")

    assert trimmer() is None
    HeapTrim(lambda: 1, trimmer()).tick(0.0)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's own call")
def test_glibc_is_asked() -> None:
    trim = trimmer()

    assert trim is not None
    assert trim() in (0, 1)
