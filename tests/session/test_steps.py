"""Steps of a try: what is written, controlled, told and tried again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.adapters.adb.logcat import kind_of
from harness.domain.facts.device import AppCrash, AppNotResponding
from harness.domain.facts.scenario import StepBegun, StepEnded
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.recovery import Trouble
from harness.ports import InstrumentError
from harness.screens.errors import BlockedError
from harness.session import steps
from harness.session.faults import FaultPlan
from harness.session.steps import NotRunError
from tests.session.stage import APP, Stage, answer_probes, itself
from tests.session.traffic import API, REFUSAL, exchange


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(steps, "TUNNEL_WAIT", 0.0)
    monkeypatch.setattr(steps, "AppLauncher", itself)
    monkeypatch.setattr(steps, "HandsOff", itself)
    return Stage(tmp_path)


@pytest.fixture(autouse=True)
def probed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    return answer_probes(monkeypatch)


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


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (AppNotResponding(APP, "Input dispatching timed out"), "stopped responding"),
        (AppCrash(APP, "java.lang.NullPointerException"), "crashed"),
    ],
)
def test_an_app_that_fails_and_goes_on_fails_the_step(
    stage: Stage, fact: AppCrash | AppNotResponding, said: str
) -> None:
    with pytest.raises(AssertionError, match=said), stage.step("play the videos"):
        stage.session.journal.log("adb").write(kind_of(fact), fact)

    (end,) = stage.of("step.ended")
    assert (end.ok, end.error_kind) == (False, "assertion")
    assert stage.step.failed == "play the videos"


def test_an_experiment_on_the_app_is_complete_whatever_the_app_does(stage: Stage) -> None:
    stage.step.judges_the_app = False
    with stage.step("open the app"):
        fact = AppNotResponding(APP)
        stage.session.journal.log("adb").write(kind_of(fact), fact)

    assert stage.of("step.ended")[0].ok


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


def see(stage: Stage, *traffic: Exchange | Connection) -> None:
    """A step that looks, can be looked at again, and fails."""
    with stage.step("see", needs="own_profile", again=lambda _: False):
        for facts in traffic:
            kind = "exchange" if isinstance(facts, Exchange) else "connection"
            stage.wire.write(kind, facts)
        raise AssertionError("nothing is shown")


def looked_again(stage: Stage, *traffic: Exchange | Connection) -> list[str]:
    """Results of the control after such a step."""
    with pytest.raises(AssertionError):
        see(stage, *traffic)
    return [made.result for made in stage.of("control") if made.name == "capture_off"]


def test_a_step_that_was_never_asked_for_is_looked_at_with_our_capture_off(stage: Stage) -> None:
    assert looked_again(stage) == ["failed"]
    assert stage.session.aside == 1


def test_what_the_service_answered_is_not_looked_at_again(stage: Stage) -> None:
    own = replace(exchange(None, status=503), path="/aweme/v1/user/profile/self/", method="GET")
    assert looked_again(stage, own) == []


def test_an_app_that_is_gone_is_not_looked_at_again(stage: Stage) -> None:
    stage.session.runs = False
    assert looked_again(stage) == []


def test_what_our_hands_off_have_told_is_not_asked_twice(stage: Stage) -> None:
    refused = Connection("c", 1.0, host=API, port=443, client_tls_error=REFUSAL)
    assert looked_again(stage, refused) == []
    assert [made.name for made in stage.of("control")] == ["host_probe", "pass_through"]


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


@pytest.mark.parametrize(
    ("trouble", "raised"),
    [
        (Trouble.PHONE_LOCKED, InstrumentError),
        (Trouble.WAY_LOST, InstrumentError),
        (Trouble.SESSION_LOST, AssertionError),
        (None, AssertionError),
    ],
)
def test_what_was_claimed_while_the_way_was_broken_is_no_claim(
    trouble: Trouble | None, raised: type[Exception], stage: Stage
) -> None:
    stage.session.recovery.trouble = trouble

    with pytest.raises(raised), stage.step("see the list", needs="followers"):
        raise AssertionError("the list is empty")

    assert len(stage.session.recovery.mended) == (trouble is not None)
    (ended,) = stage.of("step.ended")
    assert ended.error_kind == ("instrument" if raised is InstrumentError else "assertion")


def test_a_gate_is_a_gate_whatever_else_is_broken(stage: Stage) -> None:
    stage.session.recovery.trouble = Trouble.WAY_LOST

    with pytest.raises(BlockedError), stage.step("open the app"):
        raise BlockedError("captcha", "a puzzle")

    assert stage.session.recovery.mended == []


def test_where_our_capture_cannot_be_set_aside_nothing_is_tried(stage: Stage) -> None:
    stage.session.may_be_set_aside = False
    assert looked_again(stage) == []
