"""What lab life does to a phone, asked for by verb and taken back by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.simphone.lab_verbs import LAB_VERBS
from harness.simphone.phone_verbs import PHONE_VERBS, Target
from tests.pages.simulated import SimulatedPhone, simulated


def ask(phone: SimulatedPhone, name: str, value: object) -> None:
    target = Target(phone.running.phone, phone.fleet.service)

    async def act() -> None:
        await LAB_VERBS[name].act(target, value)

    phone.run(act())


def test_each_verb_does_what_it_says_and_takes_it_back(tmp_path: Path) -> None:
    with simulated(tmp_path / "phone") as phone:
        real = phone.running.phone
        ask(phone, "screen_locked", True)
        assert (real.conditions.locked, real.conditions.screen_on) == (True, False)
        ask(phone, "screen_locked", False)
        assert (real.conditions.locked, real.conditions.screen_on) == (False, True)

        ask(phone, "battery_low", True)
        assert (real.conditions.battery_level, real.conditions.charging) == (3, False)
        ask(phone, "battery_low", False)
        assert real.conditions.charging

        for verb, attribute in (
            ("ui_crash", "crash"),
            ("ui_hang", "hang"),
            ("ui_garbage", "garbage"),
        ):
            ask(phone, verb, True)
            assert getattr(real.ui_faults, attribute)
            ask(phone, verb, False)
            assert not getattr(real.ui_faults, attribute)

        with pytest.raises(ValueError, match="needs true, false or seconds"):
            ask(phone, "cable_pulled", "x")


def test_they_are_in_no_table_of_faults() -> None:
    assert not set(LAB_VERBS) & set(PHONE_VERBS)
