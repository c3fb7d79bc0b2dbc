"""`harness run`: the scenarios on phones of devices.yaml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.adapters.places import clone_root
from harness.cli.failure import UserError
from harness.cli.lab import Certs
from harness.cli.options import (
    AllowDestructive,
    ArmName,
    AsJson,
    Attended,
    DeviceNames,
    DevicesFile,
    FaultNames,
    IncidentName,
    NoInterception,
    PlanOnly,
    ProfileName,
    ScenarioNames,
    SchedulerUrl,
    Where,
)
from harness.domain.removal import USUAL_ARM
from harness.domain.scenario_order import USUAL_ORDER

if TYPE_CHECKING:  # heavy: imported when a run begins
    from harness.session.jobs.job import ScenarioChoice
    from harness.session.run_scenarios import RunResult

MARK = re.compile(r'pytest\.mark\.scenario\(\s*"(?P<name>[\w-]+)"(?P<options>[^)]*)')
ORDER = re.compile(r"\border=(\d+)")


def run(
    device: DeviceNames = None,
    scenario: ScenarioNames = None,
    incident: IncidentName = None,
    fault: FaultNames = None,
    out: Annotated[Path | None, typer.Option(help="Run folder; default: below reports/.")] = None,
    devices: DevicesFile = None,
    profile: ProfileName = None,
    allow_destructive: AllowDestructive = False,
    arm: ArmName = USUAL_ARM,
    attended: Attended = False,
    no_interception: NoInterception = False,
    scheduler: SchedulerUrl = None,
    where: Where = None,
    certs: Certs = None,
    plan: PlanOnly = False,
    as_json: AsJson = False,
) -> int:
    """Runs the scenarios on phones of devices.yaml and judges what happened."""
    from harness.session.jobs.job import ScenarioChoice

    names = scenario_names(scenario or [])
    choice = ScenarioChoice(
        tuple(names) if scenario else (),
        devices=devices,
        out=out,
        incident=incident,
        profile=profile,
        allow_destructive=allow_destructive,
        arm=arm,
        interception=not no_interception,
        faults=tuple(injections(fault or [])),
    )
    if scheduler is not None:
        from harness.cli.lab_run import run_on_lab

        if plan or attended:
            raise UserError("--plan and --attended are for phones of this host, not of a lab")
        return _told(
            run_on_lab(
                scheduler, choice, scenarios=names, names=device or [], where=where or [],
                certs=certs,
            ),
            as_json=as_json,
        )  # fmt: skip
    if plan:
        return _plan(device, choice, names, as_json=as_json)
    return _run_here(device, choice, attended=attended, as_json=as_json)


def _run_here(
    device: list[str] | None, choice: ScenarioChoice, *, attended: bool, as_json: bool
) -> int:
    from harness.adapters.profile_file import load_profile
    from harness.cli.phones import chosen, require_attached
    from harness.cli.progress import shown
    from harness.session.run_on_phones import run_on_phones

    entries = chosen(device, choice.devices)
    for name in dict.fromkeys(choice.profile or entry.profile for entry in entries):
        load_profile(name)  # what is wrong with it is told before anything is started
    require_attached(entries)
    with shown(to_stderr=as_json, attended=attended) as progress:
        result = run_on_phones(
            entries, choice, named=bool(device), attended=attended, shown=progress
        )
    return _told(result, as_json=as_json)


def _plan(
    device: list[str] | None, choice: ScenarioChoice, names: list[str], *, as_json: bool
) -> int:
    from harness.cli.phones import chosen
    from harness.cli.plan import print_plan

    return print_plan(
        chosen(device, choice.devices), names, arm=choice.arm,
        allow_destructive=choice.allow_destructive, as_json=as_json,
    )  # fmt: skip


def _told(result: RunResult, *, as_json: bool) -> int:
    from harness.cli.outcome import code_of, print_result

    print_result(result, as_json=as_json)
    return code_of(result)


def injections(texts: list[str]) -> list[str]:
    """The same texts. Raises UserError (2) for one that cannot be read."""
    from harness.session.injection import parse_injection

    for text in texts:
        try:
            parse_injection(text)
        except ValueError as error:
            raise UserError(str(error)) from error
    return texts


def known_scenarios(folder: Path) -> list[str]:
    """Names of the `scenario` markers, in the order in which they run."""
    found: list[tuple[int, str]] = []
    for file in sorted(folder.glob("test_*.py")):
        for mark in MARK.finditer(file.read_text(encoding="utf-8")):
            order = ORDER.search(mark["options"])
            found.append((int(order[1]) if order else USUAL_ORDER, mark["name"]))
    return [name for _, name in sorted(found, key=lambda entry: entry[0])]


def scenario_names(wanted: list[str]) -> list[str]:
    """The scenarios asked for, else all. Raises UserError (2) for one that there is not."""
    known = known_scenarios(clone_root() / "scenarios")
    for name in wanted:
        if name not in known:
            raise UserError(f"no scenario is called {name!r}; there are: {', '.join(known)}")
    return wanted or known
