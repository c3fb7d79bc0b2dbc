"""A run with stand-ins for its phones: tries, pictures, verdicts, closing."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any, cast

import pytest

from harness.adapters.observation_file import read_observations
from harness.adapters.profile_file import load_profile
from harness.adapters.verdict_file import read_verdicts
from harness.domain.device import DeviceEntry
from harness.domain.facts.device import AppPackage, DeviceIdentity
from harness.domain.facts.scenario import ScenarioBegun
from harness.domain.facts.screen import ScreenFilm
from harness.domain.secret import Secret
from harness.domain.vocabulary import Outcome
from harness.ports import InstrumentError
from harness.reporting import build
from harness.screens.errors import BlockedError
from harness.session import run as run_module
from harness.session import run_end, scenario_run
from harness.session.account import Account
from harness.session.evidence_shots import Camera
from harness.session.journal import Journal
from harness.session.run import Run, RunRequest
from harness.session.run_context import RunContext
from harness.session.run_manifest import tool_versions
from harness.session.scenario_run import ScenarioRun
from harness.session.steps import NotRunError
from tests.session.stage import WellWay
from tests.session.test_film import FakeRecorder

PROFILE = load_profile("tiktok")
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
FEED = (
    '<hierarchy><android.widget.FrameLayout package="com.zhiliaoapp.musically"'
    ' class="android.widget.FrameLayout" content-desc="Home" text="hello anna"/></hierarchy>'
)


class Ui:
    broken = False

    def source(self) -> str:
        if self.broken:
            raise InstrumentError("appium", "read the screen", "gone")
        return FEED

    def screenshot(self) -> bytes:
        if self.broken:
            raise InstrumentError("appium", "take a screenshot", "gone")
        return PICTURE

    def focus(self) -> tuple[str, str] | None:
        return "com.zhiliaoapp.musically", "Main"


class Tags:
    def tag(self, _value: str) -> str:
        return "~tag"


class Proxy:
    saved: Path | None = None

    def save_to(self, path: Path) -> None:
        self.saved = path


class FakePhone:
    """As much of a PhoneSession as a run and its tries use."""

    def __init__(self, entry: DeviceEntry, profile: Any, run: RunContext) -> None:
        self.entry, self.profile, self.run = entry, profile, run
        self.journal = Journal(run.folder.path, entry.name, "host")
        self.account = Account("anna", Secret("pw"), throwaway=True)
        self.app = AppPackage(PROFILE.packages[0], "1", 1, None, None)
        self.identity = DeviceIdentity("S1", "P", "G", 34, "14", "user", "f", simulated=False)
        self.device = cast("Any", None)
        self.ui, self.redactor, self.proxy, self.pinning = Ui(), Tags(), Proxy(), None
        self.closed = False
        self.notes: list[str] = []
        self.recovery = WellWay()

    def open(self) -> None: ...

    def close(self) -> None:
        self.closed = True
        self.journal.close()

    def clean(self, text: str) -> str:
        return text.replace("anna", "<secret>")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setattr(run_module, "PhoneSession", FakePhone)
    monkeypatch.setenv("HARNESS_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("HARNESS_FAULT", raising=False)

    def recorder(_device: object) -> FakeRecorder:
        return FakeRecorder()

    monkeypatch.setattr(scenario_run, "PhoneFilm", recorder)

    def no_reports(folder: Path) -> build.Built:
        return build.Built(folder / "index.html", None, ("no Allure here",))

    monkeypatch.setattr(build, "build_reports", no_reports)
    return Run(RunRequest(out=tmp_path / "run"))


ENTRY = DeviceEntry("pixel", serial="S1")


def begun(run: Run) -> ScenarioRun:
    session = run.session(ENTRY)
    scenario = run.scenario(session, "login", "logged_out")
    scenario.begin("login")
    return scenario


def test_phones_of_a_run_are_compared_at_its_end(made: Run) -> None:
    first = begun(made)
    first.end(AssertionError("no"))
    alone = made.judge(first)
    made.release(ENTRY)
    second = made.scenario(made.session(DeviceEntry("other", serial="S2")), "login", None)
    second.begin("login")
    second.end(None)
    made.judge(second)

    made.close()

    verdicts, _ = read_verdicts(made.folder.path / "verdicts.json")
    compared = {control.name: control for control in verdicts[0].controls}["second_phone"]
    assert (compared.result.value, "other" in compared.statement) == ("ok", True)
    assert {c.name: c.result.value for c in alone.controls}["second_phone"] == "not_made"
    assert verdicts[0].id == alone.id
    assert not made.problems or made.problems == ["no Allure here"]


def test_a_run_from_try_to_verdict_file(made: Run) -> None:
    scenario = begun(made)
    scenario.end(None)
    verdict = made.judge(scenario)
    phone = cast("Any", scenario.session)

    made.close()

    assert verdict.outcome is Outcome.PASSED
    assert phone.closed
    assert phone.proxy.saved == scenario.folder / "capture.mitm"
    assert (scenario.folder / "capture.har").exists()
    verdicts, incidents = read_verdicts(made.folder.path / "verdicts.json")
    assert ([each.id for each in verdicts], incidents) == ([verdict.id], [])
    manifest = json.loads((made.folder.path / "manifest.json").read_text())
    assert manifest["run_id"] == made.folder.id
    assert [device["name"] for device in manifest["devices"]] == ["pixel"]
    assert manifest["scenarios"] == ["login"]
    assert made.problems == ["no Allure here"]
    facts = next(iter(read_observations(made.folder.path))).facts
    assert facts == ScenarioBegun("login", "logged_out", 1, "~tag")


def test_tries_are_counted_per_phone_and_scenario(made: Run) -> None:
    session = made.session(ENTRY)
    numbers = [made.scenario(session, name, None).number for name in ("a", "b", "a")]
    made.close()

    assert numbers == [1, 1, 2]


def test_a_phone_is_given_back_once(made: Run) -> None:
    session = cast("Any", made.session(ENTRY))

    made.release(ENTRY)
    made.release(ENTRY)
    assert session.closed
    assert not made.sessions
    made.close()


def test_one_report_that_fails_costs_no_other(made: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path) -> None:
        raise ValueError("no space")

    monkeypatch.setattr(run_end, "merge", fail)
    made.close()

    assert made.problems[0] == "could not merge the observations: ValueError: no space"
    assert (made.folder.path / "verdicts.json").exists()


def test_the_log_in_of_a_run_is_spent_once(made: Run) -> None:
    scenario = begun(made)

    scenario.require_log_in()
    with pytest.raises(NotRunError, match="no_log_in_left"):
        scenario.require_log_in()
    made.close()


def test_a_rate_limit_goes_into_the_ledger(made: Run) -> None:
    scenario = begun(made)
    scenario.end(BlockedError("rate_limited", "too often"))

    assert "wait 30 more minutes" in (scenario.ledger.refusal(scenario.ledger_name) or "")
    made.close()


def test_an_account_of_our_own_service_is_a_new_one_in_each_run(made: Run) -> None:
    scenario = begun(made)
    phone = cast("Any", scenario.session)

    assert scenario.ledger_name == f"anna pixel {made.folder.id}"
    phone.account = Account("anna", Secret("pw"))
    assert scenario.ledger_name == "anna"
    phone.account = None
    with pytest.raises(NotRunError, match="has no account"):
        scenario.require_log_in()
    made.close()


def test_pictures_and_sources_are_kept_clean(made: Run) -> None:
    scenario = begun(made)
    camera = Camera(scenario.session, scenario.hand, scenario.folder)

    shot = camera.take("open the app")

    assert shot.screenshot == "tests/pixel/login/try-1/01-open-the-app.png"
    assert shot.xml is not None
    assert "anna" not in shot.xml.read_text()
    made.close()


def test_a_camera_that_fails_leaves_its_part_empty(made: Run) -> None:
    scenario = begun(made)
    cast("Any", scenario.session).ui.broken = True
    camera = Camera(scenario.session, scenario.hand, scenario.folder)

    shot = camera.take("open")

    assert (shot.screenshot, shot.source) == (None, None)
    kinds = [seen.kind for seen in read_observations(made.folder.path)]
    assert kinds.count("instrument.failed") == 2
    made.close()


def test_versions_of_the_tools() -> None:
    assert "mitmproxy" in tool_versions()


@pytest.mark.parametrize(
    ("error", "kept"),
    [
        (None, []),
        (AssertionError("no"), ["film-1.mp4"]),
        (InstrumentError("appium", "a", "b"), ["film-1.mp4"]),
        (BlockedError("captcha", "t"), ["film-1.mp4"]),
        (NotRunError("start_state", "t"), []),
        (KeyboardInterrupt(), []),
    ],
    ids=["passed", "failed", "broken", "blocked", "not_run", "interrupted"],
)
def test_the_film_of_a_try_that_did_not_pass_is_kept(
    made: Run, error: BaseException | None, kept: list[str]
) -> None:
    scenario = begun(made)
    scenario.end(error)
    made.close()

    assert [path.name for path in scenario.folder.glob("*.mp4")] == kept
    films = [
        seen for seen in read_observations(made.folder.path) if isinstance(seen.facts, ScreenFilm)
    ]
    assert [seen.facts for seen in films] == ([ScreenFilm(("film-1.mp4",))] if kept else [])
    assert all(seen.scenario == "login" for seen in films)
