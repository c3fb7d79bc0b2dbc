"""`harness demo`: health, the incident, and the incident with the phone that cannot be read."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from harness.adapters.places import clone_root
from harness.cli.acts import Played, acts, command, play
from harness.cli.failure import UserError

HARNESS_ERROR = 10
PAGES = ("index.html", "allure-report/index.html")
UNFIT = frozenset({2, 3, 10, 18, 19, 20})
"""Exit codes of a run that did not do its job; the others say what was found."""


def demo(
    incident: Annotated[
        str, typer.Option(help="State of the simulated service in the second act.")
    ] = "login-outage",
) -> int:
    """Runs the scenarios on simulated phones, in health and in an incident; shows the verdicts."""
    from harness.cli.phones import entries_of

    devices = clone_root() / "devices.yaml"
    known = {entry.name for entry in entries_of(devices)}
    chosen = acts(incident)
    for act in chosen:
        if act.phone not in known:
            raise UserError(f"{devices}: the demo needs the phone {act.phone!r}")
    console = Console()
    console.print(f"{len(chosen)} runs side by side; each line begins with its run.")
    with tempfile.TemporaryDirectory(prefix="harness-demo-") as folder:
        played = play(chosen, Path(folder), partial(command, devices=devices), console)
    link_runs([(one.act.label, one.folder) for one in played])
    complete = [tell(console, one) for one in played]
    console.rule(Text("The reports"), align="left")
    console.print("Everything above was run on simulated phones; the reports lie in:")
    for one in played:
        console.print(Text(f"  {one.folder or 'nowhere'}  ({one.act.label})"), soft_wrap=True)
    return 0 if all(complete) else HARNESS_ERROR


def tell(console: Console, played: Played) -> bool:
    """Prints what came of an act; whether it did its job, whatever the verdicts are."""
    from harness.adapters.verdict_file import VerdictFileError, read_verdicts
    from harness.cli.outcome import print_result
    from harness.session.run_scenarios import RunResult

    console.rule(Text(played.act.label), align="left")
    try:
        if played.folder is None:
            raise VerdictFileError(f"it ended with exit code {played.code} and no report")
        verdicts, incidents = read_verdicts(played.folder / "verdicts.json")
    except (VerdictFileError, OSError) as error:
        console.print(Text(f"harness: the run could not be read: {error}\n{played.said}"))
        return False
    print_result(RunResult(played.folder, verdicts, incidents), as_json=False)
    whole = all((played.folder / page).is_file() for page in PAGES)
    return bool(verdicts) and whole and played.code not in UNFIT


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
