"""A log line that repeats."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from harness.recorder.log_flood import BURST, SPAN, LogFlood


class Bench:
    def __init__(self) -> None:
        self.now = 0.0
        self.flood = LogFlood(lambda: self.now)
        self.out = [io.StringIO(), io.StringIO()]
        self.handlers = [logging.StreamHandler(each) for each in self.out]
        self.logger = logging.Logger("bench")
        for handler in self.handlers:
            self.logger.addHandler(handler)
        self.flood.attach(self.handlers)

    def lines(self, handler: int = 0) -> list[str]:
        return self.out[handler].getvalue().splitlines()

    def repeat(self, times: int, level: int = logging.ERROR) -> None:
        for number in range(times):
            self.logger.log(level, "again %d", number)

    def fail(self, times: int) -> None:
        for _ in range(times):
            try:
                raise OSError(24, "Too many open files")
            except OSError:
                self.logger.exception("no way")


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.flood.detach()


def test_a_burst_passes_and_the_rest_is_counted(bench: Bench) -> None:
    bench.repeat(BURST + 500)
    assert bench.lines() == [f"again {number}" for number in range(BURST)]
    assert bench.lines(1) == bench.lines(), "each handler gets the same"
    bench.now = SPAN
    bench.repeat(1)
    assert bench.lines()[-1] == "again 0 (and 500 more like it before)"
    assert len(bench.lines()) == BURST + 1


def test_other_places_and_lower_levels_are_their_own(bench: Bench) -> None:
    bench.repeat(BURST + 1)
    bench.repeat(1, logging.WARNING)
    bench.logger.error("elsewhere")
    bench.repeat(100, logging.INFO)
    assert len(bench.lines()) == BURST + 2 + 100


def test_tracebacks_are_few(bench: Bench) -> None:
    bench.fail(500)
    said = bench.lines()
    assert sum(line.startswith("Traceback") for line in said) == 3
    assert said[-1] == "no way [OSError(24, 'Too many open files')]"
    assert len("\n".join(said)) < 4000


def test_nothing_is_held_back_afterwards(bench: Bench) -> None:
    bench.flood.detach()
    bench.repeat(BURST + 5)
    assert len(bench.lines()) == BURST + 5
