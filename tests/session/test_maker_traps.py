"""A maker's trap is told on its phones only, and is a fault only where it is seen to be set."""

import pytest

from harness.domain.capabilities import Capabilities
from harness.domain.device import DeviceEntry
from harness.session.finding import Finding
from harness.session.maker_traps import TRAPS, trap_findings

SAFE = DeviceEntry("desk", serial="S1")


def traps(entry: DeviceEntry, maker: str, **settings: str) -> dict[str, Finding]:
    seen = Capabilities("b", manufacturer=maker, settings=settings)
    return {finding.name: finding for finding in trap_findings(entry, seen)}


@pytest.mark.parametrize(("value", "ok", "taps"), [("1", True, 0), ("0", False, 1), ("", True, 1)])
def test_xiaomis_two_switches(value: str, ok: bool, taps: int) -> None:
    found = traps(SAFE, "Xiaomi", miui_adb_input=value, miui_adb_install="1")

    finding = found["USB debugging (Security settings)"]
    assert (finding.ok, bool(finding.mend)) == (ok, bool(taps))
    assert found["Install via USB"].mend == ""


@pytest.mark.parametrize("maker", ["Google", "Fairphone"])
def test_other_makers_have_none(maker: str) -> None:
    assert traps(SAFE, maker) == {}


@pytest.mark.parametrize("maker", ["OPPO", "vivo", "HUAWEI", "samsung", "Redmi"])
def test_what_cannot_be_seen_is_told_and_is_no_fault(maker: str) -> None:
    found = traps(SAFE, maker)

    assert found
    assert all(finding.ok and finding.mend for finding in found.values())


@pytest.mark.parametrize(
    ("destructive", "services", "verifier", "told"),
    [
        (True, "package:/gms.apk", "1", True),
        (True, "package:/gms.apk", "null", True),
        (True, "", "1", False),
        (False, "package:/gms.apk", "1", False),
    ],
)
def test_play_protect_bears_on_installs_only(
    destructive: bool, services: str, verifier: str, told: bool
) -> None:
    entry = DeviceEntry("desk", serial="S1", destructive=destructive)
    found = traps(entry, "Google", play_protect=services, verifier_adb=verifier)

    assert ("verification of installs by adb" in found) is told


def test_every_trap_says_where_to_tap() -> None:
    assert all(trap.tap and trap.what for trap in TRAPS)
