"""What makers put between adb and a phone: what shows it, and the tap that takes it away."""

from __future__ import annotations

from dataclasses import dataclass

from harness.domain.capabilities import Capabilities
from harness.domain.device import DeviceEntry
from harness.session.finding import Finding


@dataclass(frozen=True, slots=True)
class Trap:
    """`setting`: its short name in Capabilities.settings; "" = nothing that adb can read shows
    it. `harmless`: values with which all is well. `destructive`: only installs meet it."""

    makers: tuple[str, ...]  # manufacturers in small letters; () = all
    name: str
    what: str
    tap: str
    setting: str = ""
    harmless: tuple[str, ...] = ()
    destructive: bool = False
    fatal: bool = False


TRAPS = (
    Trap(
        ("xiaomi", "redmi", "poco"),
        "USB debugging (Security settings)",
        "without it MIUI and HyperOS refuse taps and settings by adb",
        "Settings > Additional settings > Developer options > USB debugging (Security settings)",
        setting="miui_adb_input",
        harmless=("1",),
        fatal=True,
    ),
    Trap(
        ("xiaomi", "redmi", "poco"),
        "Install via USB",
        "without it MIUI and HyperOS refuse Appium's own apps, or ask at each install",
        "Settings > Additional settings > Developer options > Install via USB",
        setting="miui_adb_install",
        harmless=("1",),
        fatal=True,
    ),
    Trap(
        ("oppo", "realme", "oneplus"),
        "permission monitoring",
        "ColorOS may refuse taps by adb; adb cannot see whether it does",
        "Settings > System > Developer options > Disable permission monitoring",
    ),
    Trap(
        ("vivo", "iqoo"),
        "USB security permissions",
        "Funtouch OS may refuse taps by adb; adb cannot see whether it does",
        "Settings > System > Developer options > USB simulated click (Security settings)",
    ),
    Trap(
        ("huawei", "honor"),
        "adb in charge only mode",
        "EMUI drops adb when the cable is set to charge only",
        "Settings > System > Developer options > Allow ADB debugging in charge only mode",
    ),
    Trap(
        ("samsung",),
        "Auto Blocker",
        "One UI 6 and later may block commands over the cable; adb cannot see whether it does",
        "Settings > Security and privacy > Auto Blocker > off",
    ),
    Trap(
        (),
        "verification of installs by adb",
        "Play Protect may ask on the screen when the app is installed again",
        "adb shell settings put global verifier_verify_adb_installs 0"
        " (or: Developer options > Verify apps over USB)",
        setting="verifier_adb",
        harmless=("0",),
        destructive=True,
    ),
)


def trap_findings(entry: DeviceEntry, seen: Capabilities) -> list[Finding]:
    """What concerns this phone. A trap that nothing shows is a thing to know, no fault."""
    maker = seen.manufacturer.lower()
    found: list[Finding] = []
    for trap in TRAPS:
        if trap.makers and maker not in trap.makers:
            continue
        if trap.destructive and not (entry.destructive and seen.settings.get("play_protect")):
            continue
        value = seen.settings.get(trap.setting, "") if trap.setting else ""
        if trap.setting and value in trap.harmless:
            found.append(Finding(entry.name, trap.name, ok=True, detail="in order"))
            continue
        ok = not trap.fatal or value == ""
        found.append(Finding(entry.name, trap.name, ok=ok, detail=trap.what, mend=trap.tap))
    return found
