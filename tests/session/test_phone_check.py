"""What doctor says of a phone: what would not work, what may not go on to, what is possible."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.domain.capabilities import Capabilities, PhoneNow, PhoneUser
from harness.domain.device import AccountEntry, DeviceEntry
from harness.domain.facts.device import AppPackage
from harness.domain.removal import Arm
from harness.session.finding import Finding
from harness.session.phone_check import check_phone, possible_arms

ENTRY = DeviceEntry("desk", serial="S1", destructive=True, account=AccountEntry("a", "PW"))
SEEN = Capabilities("b", "p", "Pixel 8", "Google", 34, "14", root="none", build_type="user")
NOW = PhoneNow(
    battery=80,
    charging=False,
    free_bytes=50 << 30,
    clock_offset=0.2,
    clock_uncertainty=0.1,
    network="wifi",
    validated=True,
    airplane=False,
    locked=False,
    screen_on=True,
)
APP = AppPackage("com.zhiliaoapp.musically", "43.1.4", 2024301040, "ab", genuine=True)


def found(
    seen: dict[str, Any] | None = None, now: dict[str, Any] | None = None, app: Any = APP
) -> dict[str, Finding]:

    findings = check_phone(
        ENTRY, replace(SEEN, **seen or {}), replace(NOW, **now or {}), app, "TikTok"
    )
    return {finding.name: finding for finding in findings}


def test_a_phone_in_order() -> None:
    findings = found()

    assert [name for name, finding in findings.items() if not finding.ok or finding.mend] == []


@pytest.mark.parametrize(
    ("name", "seen", "now", "ok", "mend"),
    [
        ("Android", {"api": 24}, {}, False, "Android 8"),
        ("lock", {"lock": "secure"}, {"locked": True}, False, "Unlock"),
        ("lock", {"lock": "secure"}, {}, True, "Stay awake"),
        ("lock", {"lock": "none or swipe"}, {"screen_on": False}, True, ""),
        ("lock", {}, {"locked": True}, True, "Unlock"),
        ("battery", {}, {"battery": 3}, False, "charger"),
        ("battery", {}, {"battery": 3, "charging": True}, True, ""),
        ("battery", {}, {"battery": 15}, True, "charger"),
        ("battery", {}, {"battery": None}, True, ""),
        ("storage", {}, {"free_bytes": 0}, False, "Free up"),
        ("storage", {}, {"free_bytes": 500 << 20}, True, "Free up"),
        ("storage", {}, {"free_bytes": None}, True, ""),
        ("clock", {}, {"clock_offset": 90_000.0}, False, "automatically"),
        ("clock", {}, {"clock_offset": -120.0}, True, "automatically"),
        ("clock", {}, {"clock_offset": 70.0, "clock_uncertainty": 20.0}, True, ""),
        ("clock", {}, {"clock_offset": None}, True, ""),
        ("network", {}, {"airplane": True}, False, "airplane-mode disable"),
        ("network", {}, {"network": "none"}, False, "Wi-Fi"),
        ("network", {}, {"validated": False}, True, "log-in"),
    ],
)
def test_what_is_out_of_order_comes_with_its_mend(
    name: str, seen: dict[str, Any], now: dict[str, Any], ok: bool, mend: str
) -> None:
    finding = found(seen, now)[name]

    assert finding.ok is ok
    assert mend in finding.mend
    assert bool(finding.mend) is bool(mend)


@pytest.mark.parametrize(
    ("app", "ok", "said", "mend"),
    [
        (None, False, "not installed", True),
        (APP, True, "signed by its maker", False),
        (AppPackage("p", "1", 1, "cd", genuine=False), True, "NOT signed", True),
        (AppPackage("p", "1", 1, None, genuine=None), True, "not compared", False),
    ],
)
def test_the_app(app: AppPackage | None, ok: bool, said: str, mend: bool) -> None:
    finding = found(app=app)["app"]

    assert (finding.ok, bool(finding.mend)) == (ok, mend)
    assert said in finding.detail


def test_a_second_copy_of_the_app_is_told() -> None:
    clone = PhoneUser(999, "Dual", "clone", running=True, has_app=True)
    owner = PhoneUser(0, "Owner", "main", running=True, has_app=True)

    assert "copies" not in found({"users": (owner,)})
    finding = found({"users": (owner, clone)})["copies"]
    assert finding.ok
    assert "user 999" in finding.detail


CLONED = replace(SEEN, users=(PhoneUser(999, "Dual", "clone", running=True, has_app=True),))


@pytest.mark.parametrize(
    ("entry", "seen", "now", "able"),
    [
        (ENTRY, SEEN, NOW, set(Arm) - {Arm.ARCHIVE}),
        (ENTRY, Capabilities("b", api=35), NOW, set(Arm)),
        (DeviceEntry("desk", serial="S1"), SEEN, NOW, set[Arm]()),
        (ENTRY, CLONED, NOW, {Arm.NOTHING, Arm.STOP_START, Arm.CLEAR, Arm.UPDATE_IN_PLACE}),
        (
            replace(ENTRY, may_remove_copies=True),
            CLONED,
            NOW,
            set(Arm) - {Arm.ARCHIVE},
        ),
        (ENTRY, SEEN, PhoneNow(battery=5, free_bytes=1 << 40), {Arm.NOTHING, Arm.STOP_START}),
    ],
    ids=["Android 14", "Android 15", "no consent", "a clone", "it may go", "empty battery"],
)
def test_arms_that_could_be_made(
    entry: DeviceEntry, seen: Capabilities, now: PhoneNow, able: set[Arm]
) -> None:
    arms = possible_arms(entry, seen, now, APP)

    assert {arm for arm, why in arms.items() if not why} == able
