"""One phone runs here, many in processes of their own, attended ones in turn."""

from __future__ import annotations

from typing import Any

import pytest

from harness.domain.device import DeviceEntry
from harness.session import run_on_phones as module
from harness.session.jobs import run_jobs
from harness.session.jobs.job import ScenarioChoice
from harness.session.run_scenarios import RunResult


@pytest.mark.parametrize(
    ("phones", "attended", "named", "expected"),
    [
        (("a",), False, True, ("here", ["a"])),
        (("a",), False, False, ("here", [])),
        (("a", "b"), False, True, ("jobs", ["a", "b"])),
        (("a", "b"), True, True, ("here", ["a", "b"])),
    ],
    ids=["one", "the default one", "many", "many, one person"],
)
def test_where_scenarios_run(
    monkeypatch: pytest.MonkeyPatch,
    phones: tuple[str, ...], attended: bool, named: bool, expected: tuple[str, list[str]],
) -> None:  # fmt: skip
    called: list[tuple[str, list[str]]] = []

    def here(names: list[str], **_: Any) -> RunResult:
        called.append(("here", names))
        return RunResult()

    def jobs(entries: list[DeviceEntry], _choice: Any, **_: Any) -> RunResult:
        called.append(("jobs", [entry.name for entry in entries]))
        return RunResult()

    monkeypatch.setattr(module, "run_scenarios", here)
    monkeypatch.setattr(run_jobs, "run_jobs", jobs)

    module.run_on_phones(
        [DeviceEntry(name) for name in phones], ScenarioChoice(), named=named, attended=attended
    )
    assert called == [expected]
