"""From observations to marks: what is bad, when it failed, what every instrument adds."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.domain.facts import (
    AppCrash,
    AppDeath,
    AppNotResponding,
    CaptureGap,
    CaptureVisibility,
    Connection,
    ControlMade,
    DeviceConditions,
    InstrumentFailure,
    ProxyStarted,
    ProxyStopped,
    Screen,
)
from harness.domain.facts.traffic import Envelope, Exchange
from harness.domain.observation import Observation
from harness.reporting.run_record import Try
from harness.reporting.timeline.marks import Lane, marks_of
from tests.reporting.records import try_of, verdict


def seen(facts: Any, mono: float | None = None) -> Observation:
    at = time.monotonic() if mono is None else mono
    return Observation("e-1", 0.0, at, "adb", "h", "x", facts, "sim", "login")


def test_failed_requests_and_steps_are_bad(tmp_path: Path) -> None:
    marks = {mark.label: (mark.lane, mark.bad) for mark in marks_of(try_of(tmp_path)).marks}

    assert marks["submit log-in"] == (Lane.STEP, True)
    assert marks["POST /login → 503 (code 5)"] == (Lane.REQUEST, True)
    assert marks["Same host: a.test:443"] == (Lane.CONTROL, False)


@pytest.mark.parametrize(
    ("facts", "lane", "bad", "said"),
    [
        (AppCrash("p", "NullPointerException"), Lane.PHONE, True, "crashed"),
        (AppNotResponding("p", "input"), Lane.PHONE, True, "hangs"),
        (AppDeath("p", "low_memory"), Lane.PHONE, True, "low_memory"),
        (AppDeath("p", "user"), Lane.PHONE, False, "ended"),
        (DeviceConditions(), Lane.PHONE, False, "in order"),
        (DeviceConditions(airplane=True), Lane.PHONE, True, "airplane mode"),
        (DeviceConditions(free_bytes=1), Lane.PHONE, True, "storage full"),
        (DeviceConditions(clock_offset=-900.0), Lane.PHONE, True, "clock wrong"),
        (CaptureGap(0.0, 1.0, "killed"), Lane.PROXY, True, "the recorder was down: killed"),
        (CaptureGap(0.0, 1.0, "lost", "way"), Lane.PROXY, True, "the phone's way to the recorder"),
        (CaptureVisibility("not_seen", "none"), Lane.PROXY, False, "not seen"),
        (ProxyStarted(1, 2, "12", "ca"), Lane.PROXY, False, "started"),
        (ProxyStopped("signal", 1, 1), Lane.PROXY, False, "stopped"),
        (InstrumentFailure("adb", "push", "no"), Lane.PROXY, True, "adb failed"),
        (InstrumentFailure("adb", "push", "no", recovered=True), Lane.PROXY, False, "adb failed"),
    ],
)
def test_every_instrument_has_its_mark(facts: Any, lane: Lane, bad: bool, said: str) -> None:
    (mark,) = marks_of(Try(verdict(), events=(seen(facts),))).marks

    assert (mark.lane, mark.bad) == (lane, bad)
    assert said in mark.label
    assert mark.begun == mark.ended


@pytest.mark.parametrize(
    ("connection", "bad", "said"),
    [
        (Connection("c", 1.0, 2.0, "a.test", connect_error="refused"), True, "a.test: refused"),
        (Connection("c", 1.0, 2.0, "a.test", passed_through=True, bytes_down=9), False, "9 bytes"),
        (Connection("c", 1.0), False, "nothing was asked"),
    ],
)
def test_connections(connection: Connection, bad: bool, said: str) -> None:
    (mark,) = marks_of(Try(verdict(), connections=(seen(connection, 3.0),))).marks

    assert mark.bad is bad
    assert said in mark.label


def test_what_was_not_made_or_has_no_moment_is_not_drawn() -> None:
    events = (seen(ControlMade("canary", "not_made", "Not made.")), seen(Screen("p", "a")))

    assert marks_of(Try(verdict(), events=events)).marks == ()


def test_it_failed_when_the_screen_was_last_looked_at_in_the_failed_step(tmp_path: Path) -> None:
    record = try_of(tmp_path)
    step = record.steps[0]
    look = seen(Screen("p", "a"), step.mono - 0.2)

    with_look = marks_of(replace(record, events=(*record.events, look)))

    assert with_look.failure == look.mono
    assert marks_of(record).failure == step.mono
    assert marks_of(Try(verdict())).failure is None


def test_gaps_of_the_recorder_reach_to_the_end_when_they_are_open(tmp_path: Path) -> None:
    record = try_of(tmp_path)
    begun = record.steps[0].mono - 1
    gap = seen(CaptureGap(begun, None, "killed"), begun)

    marks = marks_of(replace(record, events=(gap,)))

    assert marks.gaps == ((begun, max(mark.ended for mark in marks.marks)),)


@pytest.mark.parametrize(
    ("envelope", "bad", "said"),
    [
        (Envelope("standard", None, "no such user", refused=True), True, " (refused)"),
        (Envelope("app", 8), True, " (code 8)"),
        (Envelope("app", 0), False, ""),
        (None, False, ""),
    ],
)
def test_a_refusal_inside_a_good_answer_is_bad(
    envelope: Envelope | None, bad: bool, said: str
) -> None:
    answer = Exchange(
        "f", "c", 1, "GET", "https", "a.test", 443, "/x", "HTTP/1.1", 1.0, status=200,
        envelope=envelope,
    )  # fmt: skip
    (mark,) = marks_of(Try(verdict(), exchanges=(seen(answer, 2.0),))).marks
    assert (mark.bad, mark.label) == (bad, f"GET /x → 200{said}")
