"""Scenarios started from a program, and what is heard of them."""

from __future__ import annotations

import pytest

from harness.cli.progress import ProgressHooks
from harness.reporting.progress import Progress
from harness.session.run_scenarios import RunResult, plugin_arguments, run_scenarios
from tests.plugin.fake_run import PASSES, FakeRun

pytest_plugins = ["pytester"]


def test_running_scenarios_from_a_program(scenarios: pytest.Pytester) -> None:
    scenarios.makepyfile(PASSES)
    (scenarios.path / "pytest.ini").write_text((scenarios.path / "tox.ini").read_text())
    out = scenarios.path / "elsewhere"
    out.mkdir()

    result = run_scenarios(
        ["two"], out=out, folder=scenarios.path, incident="slow", interception=False
    )

    assert (result.pytest_exit, result.interrupted, result.usage) == (0, False, False)
    assert result.folder == out
    assert [verdict.scenario for verdict in result.verdicts] == ["login"]
    assert FakeRun.made[0].request.incident == "slow"
    assert FakeRun.made[0].request.interception is False
    assert RunResult(pytest_exit=2).interrupted
    assert plugin_arguments() in ([], ["-p", "harness.plugin"])


def test_progress_hears_steps_and_verdicts_and_pytest_is_kept_back(
    scenarios: pytest.Pytester, capfd: pytest.CaptureFixture[str]
) -> None:
    scenarios.makepyfile(
        "import pytest\n@pytest.mark.scenario('login')\n"
        "def test_log_in(app, step):\n    step.listener('submit', 'begun')\n"
    )
    (scenarios.path / "pytest.ini").write_text((scenarios.path / "tox.ini").read_text())
    lines: list[str] = []
    (scenarios.path / "out").mkdir()

    run_scenarios(
        ["one"], out=scenarios.path / "out", folder=scenarios.path,
        progress=ProgressHooks(Progress(lines.append)),
    )  # fmt: skip

    assert lines[0] == "one login: submit …"
    assert lines[1].startswith("one login: ")
    assert "test session" not in capfd.readouterr().out


def test_pytest_is_heard_when_it_could_not_do_its_work(
    scenarios: pytest.Pytester, capfd: pytest.CaptureFixture[str]
) -> None:
    scenarios.makepyfile("import no_such_module_of_ours")
    (scenarios.path / "pytest.ini").write_text((scenarios.path / "tox.ini").read_text())
    (scenarios.path / "out").mkdir()

    result = run_scenarios(
        ["one"], out=scenarios.path / "out", folder=scenarios.path,
        progress=ProgressHooks(Progress()),
    )  # fmt: skip

    assert result.pytest_exit not in {0, 1}
    assert "no_such_module_of_ours" in capfd.readouterr().err
