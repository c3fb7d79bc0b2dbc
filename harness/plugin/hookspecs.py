"""Hooks that other pytest plugins may implement."""

from __future__ import annotations

import pytest

from harness.domain.verdict import Verdict
from harness.session.run import Run


@pytest.hookspec
def pytest_harness_verdict(item: pytest.Item, verdict: Verdict) -> None:
    """A scenario was judged. The verdict never changes pass or fail."""


@pytest.hookspec
def pytest_harness_run_finished(run: Run) -> None:
    """All phones are given back; verdicts and reports are written."""
