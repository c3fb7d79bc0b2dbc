"""Placing the proxy's observations into scenario and step."""

from __future__ import annotations

import pytest

from harness.adapters.observation_windows import Windows
from harness.domain.facts.capture import ProxyHeartbeat
from harness.domain.facts.scenario import ScenarioBegun, ScenarioEnded, StepBegun, StepEnded
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.observation import Observation


def mark(kind: str, mono: float, step: str | None = None, device: str = "a") -> Observation:
    facts = {
        "scenario.begun": ScenarioBegun("t", None),
        "scenario.ended": ScenarioEnded("passed"),
        "step.begun": StepBegun("t"),
        "step.ended": StepEnded("t", ok=True, begun=0.0),
    }[kind]
    return Observation(f"s{mono}", 0.0, mono, "scenario", "h", kind, facts, device, "log-in", step)


def exchange(begun: float, mono: float, device: str | None = "a") -> Observation:
    facts = Exchange("f", "c", 1, "GET", "https", "h", 443, "/", "HTTP/2.0", begun)
    return Observation("p", 0.0, mono, "proxy", "h", "exchange", facts, device)


MARKS = [
    mark("scenario.begun", 10),
    mark("step.begun", 11, "open"),
    mark("step.ended", 12, "open"),
    mark("step.begun", 13, "submit"),
    mark("step.ended", 15, "submit"),
    mark("scenario.ended", 16),
    mark("scenario.begun", 10, device="b"),
]


@pytest.mark.parametrize(
    ("begun", "scenario", "step"),
    [
        (9.0, None, None),
        (10.5, "log-in", None),
        (11.0, "log-in", "open"),
        (12.5, "log-in", None),
        (14.9, "log-in", "submit"),
        (15.5, "log-in", None),
        (16.0, None, None),
    ],
)
def test_an_exchange_belongs_where_it_began(
    begun: float, scenario: str | None, step: str | None
) -> None:
    placed = Windows(MARKS).place(exchange(begun, mono=begun + 5))
    assert (placed.scenario, placed.step) == (scenario, step)


def test_a_connection_belongs_where_it_was_opened_and_a_beat_where_it_was_seen() -> None:
    windows = Windows(MARKS)
    opened = Observation(
        "p", 0.0, 20.0, "proxy", "h", "connection", Connection("c", opened=13.5), "a"
    )
    beat = Observation("p", 0.0, 11.5, "proxy", "h", "proxy.heartbeat", ProxyHeartbeat(0.0), "a")
    assert windows.place(opened).step == "submit"
    assert windows.place(beat).step == "open"


def test_phones_do_not_mix() -> None:
    assert Windows(MARKS).place(exchange(11.5, 11.5, device="b")).step is None


def test_a_lone_phone_is_filled_in_and_several_are_not_guessed() -> None:
    assert Windows(MARKS[:-1]).place(exchange(14, 14, device=None)).device == "a"
    assert Windows(MARKS).place(exchange(14, 14, device=None)).device is None


def test_other_sources_keep_what_they_said() -> None:
    own = mark("step.begun", 14, "else")
    assert Windows(MARKS).place(own) is own
