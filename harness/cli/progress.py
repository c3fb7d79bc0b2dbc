"""Shows a run while it goes on: a live table in a terminal, else one plain line a change."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime

import pytest
from rich.console import Console
from rich.live import Live

from harness.domain.verdict import Verdict
from harness.reporting.progress import Progress
from harness.session.scenario_run import ScenarioRun


class ProgressHooks:
    """Feeds a Progress from the plugin's hooks."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    @pytest.hookimpl(optionalhook=True)
    def pytest_harness_step(self, run: ScenarioRun, title: str, state: str) -> None:
        """Called by the plugin at the begin and the end of each step."""
        self.progress.step(run.session.entry.name, run.name, title, state)

    @pytest.hookimpl(optionalhook=True)
    def pytest_harness_verdict(self, verdict: Verdict) -> None:
        """Called by the plugin when a scenario was judged."""
        self.progress.over(verdict)


@contextmanager
def shown(*, to_stderr: bool = False, attended: bool = False) -> Generator[ProgressHooks]:
    """Hooks for `run_scenarios`; what they hear is drawn until the end.

    `to_stderr`: stdout belongs to a JSON document. `attended`: a person is asked things in
    between, so nothing is redrawn. Pytest captures the file descriptor of the output, hence
    a copy of it.
    """
    with os.fdopen(os.dup(2 if to_stderr else 1), "w", encoding="utf-8") as stream:
        console = Console(file=stream)
        if is_live(console, attended=attended):
            progress = Progress()
            with Live(get_renderable=progress.table, console=console, transient=True,
                      redirect_stdout=False, redirect_stderr=False):  # fmt: skip
                yield ProgressHooks(progress)
        else:
            yield ProgressHooks(Progress(lambda line: plain(console, line)))


def is_live(console: Console, *, attended: bool) -> bool:
    """A terminal that can be redrawn, and no CI that keeps every line."""
    return console.is_terminal and not console.is_dumb_terminal and not (
        attended or os.environ.get("CI")
    )  # fmt: skip


def plain(console: Console, line: str) -> None:
    """ "12:03:04 sim login: submit log-in …"."""
    now = datetime.now().astimezone().strftime("%H:%M:%S")
    console.print(f"{now} {line}", markup=False, highlight=False, soft_wrap=True)
