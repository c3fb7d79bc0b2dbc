"""Hooks that other pytest plugins may implement."""

from __future__ import annotations

import pytest

from harness.domain.verdict import Verdict
from harness.session.run import Run
from harness.session.scenario_run import ScenarioRun


@pytest.hookspec
def pytest_harness_verdict(item: pytest.Item, verdict: Verdict) -> None:
    """A scenario was judged. The verdict never changes pass or fail."""


@pytest.hookspec
def pytest_harness_step(run: ScenarioRun, title: str, state: str) -> None:
    """A step of a scenario; `state` is begun, done or failed."""


@pytest.hookspec
def pytest_harness_run_finished(run: Run) -> None:
    """All phones are given back; verdicts and reports are written."""
