"""The plugin in a pytest of its own, with a run that needs no phone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest

import harness.plugin as plugin
from harness.cli.progress import ProgressHooks
from harness.domain.verdict import Candidate, DeviceLabel, Verdict
from harness.domain.vocabulary import Layer, Outcome, Party, Visibility
from harness.plugin.clean_reports import clean_report, cleaner
from harness.ports import InstrumentError
from harness.reporting.progress import Progress
from harness.session.account import AccountError
from harness.session.phone_session import UnsuitablePhoneError
from harness.session.run_folder import RunFolder
from harness.session.run_scenarios import RunResult, plugin_arguments, run_scenarios
from harness.session.steps import NotRunError

pytest_plugins = ["pytester"]

DEVICES = "phones:\n  one: {serial: S1, default: true}\n  two: {serial: S2, destructive: true}\n"


class StepsByName(str):  # noqa: SLOT000  # it is there for its attributes
    """Stands for the steps; takes a listener as they do."""


class FakeScenario:
    def __init__(self, session: Any, name: str, folder: Path) -> None:
        self.session, self.name, self.folder = session, name, folder
        self.app, self.step, self.error = "the app", StepsByName("the step"), None

    def begin(self, title: str) -> None:
        self.title = title

    def end(self, error: BaseException | None) -> None:
        self.error = error

    def require_log_in(self) -> None:
        raise NotRunError("no_log_in_left", "used")


class FakeSession:
    logcat_file = Path("/nowhere")

    def __init__(self, entry: Any) -> None:
        self.entry, self.account = entry, None

        class Journal:
            def failed(self, error: InstrumentError) -> None: ...

        self.journal = Journal()

    def clean(self, text: str) -> str:
        return text.replace("hunter2", "<secret>")


class FakeRun:
    """Judges by what ended the scenario."""

    made: list[FakeRun] = []  # noqa: RUF012 - emptied by the fixture
    opening: Exception | None = None

    def __init__(self, request: Any) -> None:
        self.request = request
        self.folder = RunFolder(request.out, "r")
        self.verdicts: list[Verdict] = []
        self.incidents: list[Any] = []
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.unsuitable: list[str] = []
        self.sessions: dict[str, FakeSession] = {}
        self.ended: list[BaseException | None] = []
        self.released: list[str] = []
        self.closed = False
        FakeRun.made.append(self)

    def session(self, entry: Any) -> FakeSession:
        self.sessions[entry.name] = FakeSession(entry)
        if FakeRun.opening is not None:
            raise FakeRun.opening
        return self.sessions[entry.name]

    def scenario(self, session: FakeSession, name: str, start_state: str | None) -> FakeScenario:
        return FakeScenario(session, name, self.folder.path)

    def judge(self, run: FakeScenario) -> Verdict:
        self.ended.append(run.error)
        verdict = Verdict(
            id=f"v{len(self.verdicts)}", scenario=run.name, step=None,
            outcome=Outcome.FAILED if run.error else Outcome.PASSED,
            party=Party.SERVER if run.error else Party.NONE,
            candidates=(Candidate(Party.SERVER, 1.0),), confidence=0.95, layer=Layer.HTTP,
            rule="http_server_error", rules_version="1", summary="It is the server.",
            advice=("Wait.",), evidence=(), conflicts=(), controls=(),
            visibility=Visibility.OPEN, device=DeviceLabel(run.session.entry.name),
        )  # fmt: skip
        self.verdicts.append(verdict)
        return verdict

    def release(self, entry: Any) -> None:
        self.released.append(entry.name)

    def close(self) -> None:
        self.closed = True


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


def run(pytester: pytest.Pytester, *words: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess(*plugin_arguments(), *words)


PASSES = "import pytest\n@pytest.mark.scenario('login', start='logged_out')\ndef test_log_in(app, step):\n    assert (app, step) == ('the app', 'the step')\n"  # noqa: E501 - one test module


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


def test_destroying_needs_consent_twice(scenarios: pytest.Pytester) -> None:
    scenarios.makepyfile(
        "import pytest\n@pytest.mark.scenario('reinstall', destructive=True)\n"
        "def test_reinstall(app): pass\n"
    )
    phones = ("--phone=one", "--phone=two")

    run(scenarios, *phones).assert_outcomes(skipped=2)
    run(scenarios, *phones, "--allow-destructive").assert_outcomes(passed=1, skipped=1)

    assert [type(error) for error in FakeRun.made[0].ended] == [NotRunError, NotRunError]


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
        (("--devices=absent.yaml",), "*absent.yaml:1: cannot be read*"),
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


class FakeExperiment:
    """Notes what is asked of it; `refuses` stands for an interlock."""

    made: list[FakeExperiment] = []  # noqa: RUF012 - emptied by the fixture
    refuses: str | None = None

    def __init__(self, scenario: Any, arm: Any, consent: Any, take: Any) -> None:
        self.arm, self.consent, self.cleaned = arm, consent, 0
        FakeExperiment.made.append(self)

    def require_consent(self) -> None:
        if FakeExperiment.refuses:
            raise NotRunError(FakeExperiment.refuses, "no")

    def clean_up(self) -> None:
        self.cleaned += 1


@pytest.fixture
def experiments(monkeypatch: pytest.MonkeyPatch) -> type[FakeExperiment]:
    import harness.plugin.fixtures as fixtures

    FakeExperiment.made, FakeExperiment.refuses = [], None
    monkeypatch.setattr(fixtures, "Experiment", FakeExperiment)
    return FakeExperiment


REINSTALL = (
    "import pytest\n\n@pytest.mark.scenario('reinstall', destructive=True)\n"
    "def test_it(experiment): assert experiment.arm == 'keep_data'\n"
)


@pytest.mark.parametrize(
    ("words", "named", "due"),
    [
        (("--phone=two", "--allow-destructive"), True, {"passed": 1}),
        (("--phone=two",), True, {"skipped": 1}),
        (("--phone=one", "--allow-destructive"), True, {"skipped": 1}),
    ],
)
def test_an_experiment_needs_both_consents_and_knows_who_was_named(
    scenarios: pytest.Pytester,
    experiments: type[FakeExperiment],
    words: tuple[str, ...],
    named: bool,
    due: dict[str, int],
) -> None:
    scenarios.makepyfile(REINSTALL)
    run(scenarios, "--arm=keep_data", *words).assert_outcomes(**due)
    if "passed" in due:
        (made,) = experiments.made
        assert made.consent.named is named
        assert (made.consent.entry_allows, made.consent.run_allows) == (True, True)
        assert made.cleaned == 1
    else:
        assert experiments.made == [], "nothing was even looked at"


def test_an_interlock_ends_it_before_anything(
    scenarios: pytest.Pytester, experiments: type[FakeExperiment]
) -> None:
    experiments.refuses = "battery"
    scenarios.makepyfile(REINSTALL)
    result = run(scenarios, "--arm=keep_data", "--phone=two", "--allow-destructive")
    result.assert_outcomes(skipped=1)
    assert experiments.made[0].cleaned == 0


FAILS = """
import logging
def test_log_in(app, tmp_path):
    secret = "hunter" + "2"
    print("typed", secret)
    logging.getLogger().warning("typed %s", secret)
    try:
        raise KeyError(secret)
    except KeyError as error:
        assert not secret, f"the app says {secret}"
"""


class Cleaning:
    def clean(self, text: str) -> str:
        return text.replace("hunter2", "<secret>")


@pytest.mark.parametrize("words", [(), ("--showlocals", "--tb=long"), ("--tb=native",)], ids=str)
def test_nothing_of_it_is_in_any_report(scenarios: pytest.Pytester, words: tuple[str, ...]) -> None:
    scenarios.makepyfile(FAILS)

    result = run(scenarios, *words)

    result.assert_outcomes(failed=1)
    assert "hunter2" not in result.stdout.str()
    written = [path for path in Path("run").rglob("*") if path.is_file()]
    assert {path.suffix for path in written} >= {".xml", ".json", ".txt"}
    for path in written:
        assert b"hunter2" not in path.read_bytes(), path


def test_a_skip_and_a_plain_text_are_cleaned_too() -> None:
    clean = cleaner([cast("Any", Cleaning()), cast("Any", Cleaning())])
    report = pytest.TestReport(
        "id", ("f", 1, "t"), {}, "skipped", ("f", 1, "hunter2"), "call", [("log", "hunter2")]
    )
    clean_report(report, clean)
    assert report.longrepr == ("f", 1, "<secret>")
    assert report.sections == [("log", "<secret>")]
    report.longrepr = "hunter2"
    clean_report(report, clean)
    assert report.longrepr == "<secret>"
