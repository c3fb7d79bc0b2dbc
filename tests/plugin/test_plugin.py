"""The plugin in a pytest of its own, with a run that needs no phone."""

from __future__ import annotations

import json

import pytest

from harness.ports import InstrumentError
from harness.session.account import AccountError
from harness.session.run_context import UnsuitablePhoneError
from tests.plugin.fake_run import PASSES, FakeRun, run

pytest_plugins = ["pytester"]


def test_a_scenario_that_passed(scenarios: pytest.Pytester) -> None:
    scenarios.makepyfile(PASSES)

    result = run(scenarios)

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["login on one: passed, none (95%): It is the server."])
    (made,) = FakeRun.made
    assert (made.ended, made.released, made.closed) == ([None], ["one"], True)


def test_every_chosen_phone_runs_every_scenario(scenarios: pytest.Pytester) -> None:
    scenarios.makepyfile(PASSES)

    run(scenarios, "--phone=one", "--phone=two").assert_outcomes(passed=2)

    assert FakeRun.made[0].released == ["one", "two"]


def test_a_verdict_stands_beside_the_result_and_changes_it_not(
    scenarios: pytest.Pytester,
) -> None:
    scenarios.makepyfile("def test_log_in(app):\n    assert False, 'not logged in'\n")

    result = run(scenarios)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*harness verdict*", "failed, server (95%), rule http_*"])
    junit = (scenarios.path / "run" / "junit.xml").read_text()
    assert '<property name="party" value="server"' in junit
    assert '<property name="rule" value="http_server_error"' in junit


def test_allure_gets_verdict_labels_and_attachments(scenarios: pytest.Pytester) -> None:
    scenarios.makepyfile("def test_log_in(app):\n    assert False, 'not logged in'\n")

    run(scenarios)

    (file,) = (scenarios.path / "run" / "allure-results").glob("*-result.json")
    result = json.loads(file.read_text())
    labels = {label["name"]: label["value"] for label in result["labels"]}
    assert (labels["party"], labels["rule"]) == ("server", "http_server_error")
    assert result["status"] == "failed"
    assert result["statusDetails"]["message"].startswith("[server] It is the server.")
    assert [item["name"] for item in result["attachments"]] == ["verdict.json"]


@pytest.mark.parametrize(
    ("raised", "reason"),
    [
        ("BlockedError('captcha', 'a captcha is shown')", "*blocked: a captcha is shown*"),
        ("NotRunError('start_state', 'logged in')", "*not run: logged in (start_state)*"),
    ],
)
def test_gates_and_what_cannot_run_are_skips_with_their_reason(
    raised: str, reason: str, scenarios: pytest.Pytester
) -> None:
    scenarios.makepyfile(
        "from harness.screens.errors import BlockedError\n"
        "from harness.session.steps import NotRunError\n"
        f"def test_log_in(app):\n    raise {raised}\n"
    )

    result = run(scenarios, "-rs")

    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines([reason])
    assert type(FakeRun.made[0].ended[0]).__name__ == raised.partition("(")[0]


def test_one_try_is_all_there_is(scenarios: pytest.Pytester) -> None:
    scenarios.makepyfile("def test_log_in(account):\n    account.take_log_in()\n")
    run(scenarios).assert_outcomes(skipped=1)
    scenarios.makepyfile("def test_log_in(account):\n    account.password.reveal()\n")
    run(scenarios).assert_outcomes(skipped=1)


def test_an_instrument_that_fails_at_the_start_is_broken_not_failed(
    scenarios: pytest.Pytester,
) -> None:
    FakeRun.opening = InstrumentError("adb", "connect", "refused")
    scenarios.makepyfile(PASSES)

    result = run(scenarios)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*adb: connect: refused*"])
    (made,) = FakeRun.made
    assert made.released == ["one"]
    assert made.problems == ["phone one could not be made ready: adb: connect: refused"]


@pytest.mark.parametrize(
    "error", [UnsuitablePhoneError("phone 'one' is absent"), AccountError("no password")]
)
def test_a_phone_that_does_not_fit_is_kept_for_the_exit_code(
    error: Exception, scenarios: pytest.Pytester
) -> None:
    FakeRun.opening = error
    scenarios.makepyfile(PASSES)

    run(scenarios).assert_outcomes(skipped=1)

    assert FakeRun.made[0].unsuitable == [str(error)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--phone=three",), "*'three' is not known*"),
        (("--devices=absent.yaml",), "*absent.yaml: cannot be read*"),
        (("--scenario=log-in",), "*unknown scenario log-in; known: login*"),
    ],
)
def test_wrong_words_are_usage_errors_in_one_sentence(
    words: tuple[str, ...], said: str, scenarios: pytest.Pytester
) -> None:
    scenarios.makepyfile(PASSES)

    result = run(scenarios, *words)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([said])


def test_one_scenario_is_chosen_by_name(scenarios: pytest.Pytester) -> None:
    scenarios.makepyfile(PASSES + "\ndef test_other(app): pass\n")

    run(scenarios, "--scenario=login").assert_outcomes(passed=1, deselected=1)


def test_other_plugins_hear_of_verdicts(scenarios: pytest.Pytester) -> None:
    scenarios.makepyfile(PASSES)
    scenarios.makeconftest(
        "from pathlib import Path\n"
        "def heard(text): Path('heard.txt').open('a').write(text + ' ')\n"
        "def pytest_harness_verdict(item, verdict): heard(verdict.rule)\n"
        "def pytest_harness_run_finished(run): heard(str(len(run.verdicts)))\n"
    )

    run(scenarios)

    assert (scenarios.path / "heard.txt").read_text() == "http_server_error 1 "


def test_it_is_idle_in_any_other_pytest(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_plain():\n    assert True\n")

    result = run(pytester)

    result.assert_outcomes(passed=1)
    assert not FakeRun.made
    result.stdout.no_fnmatch_line("*verdicts*")


def test_scenarios_run_in_their_declared_order(scenarios: pytest.Pytester) -> None:
    body = "import pytest\n\n"
    for name, order in (("reinstall", 40), ("offline", 10), ("usual", None), ("login", 30)):
        extra = "" if order is None else f", order={order}"
        body += f"@pytest.mark.scenario('{name}'{extra})\ndef test_{name}(app): pass\n\n"
    scenarios.makepyfile(body)
    run(scenarios, "--phone=one", "--phone=two").assert_outcomes(passed=8)
    order = [(verdict.device.name, verdict.scenario) for verdict in FakeRun.made[0].verdicts
             if verdict.device]  # fmt: skip
    names = ["offline", "usual", "login", "reinstall"]
    assert order == [(phone, name) for phone in ("one", "two") for name in names]
