"""`harness run --plan`: time, log-ins, data and what would be destroyed; does nothing."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec
from rich.console import Console
from rich.table import Table

from harness.adapters.profile_file import load_profile
from harness.cli.removal_plan import (
    NO_REMOVAL,
    RemovalPlan,
    look_for_plan,
    plan_removal,
    tell_copies,
)
from harness.domain.device import DeviceEntry
from harness.domain.removal import Arm

# Rough figures for planning: a log-in took 10 to 20 s on simulated phones; a real phone starts
# its sessions and its app more slowly.
SECONDS = {"login": 60, "offline_content": 150, "reinstall": 150}
MEGABYTES = {"login": 10, "offline_content": 1, "reinstall": 15}
LOG_INS = {"login": 1, "reinstall": 1}
DESTRUCTIVE = frozenset({"reinstall"})
"""Scenarios that lose something on the phone."""
USUAL_SECONDS, USUAL_MEGABYTES = 60, 10


@dataclass(frozen=True, slots=True)
class Planned:
    """One scenario on one phone. `destroys` is None where nothing is lost."""

    phone: str
    scenario: str
    seconds: int
    megabytes: int
    log_ins: int  # at most; the reinstall asks for one only if the log-in scenario left it
    destroys: str | None
    runs: bool  # False: consent is missing, it would end as not_run
    logs_out: bool = False
    saved_first: str = ""
    not_saved: str = ""
    copies: tuple[str, ...] = ()  # what becomes of other users' copies


def planned(
    entries: Sequence[DeviceEntry], scenarios: Sequence[str], *, arm: Arm, allow_destructive: bool
) -> list[Planned]:
    """What a run with these options would do."""
    rows: list[Planned] = []
    for entry in entries:
        for name in scenarios:
            cost = _cost(entry, arm) if name in DESTRUCTIVE else NO_REMOVAL
            rows.append(
                Planned(
                    entry.name,
                    name,
                    SECONDS.get(name, USUAL_SECONDS),
                    MEGABYTES.get(name, USUAL_MEGABYTES),
                    LOG_INS.get(name, 0),
                    cost.destroys,
                    runs=name not in DESTRUCTIVE or (entry.destructive and allow_destructive),
                    logs_out=cost.logs_out,
                    saved_first=cost.saved_first,
                    not_saved=cost.not_saved,
                    copies=cost.copies,
                )
            )
    return rows


def print_plan(
    entries: Sequence[DeviceEntry],
    scenarios: Sequence[str],
    *,
    arm: Arm,
    allow_destructive: bool,
    as_json: bool,
) -> int:
    """Prints the plan; always ends with 0."""
    rows = planned(entries, scenarios, arm=arm, allow_destructive=allow_destructive)
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
    console = Console()
    console.print(table)
    for line in (*_totals(rows), *_before(entries)):
        console.print(line, markup=False, soft_wrap=True)
    for row in rows:
        for line in _losses(row):
            console.print(line, markup=False, soft_wrap=True)
    return 0


def _totals(rows: Sequence[Planned]) -> list[str]:
    """Phone by phone: its scenarios run one after the other."""
    lines: list[str] = []
    for phone in dict.fromkeys(row.phone for row in rows):
        mine = [row for row in rows if row.phone == phone and row.runs]
        seconds, data = sum(row.seconds for row in mine), sum(row.megabytes for row in mine)
        tries = min(1, sum(row.log_ins for row in mine))  # the ledger allows one a run
        lines.append(
            f"{phone}: about {seconds // 60} min {seconds % 60:02d} s, {data} MB,"
            f" {'at most one log-in' if tries else 'no log-in'}"
        )
    return lines


def _before(entries: Sequence[DeviceEntry]) -> list[str]:
    """What happens to a phone before its first scenario."""
    lines: list[str] = []
    for entry in entries:
        if entry.app_file is not None:
            lines.append(f"{entry.name} first gets {entry.app_file}, where another build is there")
        if entry.pin:
            wanted = " ".join(text for text in (entry.pin.version, entry.pin.signer) if text)
            lines.append(f"{entry.name} flags results of another build than {wanted}")
        if entry.avd_start.wipe:
            lines.append(f"{entry.name} deletes all data of the emulator {entry.avd} first")
    return lines


def _cost(entry: DeviceEntry, arm: Arm) -> RemovalPlan:
    profile = load_profile(entry.profile)
    package = profile.packages[0] if profile.packages else ""
    tier, copies = look_for_plan(entry, package)
    plan = plan_removal(profile.storage, arm, tier)
    return replace(plan, copies=tell_copies(entry, arm, copies))


def _losses(row: Planned) -> list[str]:
    head = f"{row.scenario} on {row.phone}"
    copies = [f"{head} {told}" for told in row.copies]
    if not row.logs_out:
        return copies
    logged_out = (
        f"{head} logs the app out; it logs in again only if the account has a log-in left in this"
        " run, and a log-in service that is down leaves it logged out until what was saved is"
        " put back."
    )
    return [
        f"{head} saves first: {row.saved_first}",
        f"{head} cannot save: {row.not_saved}",
        logged_out,
        *copies,
    ]
