"""`harness run`: the scenarios on phones of devices.yaml."""

import re
from pathlib import Path
from typing import Annotated

import typer

from harness.adapters.places import clone_root
from harness.cli.failure import UserError
from harness.cli.lab import Certs
from harness.cli.options import (
    AsJson,
    Attended,
    DeviceNames,
    DevicesFile,
    FaultNames,
    IncidentName,
    NoInterception,
    PlanOnly,
    ProfileName,
)
from harness.domain.removal import USUAL_ARM, Arm
from harness.domain.scenario_order import USUAL_ORDER

MARK = re.compile(r'pytest\.mark\.scenario\(\s*"(?P<name>[\w-]+)"(?P<options>[^)]*)')
ORDER = re.compile(r"\border=(\d+)")


def run(
    device: DeviceNames = None,
    scenario: Annotated[
        list[str] | None, typer.Option("--scenario", help="Name of a scenario; default: all.")
    ] = None,
    incident: IncidentName = None,
    fault: FaultNames = None,
    out: Annotated[Path | None, typer.Option(help="Run folder; default: below reports/.")] = None,
    devices: DevicesFile = None,
    profile: ProfileName = None,
    allow_destructive: Annotated[
        bool,
        typer.Option("--allow-destructive", help="With destructive: true in devices.yaml."),
    ] = False,
    arm: Annotated[
        Arm, typer.Option(help="What the reinstall scenario does to the app.")
    ] = USUAL_ARM,
    attended: Attended = False,
    no_interception: NoInterception = False,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="tls://HOST:PORT", help="On the phones of a lab (harness lab)."),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="LABEL=VALUE", help="Only such phones of the lab."),
    ] = None,
    certs: Certs = None,
    plan: PlanOnly = False,
    as_json: AsJson = False,
) -> int:
    """Runs the scenarios on phones of devices.yaml and judges what happened."""
    from harness.cli.outcome import code_of, print_result
    from harness.cli.phones import chosen, require_attached
    from harness.cli.progress import shown
    from harness.session.jobs.job import ScenarioChoice
    from harness.session.run_on_phones import run_on_phones

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
        result = run_on_lab(
            scheduler, choice, scenarios=names, names=device or [], where=where or [], certs=certs
        )
        print_result(result, as_json=as_json)
        return code_of(result)
    entries = chosen(device, devices)
    if plan:
        from harness.cli.plan import print_plan

        return print_plan(
            entries, names, arm=arm, allow_destructive=allow_destructive, as_json=as_json
        )
    require_attached(entries)
    with shown(to_stderr=as_json, attended=attended) as progress:
        result = run_on_phones(
            entries, choice, named=bool(device), attended=attended, shown=progress
        )
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
