"""What runs now: one row a phone and scenario, for a live table or for plain lines."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from rich import box
from rich.table import Table
from rich.text import Text

from harness.domain.verdict import Verdict
from harness.domain.vocabulary import Party
from harness.reporting import words
from harness.reporting.foreign_text import harmless, shorten
from harness.reporting.terminal import COLOURS

MOST_ROWS = 24
"""Rows of the live table; the oldest leave it first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A scenario on a phone. `begun` and `ended` in monotonic seconds."""

    phone: str
    scenario: str
    begun: float
    step: str = ""
    ended: float | None = None
    verdict: Verdict | None = None


class Progress:
    """Fed by the run; read by whoever draws. `changed` is called with each new plain line."""

    def __init__(
        self,
        changed: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rows: dict[tuple[str, str], Row] = {}
        self._changed = changed
        self._clock = clock

    def step(self, phone: str, scenario: str, title: str, state: str) -> None:
        """`state`: begun, done or failed."""
        key = (phone, scenario)
        row = self._rows.get(key)
        if row is None or row.ended is not None:
            self._rows.pop(key, None)
            row = Row(phone, scenario, self._clock())
        self._rows[key] = replace(row, step=title)
        if state != "done":
            mark = "✗" if state == "failed" else "…"
            self._changed(f"{phone} {scenario}: {shorten(title, 60)} {mark}")

    def over(self, verdict: Verdict) -> None:
        """The scenario was judged."""
        phone = verdict.device.name if verdict.device else "–"
        scenario = verdict.scenario or "capture"
        now = self._clock()
        row = self._rows.get((phone, scenario), Row(phone, scenario, now))
        self._rows[(phone, scenario)] = replace(row, ended=now, verdict=verdict)
        seconds = f"{now - row.begun:.0f} s"
        self._changed(f"{phone} {scenario}: {said(verdict)} ({seconds})")

    def table(self) -> Table:
        """Fits 80 columns: what does not fit is cut, nothing is wrapped."""
        drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for heading, width in (("Phone", 12), ("Scenario", 16), ("Step", 30), ("Time", 6)):
            drawn.add_column(heading, no_wrap=True, max_width=width, overflow="ellipsis")
        now = self._clock()
        for row in list(self._rows.values())[-MOST_ROWS:]:
            until = row.ended if row.ended is not None else now
            what = Text(harmless(row.step))
            if row.verdict is not None:
                what = Text(said(row.verdict), style=COLOURS[row.verdict.outcome])
            drawn.add_row(
                Text(harmless(row.phone)),
                Text(harmless(row.scenario)),
                what,
                f"{until - row.begun:.0f} s",
            )
        return drawn


def said(verdict: Verdict) -> str:
    """ "failed, server, 97 %"."""
    if verdict.party is Party.NONE:
        return str(verdict.outcome)
    return f"{verdict.outcome}, {verdict.party}, {words.percent(verdict.confidence)}"
