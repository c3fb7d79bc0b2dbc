"""The climb: looks, tries, writes down, looks again, and ends."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from harness.domain.facts import Facts
from harness.domain.facts.recovery import RecoveryTried
from harness.domain.recovery import Means, Rung, Trouble
from harness.ports import InstrumentError
from harness.session.recovery import LONGEST, Climb, Recovery

ALL = Means(own_server=True, own_appium=True, may_reboot=True)


@dataclass
class World:
    """A phone whose trouble ends after certain rungs; time passes by sleeping only."""

    trouble: Trouble | None
    cures: dict[Rung, Trouble | None] = field(default_factory=dict[Rung, "Trouble | None"])
    failing: frozenset[Rung] = frozenset()
    now: float = 0.0
    heals_at: float = float("inf")
    costs: float = 0.0
    facts: list[RecoveryTried] = field(default_factory=list[RecoveryTried])

    def look(self) -> Trouble | None:
        return None if self.now >= self.heals_at else self.trouble

    def do(self, rung: Rung) -> None:
        self.now += self.costs
        if rung in self.failing:
            raise InstrumentError("adb", str(rung), "no")
        if rung in self.cures:
            self.trouble = self.cures[rung]

    def write(self, kind: str, facts: Facts, **_: object) -> None:
        assert kind == "recovery"
        assert isinstance(facts, RecoveryTried)
        self.facts.append(facts)

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def climb(self, means: Means = ALL) -> Climb:
        rungs = {rung: (lambda rung=rung: self.do(rung)) for rung in Rung}
        return Recovery(
            self.look,
            rungs,
            means,
            self,  # type: ignore[arg-type] - as much of a log as is used
            monotonic=lambda: self.now,
            sleep=self.sleep,
        ).climb("tap x")


def test_all_well_is_not_climbed() -> None:
    world = World(None)

    assert world.climb() == Climb(well=True)
    assert world.facts == []


def test_each_rung_is_a_fact_and_one_trouble_leads_to_the_next() -> None:
    world = World(
        Trouble.SERVER_GONE,
        {
            Rung.RESTART_SERVER: Trouble.PHONE_ABSENT,
            Rung.RECONNECT: Trouble.WAY_LOST,
            Rung.ATTACH_AGAIN: Trouble.SESSION_LOST,
            Rung.NEW_SESSION: None,
        },
    )

    done = world.climb()

    assert done.well
    assert [(fact.rung, fact.result) for fact in world.facts] == [
        ("restart our adb server", "changed"),
        ("reconnect the phone", "changed"),
        ("lead the phone's traffic to us again", "changed"),
        ("open a new Appium session", "mended"),
    ]
    assert {fact.because for fact in world.facts} == {"tap x"}
    assert done.troubles[0] is Trouble.SERVER_GONE


def test_waiting_ends_as_soon_as_it_is_well() -> None:
    world = World(Trouble.PHONE_OFFLINE, heals_at=2.0)

    assert world.climb().well
    assert world.now < 3.0


def test_what_cannot_be_mended_is_given_up_with_what_was_tried() -> None:
    world = World(Trouble.PHONE_OFFLINE, failing=frozenset({Rung.RECONNECT}))

    done = world.climb()

    assert not done.well
    assert done.left is Trouble.PHONE_OFFLINE
    assert [fact.result for fact in world.facts] == [
        "unchanged", "failed", "unchanged", "failed", "given_up",
    ]  # fmt: skip
    assert "adb" in world.facts[1].detail


def test_a_rung_that_fails_and_helps_all_the_same_counts_as_mended() -> None:
    world = World(Trouble.APPIUM_GONE, failing=frozenset({Rung.RESTART_APPIUM}), costs=1.0)
    world.heals_at = 1.0

    assert world.climb().well
    assert [fact.result for fact in world.facts] == ["mended"]


@pytest.mark.parametrize("trouble", Trouble)
def test_a_climb_is_bounded_in_time(trouble: Trouble) -> None:
    world = World(trouble, costs=LONGEST / 3)

    assert not world.climb().well
    assert world.now <= 2 * LONGEST
