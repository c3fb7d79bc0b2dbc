"""Steps, controls, pinning, gates on the wire, endings, judging: with stand-ins for the phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest

from harness.adapters.observation_file import ObservationWriter, read_observations
from harness.adapters.profile_file import load_profile
from harness.domain.device import DeviceEntry
from harness.domain.facts import Facts
from harness.domain.facts.control import ControlMade
from harness.domain.facts.device import AppPackage, DeviceConditions, DeviceIdentity
from harness.domain.facts.scenario import ScenarioBegun, ScenarioEnded, StepBegun, StepEnded
from harness.domain.facts.traffic import Connection, Envelope, Exchange
from harness.domain.observation import Observation
from harness.domain.resolve import ResolveMap
from harness.domain.verdict import DeviceLabel
from harness.domain.vocabulary import Outcome, Party
from harness.ports import InstrumentError, ProxyAddress
from harness.screens.errors import BlockedError, ElementGoneError, ElementMissingError
from harness.session import controls, judging, steps
from harness.session.evidence_shots import Camera, Shot
from harness.session.faults import FaultPlan
from harness.session.journal import Journal
from harness.session.phone_session import PhoneSession
from harness.session.pinning import Pinning, patterns_of, refused_hosts
from harness.session.run import app_label, belonging, device_label
from harness.session.scenario_run import ended, locators_of
from harness.session.steps import NotRunError, Steps, error_kind, first_line
from harness.session.wire import gate_on_wire, meaning_of

PROFILE = load_profile("tiktok")
API = "api16-normal-c-useast1a.tiktokv.com"
REFUSAL = f"The client does not trust the proxy's certificate for {API} (tlsv1 alert unknown ca)"


def seen(kind: str, facts: Facts, **where: Any) -> Observation:
    return Observation("i", 0.0, where.pop("mono", 0.0), "proxy", "h", kind, facts, **where)


def exchange(code: int | None, family: str = "passport", status: int = 200) -> Exchange:
    envelope = None if code is None else Envelope(family, code)
    return Exchange(
        flow="f", client="c", ordinal=1, method="POST", scheme="https", host=API, port=443,
        path="/passport/user/login/", http_version="HTTP/2.0", begun=1.0, sent=1.1, head=1.2,
        ended=1.3, status=status, envelope=envelope, body="json",
        content_type="application/json",
    )  # fmt: skip


class Tap:
    """A TrafficTap that notes what is passed through."""

    gave_up: str | None = None

    def __init__(self) -> None:
        self.passed: list[list[str]] = []

    @property
    def address(self) -> ProxyAddress:
        return ProxyAddress("127.0.0.1", 1, Path("/ca"), 1)

    def alive(self) -> bool:
        return True

    def pass_through(self, hosts: Sequence[str]) -> None:
        self.passed.append(list(hosts))

    def stop(self) -> None: ...


@dataclass
class FakeSession:
    """As much of a PhoneSession as the steps use."""

    journal: Journal
    profile: Any = PROFILE
    proxy: Tap = field(default_factory=Tap)
    reach: controls.Reach = field(default_factory=lambda: controls.Reach(ResolveMap()))
    stopped: int = 0
    conditions: int = 0
    awaited: int = 0
    broken: list[str] = field(default_factory=list[str])
    tried: list[list[str]] = field(default_factory=list[list[str]])

    def __post_init__(self) -> None:
        self.pinning = Pinning(PROFILE, self.proxy, self.journal.log("control"))

    def clean(self, text: str) -> str:
        return text.replace("anna", "<secret>")

    def await_proxy(self) -> None:
        self.awaited += 1

    def stop_app(self) -> None:
        self.stopped += 1

    def note_conditions(self) -> DeviceConditions:
        self.conditions += 1
        raise InstrumentError("adb", "read", "gone")

    def pass_through(self, hosts: list[str]) -> tuple[ControlMade, list[Any]]:
        """The trial of hands_off; a phone that is gone in the middle of it fails."""
        self.tried.append(hosts)
        if len(self.tried) > 1:
            raise InstrumentError("adb", "start", "gone")
        return ControlMade("pass_through", "ok", "tried", hosts[0], {"trial": "ok"}), []

    def breakers(self) -> dict[str, Any]:
        return {"proxy-killed": lambda: self.broken.append("proxy")}


class FakeCamera:
    def __init__(self) -> None:
        self.taken: list[str] = []

    def take(self, title: str) -> Shot:
        self.taken.append(title)
        return Shot("a.png", "a.xml")


class Stage:
    """One try with its files."""

    def __init__(self, folder: Path, fault: FaultPlan | None = None) -> None:
        self.folder = folder
        self.session = FakeSession(Journal(folder, "pixel", "host"))
        self.session.journal.scenario = "login"
        self.camera = FakeCamera()
        self.wire = ObservationWriter(
            self.session.journal.proxy_file, source="proxy", host="host", device="pixel"
        )
        self.step = Steps(
            cast("PhoneSession", self.session), cast("Camera", self.camera), fault or FaultPlan()
        )

    def of(self, kind: str) -> list[Any]:
        return [each.facts for each in read_observations(self.folder) if each.kind == kind]


def itself(first: object, *_: object) -> object:
    """The session stands for the app and for the trial as well."""
    return first


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(steps, "TUNNEL_WAIT", 0.0)
    monkeypatch.setattr(steps, "AppLauncher", itself)
    monkeypatch.setattr(steps, "HandsOff", itself)
    return Stage(tmp_path)


@pytest.fixture(autouse=True)
def probed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    asked: list[tuple[str, int]] = []

    def probe(host: str, port: int, **_: object) -> list[ControlMade]:
        asked.append((host, port))
        return [ControlMade("host_probe", "ok", "reached", f"{host}:{port}")]

    monkeypatch.setattr(controls, "reach_host", probe)

    def ask_site(site: str, **_: object) -> ControlMade:
        return ControlMade("control_site", "ok", site)

    monkeypatch.setattr(controls, "control_site", ask_site)
    return asked


def fail(stage: Stage, message: str, *traffic: Exchange | Connection) -> None:
    """A step in which the proxy sees `traffic` and the scenario's claim fails."""
    with stage.step("submit", needs=("login",)):
        for facts in traffic:
            kind = "exchange" if isinstance(facts, Exchange) else "connection"
            stage.wire.write(kind, facts)
        raise AssertionError(message)


def test_a_step_that_went_well(stage: Stage) -> None:
    with stage.step("open the app", needs="start"):
        assert stage.session.journal.step == "open the app"

    assert stage.of("step.begun") == [StepBegun("open the app", ("start",))]
    (end,) = stage.of("step.ended")
    assert isinstance(end, StepEnded)
    assert (end.ok, end.screenshot, end.source) == (True, "a.png", "a.xml")
    assert stage.session.journal.step is None
    assert stage.step.failed is None
    assert not stage.of("control")


def test_a_claim_that_fails_is_controlled_at_once(
    stage: Stage, probed: list[tuple[str, int]]
) -> None:
    with pytest.raises(AssertionError):
        fail(stage, "not logged in, anna\nassert False", exchange(None, status=503))

    (end,) = stage.of("step.ended")
    assert (end.ok, end.error_kind, end.message) == (False, "assertion", "not logged in, <secret>")
    assert probed == [(API, 443)]
    assert [made.name for made in stage.of("control")] == ["host_probe"]
    assert stage.session.conditions == 1
    assert stage.session.awaited == 1
    assert [failed.instrument for failed in stage.of("instrument.failed")] == ["adb"]
    assert stage.step.failed == "submit"


def test_a_listener_hears_begin_and_end_of_each_step(stage: Stage) -> None:
    heard: list[tuple[str, str]] = []
    stage.step.listener = lambda title, state: heard.append((title, state))

    with stage.step("open the app"):
        pass
    with pytest.raises(AssertionError), stage.step("submit"):
        raise AssertionError("no")

    assert heard == [
        ("open the app", "begun"),
        ("open the app", "done"),
        ("submit", "begun"),
        ("submit", "failed"),
    ]


def test_the_first_failure_is_the_one_that_is_told(stage: Stage) -> None:
    with pytest.raises(AssertionError), stage.step("outer"), stage.step("inner"):
        raise AssertionError("no")

    assert stage.step.failed == "inner"
    assert stage.camera.taken == ["inner"]


def test_an_answer_that_asks_for_a_person_blocks(stage: Stage) -> None:
    with pytest.raises(BlockedError) as caught:
        fail(stage, "not logged in", exchange(1105))

    assert caught.value.reason == "captcha"
    assert stage.of("step.ended")[0].error_kind == "blocked"
    assert not stage.of("control")


def test_a_gate_of_an_earlier_step_blocks_nothing_later(stage: Stage) -> None:
    with stage.step("before"):
        stage.wire.write("exchange", exchange(1105))
    with pytest.raises(AssertionError), stage.step("after"):
        raise AssertionError("no")


def test_what_cannot_be_run_is_not_controlled(stage: Stage) -> None:
    with pytest.raises(NotRunError), stage.step("submit"):
        raise NotRunError("no_log_in_left", "this run has used its log-in")

    assert stage.of("step.ended")[0].error_kind == "not_run"
    assert stage.session.conditions == 0


def test_an_instrument_that_failed_is_written_down(stage: Stage) -> None:
    with pytest.raises(InstrumentError), stage.step("open"):
        raise InstrumentError("appium", "tap", "gone")

    assert [fact.instrument for fact in stage.of("instrument.failed")] == ["adb", "appium"]


def test_an_interrupted_step_ends_without_more_ado(stage: Stage) -> None:
    with pytest.raises(KeyboardInterrupt), stage.step("open"):
        raise KeyboardInterrupt

    assert stage.of("step.ended")[0].error_kind == "other"
    assert not stage.camera.taken


def test_our_machinery_is_broken_at_the_step(tmp_path: Path) -> None:
    stage = Stage(tmp_path, FaultPlan("proxy-killed", "submit"))

    with stage.step("open"):
        assert not stage.session.broken
    with stage.step("submit log-in"):
        assert stage.session.broken == ["proxy"]


def test_where_our_decryption_may_be_the_cause_the_app_is_started_without_it(
    stage: Stage, probed: list[tuple[str, int]]
) -> None:
    refused = Connection("c", 1.0, host=API, port=443, client_tls_error=REFUSAL)
    with pytest.raises(AssertionError):
        fail(stage, "no", refused)

    assert stage.session.tried == [[API]]
    assert [made.name for made in stage.of("control")] == ["host_probe", "pass_through"]
    stage.step.failed = None
    with pytest.raises(AssertionError):
        fail(stage, "again", refused)
    assert len(stage.of("instrument.failed")) >= 1


def test_nobody_is_started_again_for_a_failure_of_the_service(stage: Stage) -> None:
    with pytest.raises(AssertionError):
        fail(stage, "no", exchange(1))

    assert stage.session.tried == []


def test_refused_hosts_pass_from_the_next_step_on(
    stage: Stage, probed: list[tuple[str, int]]
) -> None:
    with stage.step("open the app"):
        stage.wire.write(
            "connection", Connection("c", 1.0, host=API, port=443, client_tls_error=REFUSAL)
        )
    assert not stage.session.proxy.passed

    with pytest.raises(AssertionError):
        fail(stage, "no", Connection("d", 2.0, host=API, port=443, passed_through=True))

    assert stage.session.proxy.passed == [["api*.tiktokv.com"]]
    assert stage.session.stopped == 1  # else the tunnel is not written down yet
    assert probed == [(API, 443)]
    assert [made.name for made in stage.of("control")] == ["pass_through", "host_probe"]


def test_pinning_learns_each_pattern_once() -> None:
    tap, written = Tap(), list[ControlMade]()

    class Log:
        def write(self, kind: str, facts: Facts, **_: object) -> Observation:
            assert isinstance(facts, ControlMade)
            written.append(facts)
            return seen(kind, facts)

    pinning = Pinning(PROFILE, tap, Log())
    refused = seen("connection", Connection("c", 1.0, host=API, client_tls_error=REFUSAL))
    other = seen("connection", Connection("c", 1.0, host="odd.example", client_tls_error=REFUSAL))

    assert not pinning.active
    assert pinning.learn([refused, refused]) == ["api*.tiktokv.com"]
    assert pinning.learn([refused]) == []
    assert pinning.learn([other]) == ["odd.example"]
    assert tap.passed == [["api*.tiktokv.com"], ["api*.tiktokv.com", "odd.example"]]
    assert pinning.active
    assert [made.result for made in written] == ["ok", "ok"]


@pytest.mark.parametrize(
    ("connection", "hosts"),
    [
        (Connection("c", 1.0, host=API, client_tls_error=REFUSAL), [API]),
        (Connection("c", 1.0, host=API, client_tls_error=REFUSAL, passed_through=True), []),
        (Connection("c", 1.0, host=API, connect_begun=1.0, connect_error="refused"), []),
        (Connection("c", 1.0, host=API), []),
    ],
)
def test_only_refusals_of_the_certificate_count(connection: Connection, hosts: list[str]) -> None:
    assert refused_hosts([seen("connection", connection)]) == hosts
    assert patterns_of(PROFILE, ["odd.example"]) == ["odd.example"]


@pytest.mark.parametrize(
    ("code", "family", "reason"),
    [(7, "passport", "rate_limited"), (1009, "passport", None), (0, "passport", None),
     (None, "passport", None), (1105, "app", None)],
)  # fmt: skip
def test_gates_on_the_wire(code: int | None, family: str, reason: str | None) -> None:
    gate = gate_on_wire(PROFILE, [seen("exchange", exchange(code, family))])

    assert (gate.meaning if gate else None) == reason


def test_meanings_of_codes() -> None:
    meaning = meaning_of(PROFILE, exchange(1009))

    assert meaning is not None
    assert meaning.meaning == "wrong_password"
    assert meaning_of(PROFILE, exchange(424242)) is None


def test_suspects_are_few_and_the_latest_first() -> None:
    rows = [seen("exchange", replace(exchange(None, status=503), host=f"h{n}")) for n in range(9)]

    assert controls.suspects(rows)[:2] == [("h8", 443), ("h7", 443)]
    assert len(controls.suspects(rows)) == controls.MOST_HOSTS


def test_the_control_site_is_asked_too(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "pixel", "h")
    log = journal.log("control")

    assert controls.make_controls(log, controls.Reach(ResolveMap()), []) == []
    reach = controls.Reach(ResolveMap(), site="https://site.example")
    made = controls.make_controls(log, reach, [("a", 443)])

    assert [control.name for control in made] == ["host_probe", "control_site"]
    assert log.written["control"] == 2


@pytest.mark.parametrize(
    ("error", "kind", "result", "reason"),
    [
        (AssertionError("x"), "assertion", "failed", None),
        (InstrumentError("adb", "a", "b"), "instrument", "broken", "adb"),
        (ElementMissingError("p", "e", (), 1.0), "locator", "broken", "locator"),
        (ElementGoneError("e"), "locator", "broken", "locator"),
        (BlockedError("captcha", "t"), "blocked", "blocked", "captcha"),
        (NotRunError("start_state", "t"), "not_run", "not_run", "start_state"),
        (ValueError("x"), "other", "broken", "script"),
        (KeyboardInterrupt(), "other", "broken", "interrupted"),
    ],
)
def test_how_a_try_ended(error: BaseException, kind: str, result: str, reason: str | None) -> None:
    fact = ended(error, "submit", str)

    assert error_kind(error) == kind
    assert (fact.result, fact.reason, fact.failed_step) == (result, reason, "submit")
    assert ended(None, None, str) == ScenarioEnded("passed")
    assert first_line(error)


def test_what_belongs_to_a_try() -> None:
    begun = ScenarioBegun("login", None)
    rows = [
        seen("scenario.begun", begun, device="a", scenario="login", mono=1.0),
        seen("scenario.begun", begun, device="a", scenario="login", mono=5.0),
        seen("scenario.begun", begun, device="b", scenario="login", mono=5.0),
        seen("scenario.begun", begun, device="a", scenario="other", mono=5.0),
        seen("scenario.begun", begun, device="a", mono=0.0),
    ]

    assert belonging(rows, "a", "login", 5.0) == [rows[1], rows[4]]


def test_a_bug_in_the_rules_blames_the_harness(monkeypatch: pytest.MonkeyPatch) -> None:
    from harness.attribution import engine

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("rules")

    monkeypatch.setattr(engine, "judge_scenario", fail)
    rows = [seen("scenario.begun", ScenarioBegun("login", None), scenario="login")]
    label = DeviceLabel("pixel")

    verdict = judging.judge(rows, PROFILE, device=label, app=None, incident=None, number=3)

    assert (verdict.outcome, verdict.party) == (Outcome.INCONCLUSIVE, Party.HARNESS)
    assert (verdict.rule, verdict.scenario, verdict.try_number) == ("own_error", "login", 3)
    assert "ZeroDivisionError" in verdict.summary


def test_the_real_rules_judge_a_passed_try() -> None:
    where = {"device": "pixel", "scenario": "login"}
    rows = [
        seen("scenario.begun", ScenarioBegun("login", None), mono=1.0, **where),
        seen("scenario.ended", ScenarioEnded("passed"), mono=2.0, **where),
    ]

    verdict = judging.judge(
        rows, PROFILE, device=DeviceLabel("pixel"), app=None, incident="none", number=1
    )

    assert verdict.outcome is Outcome.PASSED
    assert judging.group_incidents([verdict], PROFILE) == []


def test_labels_hold_what_is_known() -> None:
    class Bare:
        entry = DeviceEntry("pixel", serial="S1")

    bare = cast("PhoneSession", Bare())
    assert device_label(bare) == DeviceLabel("pixel", "S1")
    assert app_label(bare) is None

    class Known(Bare):
        identity = DeviceIdentity("S1", "Pixel 8", "G", 34, "14", "user", "f", simulated=False)
        app = AppPackage("com.a", "1.0", 1, None, None)

    known = cast("PhoneSession", Known())
    assert device_label(known) == DeviceLabel("pixel", "S1", "Pixel 8", 34, simulated=False)
    label = app_label(known)
    assert label is not None
    assert (label.package, label.version_code) == ("com.a", 1)


def test_locators_come_from_the_profile() -> None:
    assert "log_in_form" in locators_of("tiktok", PROFILE.locators).pages
