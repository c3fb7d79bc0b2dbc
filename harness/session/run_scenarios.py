"""Runs the scenarios by pytest, in this process, and says what came of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from importlib import metadata
from io import StringIO
from pathlib import Path

import pytest

from harness.adapters.places import clone_root
from harness.domain.removal import USUAL_ARM, Arm
from harness.domain.verdict import Incident, Verdict
from harness.session.jobs.job import Job
from harness.session.run import Run

PLUGIN = "harness.plugin"
MOST_SAID = 4000
"""Characters of pytest's own words that are shown when it could not do its work."""


@dataclass(slots=True)
class RunResult:
    """What `harness run` needs for its table and exit code."""

    folder: Path | None = None
    verdicts: list[Verdict] = field(default_factory=list[Verdict])
    incidents: list[Incident] = field(default_factory=list[Incident])
    pytest_exit: int = 0  # pytest.ExitCode
    unsuitable: list[str] = field(default_factory=list[str])  # exit code 18
    problems: list[str] = field(default_factory=list[str])

    @property
    def interrupted(self) -> bool:
        """Ctrl-C (exit code 19)."""
        return self.pytest_exit == pytest.ExitCode.INTERRUPTED

    @property
    def usage(self) -> bool:
        """Pytest could not even begin (exit code 2)."""
        return self.pytest_exit == pytest.ExitCode.USAGE_ERROR


class Collector:
    """Takes over the run from the plugin's hook; tells the plugin which job this is, if any."""

    def __init__(self, result: RunResult, job: Job | None = None) -> None:
        self._result = result
        self.job = job

    @pytest.hookimpl(optionalhook=True)
    def pytest_harness_run_finished(self, run: Run) -> None:
        """Called by the plugin when everything is closed."""
        self._result.folder = run.folder.path
        self._result.verdicts = list(run.verdicts)
        self._result.incidents = list(run.incidents)
        self._result.unsuitable = list(run.unsuitable)
        self._result.problems = list(run.problems)


def run_scenarios(
    phones: Sequence[str] = (),
    *,
    scenarios: Sequence[str] = (),
    devices: Path | None = None,
    out: Path | None = None,
    incident: str | None = None,
    profile: str | None = None,
    allow_destructive: bool = False,
    arm: Arm = USUAL_ARM,
    attended: bool = False,
    interception: bool = True,
    folder: Path | None = None,
    progress: object | None = None,
    faults: Sequence[str] = (),
    job: Job | None = None,
) -> RunResult:
    """Runs `scenarios` (names of the marker; none = all) on `phones` (none = the default).

    `folder`: where the scenario modules lie, default scenarios/ of the clone. `progress`:
    a pytest plugin that shows how it goes; what pytest itself says is then kept back, and
    only shown when it could not do its work. `job`: this process works for one phone of many.
    """
    where = folder if folder is not None else clone_root() / "scenarios"
    arguments = ["-c", str(where / "pytest.ini"), str(where), *plugin_arguments()]
    arguments += [f"--phone={name}" for name in phones]
    arguments += [f"--scenario={name}" for name in scenarios]
    arguments += [f"--fault={text}" for text in faults]
    for option, value in (
        ("--devices", devices),
        ("--run-folder", out),
        ("--incident", incident),
        ("--app-profile", profile),
    ):
        if value is not None:
            arguments.append(f"{option}={value}")
    arguments += ["--allow-destructive"] if allow_destructive else []
    arguments += [] if interception else ["--no-interception"]
    arguments += [f"--arm={arm}"]
    arguments += ["--attended", "-s"] if attended else []
    arguments += ["-q", "--no-header"]
    result = RunResult()
    plugins: list[object] = [Collector(result, job)]
    if progress is None or attended:
        result.pytest_exit = int(pytest.main(arguments, plugins=plugins))
        return result
    said = StringIO()
    with redirect_stdout(said):
        result.pytest_exit = int(pytest.main(arguments, plugins=[*plugins, progress]))
    if result.pytest_exit not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        sys.stderr.write(said.getvalue()[-MOST_SAID:])
    return result


def plugin_arguments() -> list[str]:
    """Loads the plugin where its entry point is not installed; twice would be an error."""
    points = metadata.entry_points(group="pytest11")
    return [] if any(point.value == PLUGIN for point in points) else ["-p", PLUGIN]
