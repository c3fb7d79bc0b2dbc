"""An incident of one phone breaks that phone and no other, and ends with it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from harness.simphone.fleet import Fleet, Wish
from harness.simphone.incident_switch import switch_incident
from harness.simphone.service.incidents import WEEKS_BEHIND
from harness.simphone.target import Target


def test_only_the_first_phone_of_a_fleet_is_broken(tmp_path: Path) -> None:
    async def main() -> None:
        fleet = Fleet([Wish("one"), Wish("two")], tmp_path)
        try:
            await fleet.start("this-phone-only")
            assert [r.phone.clock.offset for r in fleet.running] == [WEEKS_BEHIND, 0.0]
            assert fleet.service.trouble.for_request("login") is None
            await switch_incident(Target(fleet.running[0].phone, fleet.service), "slow")
            assert [r.phone.clock.offset for r in fleet.running] == [0.0, 0.0]
        finally:
            await fleet.stop()

    asyncio.run(main())


def test_an_unknown_incident_changes_nothing(tmp_path: Path) -> None:
    async def main() -> None:
        fleet = Fleet([Wish("one")], tmp_path)
        with pytest.raises(ValueError, match="unknown incident 'nonsense'"):
            await fleet.start("nonsense")
        assert fleet.running == []
        await fleet.stop()

    asyncio.run(main())
