"""The loop of a watch: look, remember, tell, draw the page, wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from harness.adapters.look_history import LookHistory
from harness.domain.outage import Change, Look, follow
from harness.domain.verdict import Verdict
from harness.domain.vocabulary import Outcome
from harness.reporting.evidence_words import plain
from harness.reporting.watch_page import write_watch_page
from harness.session.run_scenarios import RunResult
from harness.session.watch.kept_runs import KeptRuns


@dataclass(frozen=True, slots=True)
class Watch:
    """What a watch needs. `every` in seconds from begin to begin; `rounds` None = for ever."""

    run: Callable[[], RunResult]
    history: LookHistory
    page: Path
    every: float
    told: Callable[[Change], None]
    rounds: int | None = None
    clock: Callable[[], float] = time.time  # UTC seconds
    kept: KeptRuns = field(default_factory=KeptRuns)
    said: Callable[[str], None] = lambda _sentence: None  # what went wrong with a round


def keep_watch(watch: Watch, stop: threading.Event) -> RunResult:
    """Rounds until `stop` is set or all are done; returns the last one's result.

    A run that is interrupted ends the watch.
    """
    done = 0
    while True:
        begun = watch.clock()
        result = watch.run()
        changes = look_over(watch, result)
        problem = watch.kept.after_round(result.folder, changed=bool(changes))
        if problem is not None:
            watch.said(problem)
        done += 1
        if result.interrupted or (watch.rounds is not None and done >= watch.rounds):
            return result
        if stop.wait(max(watch.every - (watch.clock() - begun), 0.0)):
            return result


def look_over(watch: Watch, result: RunResult) -> list[Change]:
    """Puts one round into the history and tells what it changed."""
    now = watch.clock()
    looks = looks_of(result.verdicts, result.folder, now)
    open_before = watch.history.open_outages()
    outages, changes = follow(open_before, looks, watch.history.last_good())
    watch.history.add(looks, outages)
    write_watch_page(
        watch.page, looks=watch.history.looks(), outages=watch.history.outages(),
        every=watch.every, now=now, trouble=trouble_of(result),
    )  # fmt: skip
    for change in changes:
        watch.told(change)
    return changes


def trouble_of(result: RunResult) -> str:
    """Why a round settled nothing somewhere, in sentences; "" where it did. No outage of anyone."""
    own = [
        f"{verdict.scenario} on {verdict.device.name if verdict.device else 'no phone'}:"
        f" {verdict.summary}"
        for verdict in result.verdicts
        if verdict.outcome in {Outcome.INCONCLUSIVE, Outcome.NOT_RUN}
    ]
    said = [*result.unsuitable, *own]
    if not result.verdicts and not said:
        said = ["no scenario was run"]
    return " ".join(said)


def looks_of(verdicts: Sequence[Verdict], run: Path | None, now: float) -> list[Look]:
    """A look for each verdict of a scenario on a phone, at its end."""
    return [
        Look(
            at=_seconds(verdict.ended, now),
            phone=verdict.device.name,
            scenario=verdict.scenario,
            outcome=verdict.outcome,
            party=verdict.party,
            summary=plain(verdict.summary),
            run=run.as_uri() if run is not None else "",
        )
        for verdict in verdicts
        if verdict.device is not None and verdict.scenario is not None
    ]


def _seconds(iso: str | None, otherwise: float) -> float:
    try:
        return datetime.fromisoformat(iso).timestamp() if iso else otherwise
    except ValueError:
        return otherwise
