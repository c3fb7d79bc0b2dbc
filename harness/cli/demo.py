"""`harness demo`: health, the incident, and the incident with the phone that cannot be read."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from harness.adapters.places import clone_root
from harness.cli.failure import UserError

HARNESS_ERROR = 10


@dataclass(frozen=True, slots=True)
class Act:
    """One run of the demo."""

    label: str
    phone: str
    incident: str


def acts(incident: str) -> list[Act]:
    """In the order in which they are run."""
    return [
        Act("In health", "sim", "none"),
        Act(f"Incident: {incident}", "sim", incident),
        Act(f"Incident: {incident}, on a phone whose app refuses our certificate", "sim-retail",
            incident),
    ]  # fmt: skip


def demo(
    incident: Annotated[
        str, typer.Option(help="State of the simulated service in the second act.")
    ] = "login-outage",
) -> int:
    """Runs the scenarios on simulated phones, in health and in an incident; shows the verdicts."""
    from harness.cli.outcome import print_result
    from harness.cli.phones import entries_of
    from harness.cli.progress import shown
    from harness.session.run_scenarios import RunResult, run_scenarios

    devices = clone_root() / "devices.yaml"
    known = {entry.name for entry in entries_of(devices)}
    console = Console()
    done: list[tuple[Act, RunResult]] = []
    for act in acts(incident):
        if act.phone not in known:
            raise UserError(f"{devices}: the demo needs the phone {act.phone!r}")
        console.rule(Text(act.label), align="left")
        with shown() as progress:
            result = run_scenarios(
                [act.phone],
                devices=devices,
                incident=act.incident,
                allow_destructive=True,
                progress=progress,
            )
        print_result(result, as_json=False)
        done.append((act, result))
    link_runs([(act.label, result.folder) for act, result in done])
    console.rule(Text("The demo in short"), align="left")
    for act, result in done:
        console.print(Text(f"{act.label}:", style="bold"))
        for verdict in result.verdicts:
            console.print(Text(f"  {verdict.summary}"))
    console.print("Everything above was run on simulated phones; the reports lie in:")
    for act, result in done:
        console.print(Text(f"  {result.folder}  ({act.label})"), soft_wrap=True)
    complete = all(result.verdicts and not result.problems for _, result in done)
    return 0 if complete else HARNESS_ERROR


def link_runs(runs: list[tuple[str, Path | None]]) -> None:
    """Each run's page links the others; reports/latest is the incident's on the open phone."""
    from harness.reporting.build import build_reports
    from harness.reporting.manifest import read_manifest, write_manifest
    from harness.session.run_folder import link_latest

    present = [(label, folder) for label, folder in runs if folder is not None]
    for _, folder in present:
        others = [
            {"run_id": other.name, "label": label} for label, other in present if other != folder
        ]
        content = read_manifest(folder)
        content.pop("schema", None)
        write_manifest(folder, {**content, "linked_runs": others})
        build_reports(folder, allure=False)
    if len(present) > 1:
        link_latest(present[1][1])
