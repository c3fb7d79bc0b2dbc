"""Which fault meets which scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.adapters.places import clone_root
from harness.session.accuracy.trial import Scenario, Trial, sample, scenarios_in, trials
from harness.simphone.control import fault_table

MODULE = """
import pytest

@pytest.mark.scenario("followers", start="logged_in")
def test_a(): ...

@pytest.mark.scenario("reinstall", destructive=True)
@pytest.mark.timeout(5)
def test_b(): ...

@pytest.mark.skipif
@pytest.mark.scenario()
def test_c(): ...
"""


def row(name: str, where: str, *scopes: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "where": where, "scopes": list(scopes)} | {
        "party": "server",
        "outcome": "failed",
        **more,
    }


TABLE = [
    row("http-500", "service", "login", "followers"),
    row("zero", "service", "profile"),
    row("airplane", "phone", party="device"),
    row("low", "phone", "offline_content"),
    row("crash_app", "phone", moment=True, value=3),
]


def test_scenarios_are_read_from_their_modules(tmp_path: Path) -> None:
    (tmp_path / "test_x.py").write_text(MODULE)
    assert scenarios_in(tmp_path) == [
        Scenario("followers"),
        Scenario("reinstall", destructive=True),
    ]
    assert "login" in {scenario.name for scenario in scenarios_in(clone_root() / "scenarios")}


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("login", ["none:*", "http-500:login", "airplane:*", "crash_app:*"]),
        (
            "followers",
            ["none:*", "http-500:followers", "zero:profile", "airplane:*", "crash_app:*"],
        ),
        ("offline_content", ["none:*", "airplane:*", "low:*", "crash_app:*"]),
    ],
)
def test_a_fault_meets_what_it_can_touch(scenario: str, expected: list[str]) -> None:
    made = trials(TABLE, [Scenario(scenario), Scenario("reinstall", destructive=True)], ["a", "b"])
    assert [f"{t.fault}:{t.scope}" for t in made if t.phone == "a"] == expected
    assert {t.phone for t in made} == {"a", "b"}
    assert len({t.key for t in made}) == len(made)


def test_what_is_switched_on() -> None:
    made = {t.fault: t for t in trials(TABLE, [Scenario("login")], ["a"])}
    assert made["none"].injection is None
    assert str(made["http-500"].injection) == "http-500:login"
    assert str(made["crash_app"].injection) == "crash_app=3@step"


def test_a_sample_is_repeatable_and_spread_over_the_parties() -> None:
    everything = trials(fault_table(), [Scenario("login")], ["a", "b"])
    chosen = sample(everything, 14, 3)
    assert chosen == sample(everything, 14, 3)
    assert {t.party for t in chosen} == {t.party for t in everything}
    assert sample(everything, None, 3) == everything == sample(everything, 10_000, 3)
    assert len(sample(everything, 14, 4)) == 14


def test_the_simulator_knows_eighty_faults_over_all_parties_and_layers() -> None:
    table = fault_table()
    assert len({str(entry["name"]) for entry in table}) >= 80
    assert {str(entry["party"]) for entry in table} == {
        "none", "server", "client", "network", "device", "account", "harness",
    }  # fmt: skip
    assert {str(entry["where"]) for entry in table} == {"service", "app", "phone"}
    touched = {
        t.fault
        for t in trials(
            table,
            [
                Scenario("login"),
                Scenario("followers"),
                Scenario("offline_content"),
                Scenario("feed"),
            ],
            ["a"],
        )
    }
    assert {str(entry["name"]) for entry in table} - touched == set()


def test_a_key_names_phone_scenario_fault_and_scope() -> None:
    assert Trial("sim", "login", "hang", "login", "server", "failed").key == "sim/login/hang:login"
