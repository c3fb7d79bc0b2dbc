"""A run as `harness run` and `harness watch` mean it: on one phone, or on many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from harness.domain.device import DeviceEntry
from harness.session.jobs.crew import Listener
from harness.session.jobs.job import ScenarioChoice
from harness.session.run_scenarios import RunResult, run_scenarios


class Shown(Protocol):
    """A pytest plugin for a run in this process, with the listener that it feeds."""

    @property
    def progress(self) -> Listener:
        """For runs whose scenarios are in other processes."""
        ...


def run_on_phones(
    entries: Sequence[DeviceEntry],
    choice: ScenarioChoice,
    *,
    named: bool,
    attended: bool = False,
    shown: Shown | None = None,
) -> RunResult:
    """One phone in this process; many at the same time, each in its own.

    With `attended` the phones take turns: one person answers at one phone. `named`: the
    user asked for the phones by name.
    """
    if len(entries) > 1 and not attended:
        from harness.session.jobs.run_jobs import run_jobs

        listener = shown.progress if shown is not None else None
        return run_jobs(entries, choice, named=named, listener=listener)
    return run_scenarios(
        [entry.name for entry in entries] if named else [],
        scenarios=choice.scenarios,
        devices=choice.devices,
        out=choice.out,
        incident=choice.incident,
        profile=choice.profile,
        allow_destructive=choice.allow_destructive,
        arm=choice.arm,
        attended=attended,
        interception=choice.interception,
        folder=choice.folder,
        progress=shown,
        faults=choice.faults,
    )
