"""`harness run --plan`: time, log-ins, data and what would be destroyed; does nothing."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from rich.console import Console
from rich.table import Table

from harness.domain.device import DeviceEntry

# Rough figures for planning: a log-in took 10 to 20 s on simulated phones; a real phone starts
# its sessions and its app more slowly.
SECONDS = {"login": 60}
MEGABYTES = {"login": 10}
LOG_INS = {"login": 1}
DESTROYS: dict[str, str] = {}
"""Scenarios that lose something on the phone, and what."""
USUAL_SECONDS, USUAL_MEGABYTES = 60, 10


@dataclass(frozen=True, slots=True)
class Planned:
    """One scenario on one phone. `destroys` is None where nothing is lost."""

    phone: str
    scenario: str
    seconds: int
    megabytes: int
    log_ins: int
    destroys: str | None
    runs: bool  # False: consent is missing, it would end as not_run


def planned(
    entries: Sequence[DeviceEntry], scenarios: Sequence[str], *, allow_destructive: bool
) -> list[Planned]:
    """What a run with these options would do."""
    return [
        Planned(
            entry.name,
            name,
            SECONDS.get(name, USUAL_SECONDS),
            MEGABYTES.get(name, USUAL_MEGABYTES),
            LOG_INS.get(name, 0),
            DESTROYS.get(name),
            runs=name not in DESTROYS or (entry.destructive and allow_destructive),
        )
        for entry in entries
        for name in scenarios
    ]


def print_plan(
    entries: Sequence[DeviceEntry],
    scenarios: Sequence[str],
    *,
    allow_destructive: bool,
    as_json: bool,
) -> int:
    """Prints the plan; always ends with 0."""
    rows = planned(entries, scenarios, allow_destructive=allow_destructive)
    if as_json:
        sys.stdout.write(msgspec.json.encode({"plan": rows}).decode() + "\n")
        return 0
    table = Table(box=None, pad_edge=False)
    for heading in ("Phone", "Scenario", "About", "Data", "Log-ins", "Destroys"):
        table.add_column(heading)
    for row in rows:
        destroys = row.destroys or "nothing"
        table.add_row(
            row.phone,
            row.scenario,
            f"{row.seconds} s" if row.runs else "not run: no consent",
            f"{row.megabytes} MB",
            str(row.log_ins),
            destroys if row.runs else f"nothing (would be: {destroys})",
        )
    Console().print(table)
    return 0
