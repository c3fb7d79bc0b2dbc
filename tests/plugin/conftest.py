"""Each test has a run of its own, and a folder of scenarios."""

from __future__ import annotations

import pytest

import harness.plugin as plugin
from tests.plugin.fake_run import DEVICES, FakeRun


@pytest.fixture(autouse=True)
def fake_run(monkeypatch: pytest.MonkeyPatch) -> None:
    FakeRun.made, FakeRun.opening = [], None
    monkeypatch.setattr(plugin, "Run", FakeRun)


@pytest.fixture
def scenarios(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makefile(".yaml", devices=DEVICES)
    pytester.makeini(
        "[pytest]\nharness_scenarios = true\n"
        "addopts = -p no:randomly -p no:cacheprovider --tb=short --run-folder=run\n"
    )
    pytester.mkdir("run")
    return pytester
