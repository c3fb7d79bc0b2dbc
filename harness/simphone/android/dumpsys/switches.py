"""`dumpsys uimode`, `overlay`, `bluetooth_manager`, `netpolicy`, `settings`: what is switched
on or off, as `cmd`, `svc` and `settings` of the same phone set it."""

from __future__ import annotations

from harness.simphone.android.parts import AndroidPhone

NIGHT = {"0": "auto", "1": "no", "2": "yes"}
REJECT_METERED = "1 (REJECT_METERED_BACKGROUND)"


def dump_uimode(phone: AndroidPhone, _: list[str]) -> str:
    mode = phone.settings.get("secure", "ui_night_mode") or "1"
    night = "true" if mode == "2" else "false"
    return (
        "Current UI Mode Service state:\n"
        "  mDockState=0 mLastBroadcastState=0\n"
        f"  mNightMode={mode} ({NIGHT.get(mode, 'no')}) mNightModeLocked=false"
        " mCarModeEnabled=false\n"
        f"  mComputedNightMode={night} mCarModeEnableFlags=0x0 mEnableCarDockLaunch=true\n"
        "  mCurUiMode=0x11 mUiModeLocked=false mSetUiMode=0x11\n"
    )


def dump_overlay(phone: AndroidPhone, _: list[str]) -> str:
    lines: list[str] = []
    for name in sorted(phone.activities.state.overlays):
        lines += [
            f"{name}:0 {{",
            f"  mPackageName...........: {name}",
            "  mUserId................: 0",
        ]
        lines += [
            "  mState.................: STATE_ENABLED",
            "  mIsEnabled.............: true",
            "}",
        ]
    return "\n".join([*lines, ""])


def dump_bluetooth_manager(phone: AndroidPhone, _: list[str]) -> str:
    on = phone.conditions.bluetooth
    return (
        "Bluetooth Status\n"
        f"  enabled: {'true' if on else 'false'}\n"
        f"  state: {'ON' if on else 'OFF'}\n"
        "  address: 02:00:00:00:00:00\n"
        f"  name: {phone.settings.get('secure', 'bluetooth_name') or phone.spec.model}\n"
    )


def dump_netpolicy(phone: AndroidPhone, _: list[str]) -> str:
    lines = ["System ready: true", "Restrict background: false", "Restrict power: false"]
    lines += ["Device idle: false", "Network policies:", "", "Policy for UIDs:"]
    lines += [
        f"  UID={uid} policy={REJECT_METERED}" for uid in sorted(phone.activities.state.restricted)
    ]
    return "\n".join([*lines, ""])


def dump_settings(phone: AndroidPhone, _: list[str]) -> str:
    """All three tables of the owner."""
    lines: list[str] = []
    for table in ("global", "secure", "system"):
        lines += [f"{table.upper()} SETTINGS (user 0)", "version: 219"]
        for number, (name, value) in enumerate(sorted(phone.settings.all(table).items()), 1):
            lines.append(f"_id:{number} name:{name} pkg:android value:{value}")
        lines.append("")
    return "\n".join([*lines, ""])
