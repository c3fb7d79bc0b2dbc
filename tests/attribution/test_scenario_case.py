"""Which calls decide a failed step, and which are background, late, mended or of another time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.attribution.engine import judge_scenario
from harness.attribution.scenario_case import build_case
from harness.domain.facts.capture import CaptureVisibility, QuicAttempt
from harness.domain.facts.device import AppCrash, DeviceConditions
from harness.domain.facts.scenario import ScenarioBegun, StepEnded
from harness.domain.facts.screen import Screen, ScreenMessage
from harness.domain.observation import Observation
from harness.domain.vocabulary import ControlResult, Party, Visibility
from tests.attribution.build import (
    PHONE,
    TIKTOK,
    connection,
    exchange,
    judged,
    no_client_tls,
    no_connect,
    observe,
    scenario_lines,
)
from tests.attribution.log_in_facts import API, APP, CORE, FEED, login, profile_answer

TRUST = "The client does not trust the proxy's certificate for x (tlsv1 alert unknown ca)"
LOG_IN = f"POST {API}/passport/user/login/"
REFUSED = "[Errno 111] Connect call failed"


def _failures(*facts: Any, **script: Any) -> list[str]:
    case = build_case(scenario_lines(*facts, **script), TIKTOK)
    return [attempt.label for attempt in case.failures]


@pytest.mark.parametrize(
    ("facts", "labels"),
    [
        (
            (login(status=503), exchange(3.0, host=CORE, status=500)),
            [LOG_IN],
        ),
        ((no_connect(REFUSED, 2.0, host=API),), [f"CONNECT {API}:443"]),
        ((no_connect(REFUSED, 2.0, host="mon.tiktokv.com"),), []),
        ((no_connect(REFUSED, 2.0, host=API), login(3.0)), []),
        ((login(status=503), login(3.0)), []),
        (
            (no_client_tls(TRUST, 2.0, host=API), login(3.0, status=503)),
            [LOG_IN],
        ),
        (
            (connection(2.0, host=API, closed=2.1), login(3.0, status=503)),
            [LOG_IN],
        ),
        ((exchange(2.0, host=CORE, path="/other", status=500),), [f"GET {CORE}/other"]),
        ((login(25.0, status=503),), []),
    ],
)
def test_what_decides(facts: tuple[Any, ...], labels: list[str]) -> None:
    assert _failures(*facts) == labels


def test_an_earlier_steps_need_counts_when_the_failed_step_needs_nothing_itself() -> None:
    lines = scenario_lines(login(1.0, status=503), needs=("login",))
    lines = [
        replace(line, facts=replace(line.facts, ok=True, error_kind=None))
        if isinstance(line.facts, StepEnded)
        else line
        for line in lines
    ]
    case = build_case(lines, TIKTOK)
    assert case.step == "submit"
    extra = observe((21.0, StepEnded("look", ok=False, begun=20.2, error_kind="assertion")))
    lines = [
        *lines,
        *(replace(line, id="x1", scenario="log_in", device=PHONE.name) for line in extra),
    ]
    lines = [_named(line, "look") for line in lines]
    case = build_case(sorted(lines, key=lambda line: line.mono), TIKTOK)
    assert case.step == "look"
    assert [attempt.label for attempt in case.failures] == [LOG_IN]


def _named(line: Observation, step: str) -> Observation:
    from harness.domain.facts.scenario import ScenarioEnded

    if isinstance(line.facts, ScenarioEnded):
        return replace(line, mono=22.0, facts=replace(line.facts, failed_step=step))
    return line


def _outside(seen: Observation) -> Observation:
    return replace(seen, scenario=None, id=f"{seen.id}-out")


def test_what_belongs_to_another_time_is_not_held_against_the_try() -> None:
    lines = scenario_lines(FEED, needs=())
    crash = [_outside(line) for line in observe((-50.0, AppCrash(APP, "NPE")), start=-60.0)]
    before = [_outside(line) for line in observe(login(-40.0, status=503), start=-60.0)]
    state = [_outside(line) for line in observe((-30.0, DeviceConditions(free_bytes=9)), start=-60)]
    verdict = judge_scenario(
        [*lines, *crash, *before], TIKTOK, device=PHONE, app=None, incident="i"
    )
    assert verdict.party is Party.UNKNOWN
    assert verdict.incident == "i"
    near = [_outside(line) for line in observe((21.0, AppCrash(APP, "NPE")))]
    assert judge_scenario([*lines, *near], TIKTOK, device=PHONE, app=None, incident=None).party is (
        Party.CLIENT
    )
    still = judge_scenario([*lines, *state], TIKTOK, device=None, app=None, incident=None)
    assert still.party is Party.DEVICE
    assert still.id == "phone-1-log-in-1"


def test_a_screen_before_the_step_and_an_unknown_text_tell_nothing() -> None:
    early = (0.3, Screen("app", None, messages=(ScreenMessage("captcha", "captcha"),)))
    odd = (5.0, Screen("app", None, messages=(ScreenMessage("nothing_known", "Log in"),)))
    verdict = judged(early, odd, login(status=503), FEED)
    assert verdict.party is Party.SERVER


def test_a_try_without_its_end_is_judged_by_the_open_step() -> None:
    lines = [
        line
        for line in scenario_lines(login(status=503), FEED)
        if line.kind not in {"scenario.ended", "step.ended"}
    ]
    verdict = judge_scenario(lines, TIKTOK, device=PHONE, app=None, incident=None)
    assert (verdict.party, verdict.step) == (Party.SERVER, "submit")


def test_nothing_at_all_is_still_a_verdict() -> None:
    verdict = judge_scenario([], TIKTOK, device=None, app=None, incident=None)
    assert verdict.party is Party.UNKNOWN
    begun = observe(ScenarioBegun("x", None))
    assert judge_scenario(begun, TIKTOK, device=None, app=None, incident=None).started is not None


def test_values_of_an_answer_that_may_be_zero_are_no_fault() -> None:
    verdict = judged(profile_answer(follower_count=0, handle="a"), needs=("own_profile",))
    assert verdict.rule == "client_does_not_show"


@pytest.mark.parametrize(
    ("at", "visibility", "never_asked"),
    [
        (10.0, Visibility.PARTLY_OPAQUE, False),  # it may have asked where nobody could listen
        (40.0, Visibility.OPEN, True),  # after the step
    ],
)
def test_what_passed_us_by_as_quic_is_not_held_against_the_app(
    at: float, visibility: Visibility, *, never_asked: bool
) -> None:
    way = CaptureVisibility("reached", "system", quic="recorded")
    facts = (way, FEED, (at, QuicAttempt("142.251.211.1")))

    verdict = judged(*facts)

    assert verdict.visibility is visibility
    assert (verdict.rule == "client_never_asked") == never_asked


def test_where_only_metadata_were_asked_for_a_try_without_tunnels_is_opaque_too() -> None:
    way = CaptureVisibility("reached", "none", policy="metadata")

    assert judged(way, result="passed").visibility is Visibility.OPAQUE


@pytest.mark.parametrize(
    ("canary", "said"),
    [
        (
            CaptureVisibility("reached", "none"),
            "reached our proxy; the phone does not hold our certificate",
        ),
        (
            CaptureVisibility("decrypted", "system", "the app took our certificate at x.test"),
            "can be read: the app took our certificate at x.test",
        ),
    ],
)
def test_the_canary_says_what_it_showed(canary: CaptureVisibility, said: str) -> None:
    (control,) = [made for made in judged(canary).controls if made.name == "canary"]

    assert control.result is ControlResult.OK
    assert said in control.statement
