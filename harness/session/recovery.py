"""Climbs the recovery ladder: looks, does the next rung, writes it down, looks again."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from harness.domain.facts.recovery import RecoveryTried
from harness.domain.recovery import Means, Rung, Trouble, next_rung, patience
from harness.ports import InstrumentError, ObservationLog

LONGEST = 240.0
"""Seconds after which no further rung is begun."""

_POLL = 0.25


@dataclass(slots=True)
class Climb:
    """What a climb came to. `troubles`: all that was met, in order."""

    well: bool
    troubles: list[Trouble] = field(default_factory=list[Trouble])
    rungs: list[Rung] = field(default_factory=list[Rung])
    left: Trouble | None = None
    """What could not be mended."""


class Recovery:
    """`climb` never raises for what a rung does; each rung is a fact."""

    def __init__(
        self,
        look: Callable[[], Trouble | None],
        rungs: Mapping[Rung, Callable[[], None]],
        means: Means,
        log: ObservationLog,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`look` says what is not well, None for nothing; `rungs` need not hold WAIT."""
        self._look = look
        self._rungs = rungs
        self._means = means
        self._log = log
        self._monotonic = monotonic
        self._sleep = sleep

    def climb(self, because: str) -> Climb:
        """Until all is well, or nothing that is allowed is left. `because`: for the record."""
        done = Climb(well=True)
        tried: list[tuple[Trouble, Rung]] = []
        deadline = self._monotonic() + LONGEST
        trouble = self._look()
        while trouble is not None:
            if trouble not in done.troubles:
                done.troubles.append(trouble)
            rung = next_rung(trouble, tried, self._means)
            if rung is Rung.GIVE_UP or self._monotonic() >= deadline:
                self._write(trouble, Rung.GIVE_UP, "given_up", 0.0, because)
                done.well, done.left = False, trouble
                return done
            tried.append((trouble, rung))
            done.rungs.append(rung)
            trouble = self._do(trouble, rung, because)
        return done

    def _do(self, trouble: Trouble, rung: Rung, because: str) -> Trouble | None:
        begun, detail = self._monotonic(), ""
        try:
            if rung is Rung.WAIT:
                self._wait(trouble)
            else:
                self._rungs[rung]()
        except InstrumentError as error:
            detail = str(error)[:300]
        after = self._look()
        result = "mended" if after is None else "changed" if after is not trouble else "unchanged"
        if detail and after is trouble:
            result = "failed"
        self._write(trouble, rung, result, self._monotonic() - begun, because, detail)
        return after

    def _wait(self, trouble: Trouble) -> None:
        deadline = self._monotonic() + patience(trouble, self._means)
        while self._monotonic() < deadline:
            self._sleep(_POLL)
            if self._look() is not trouble:
                return

    def _write(
        self,
        trouble: Trouble,
        rung: Rung,
        result: str,
        seconds: float,
        because: str,
        detail: str = "",
    ) -> None:
        fact = RecoveryTried(trouble, rung, result, round(seconds, 2), because, detail)
        self._log.write("recovery", fact)
