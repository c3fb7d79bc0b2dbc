"""`harness watch --every 10m`: repeats what is safe, tells when an outage starts and ends."""

import re
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.adapters.places import clone_root, state_folder
from harness.cli.failure import UserError
from harness.cli.options import DeviceNames, DevicesFile, IncidentName
from harness.domain.outage import Change

if TYPE_CHECKING:
    from harness.session.watch.notify import Notifier

UNITS = {"s": 1, "m": 60, "h": 3600}
LEAST = 60.0
"""Seconds between two rounds: more often would itself be a load on the service."""


SafeNames = Annotated[
    list[str] | None, typer.Option("--scenario", help="Default: all that are safe to repeat.")
]
KeepRuns = Annotated[
    bool,
    typer.Option(
        "--keep-runs",
        help="Keep all run folders; else only the newest and those in which something changed.",
    ),
]


def watch(
    every: Annotated[str, typer.Option(help="From begin to begin: 90s, 10m, 1h.")] = "10m",
    device: DeviceNames = None,
    scenario: SafeNames = None,
    devices: DevicesFile = None,
    incident: IncidentName = None,
    page: Annotated[
        Path | None, typer.Option(help="Page that refreshes itself; default reports/watch.html.")
    ] = None,
    history: Annotated[
        Path | None, typer.Option(help="SQLite file; default in the state folder.")
    ] = None,
    hook: Annotated[
        str | None, typer.Option(help="Command that gets each change as JSON on stdin.")
    ] = None,
    webhook: Annotated[str | None, typer.Option(help="URL that gets each change by POST.")] = None,
    keep_runs: KeepRuns = False,
    rounds: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many; default: never.")
    ] = None,
) -> int:
    """Repeats what is safe to repeat, keeps history, tells when an outage starts and ends."""
    from harness.adapters.look_history import LookHistory
    from harness.cli.outcome import code_of
    from harness.cli.phones import chosen, require_attached
    from harness.cli.progress import shown
    from harness.session.jobs.job import ScenarioChoice
    from harness.session.run_on_phones import run_on_phones
    from harness.session.run_scenarios import RunResult
    from harness.session.watch.kept_runs import KeptRuns
    from harness.session.watch.notify import Notifier
    from harness.session.watch.rounds import Watch, keep_watch

    seconds = seconds_of(every)
    names = safe_names(scenario)
    entries = chosen(device, devices)
    require_attached(entries)

    def run() -> RunResult:
        choice = ScenarioChoice(tuple(names), devices=devices, incident=incident)
        with shown() as progress:
            return run_on_phones(entries, choice, named=True, shown=progress)

    shown_page = (page or clone_root() / "reports" / "watch.html").absolute()
    store = LookHistory(history or state_folder() / "watch.sqlite")
    kept = KeptRuns(keep_all=keep_runs)
    told = teller(Notifier(hook, webhook))
    plan = Watch(run, store, shown_page, seconds, told, rounds, kept=kept, said=say_problem)
    print(
        f"Watching {', '.join(names)} every {every}. Page: {shown_page}. Ctrl-C ends it.",
        flush=True,
    )
    try:
        result = keep_watch(plan, threading.Event())
    finally:
        store.close()
    return code_of(result)


def teller(notifier: "Notifier") -> Callable[[Change], None]:
    """Says a change here, then to the user's hook and webhook."""

    def told(change: Change) -> None:
        say_change(change)
        for problem in notifier.send(change):
            say_problem(problem)

    return told


def seconds_of(text: str) -> float:
    """ "10m" → 600. Raises UserError (2) for what is no duration or too short a one."""
    found = re.fullmatch(r"(\d+)([smh])", text.strip())
    if found is None:
        raise UserError(f"--every {text}: write a number and s, m or h, e.g. 10m")
    seconds = int(found[1]) * UNITS[found[2]]
    if seconds < LEAST:
        raise UserError(f"--every {text}: at least {LEAST:.0f}s; more often would be a load itself")
    return float(seconds)


def safe_names(wanted: list[str] | None) -> list[str]:
    """The scenarios to repeat. Raises UserError (2) for what is unknown or not safe."""
    from harness.session.watch.safe import told_scenarios

    known = {told.name: told for told in told_scenarios(clone_root() / "scenarios")}
    for name in wanted or []:
        if name not in known:
            raise UserError(f"no scenario is called {name!r}; there are: {', '.join(known)}")
        if (why_not := known[name].why_not) is not None:
            raise UserError(f"--scenario {name}: not repeated without a person, since {why_not}")
    names = wanted or [told.name for told in known.values() if told.why_not is None]
    if not names:
        raise UserError("no scenario is safe to repeat: all destroy data or spend a log-in")
    return names


def say_problem(sentence: str) -> None:
    """What the watch itself could not do; it goes on."""
    print(f"harness: {sentence}", file=sys.stderr, flush=True)


def say_change(change: Change) -> None:
    """One line with the time."""
    from harness.reporting.foreign_text import harmless
    from harness.reporting.outage_words import tell

    print(f"{datetime.now().astimezone():%H:%M:%S} {harmless(tell(change))}", flush=True)
