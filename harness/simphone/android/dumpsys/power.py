"""`dumpsys power`, `battery` and `deviceidle`."""

from __future__ import annotations

from harness.simphone.android.parts import AndroidPhone

CHARGING, DISCHARGING, FULL = 2, 3, 5  # BatteryManager
SETTABLE = {"ac", "usb", "wireless", "dock", "status", "level", "temp", "present", "counter"}


def dump_power(phone: AndroidPhone, _: list[str]) -> str:
    """Awake or not, and what holds the screen on."""
    on = phone.conditions.screen_on
    held = "true" if on else "false"
    return (
        "POWER MANAGER (dumpsys power)\n\nPower Manager State:\n"
        f"  mWakefulness={'Awake' if on else 'Asleep'}\n"
        f"  mWakefulnessChanging=false\n"
        f"  mIsPowered={'true' if phone.conditions.charging else 'false'}\n"
        f"  mBatteryLevel={phone.conditions.battery_level}\n"
        f"  mHoldingWakeLockSuspendBlocker={held}\n"
        f"  mHoldingDisplaySuspendBlocker={held}\n"
        f"Display Power: state={'ON' if on else 'OFF'}\n"
    )


def dump_battery(phone: AndroidPhone, words: list[str]) -> str:
    """Levels, or `set`, `unplug`, `reset` of them."""
    faked = phone.activities.state.battery
    if words[:1] == ["reset"]:
        faked.clear()
        return ""
    if words[:1] == ["unplug"]:
        faked.update({"ac": "0", "usb": "0", "wireless": "0"})
        return ""
    if words[:1] == ["set"]:
        if len(words) != 3 or words[1] not in SETTABLE:
            return f"Unknown set option: {' '.join(words[1:])}\n"
        faked[words[1]] = words[2]
        return ""
    return _battery(phone, faked)


def _battery(phone: AndroidPhone, faked: dict[str, str]) -> str:
    level = faked.get("level", str(phone.conditions.battery_level))
    charging = phone.conditions.charging
    status = FULL if charging and level == "100" else CHARGING if charging else DISCHARGING
    usb = faked.get("usb", "1" if charging else "0") != "0"
    stopped = "  (UPDATES STOPPED -- use 'reset' to restart)\n" if faked else ""
    return (
        "Current Battery Service state:\n"
        f"{stopped}"
        f"  AC powered: {'true' if faked.get('ac', '0') != '0' else 'false'}\n"
        f"  USB powered: {'true' if usb else 'false'}\n"
        f"  Wireless powered: {'true' if faked.get('wireless', '0') != '0' else 'false'}\n"
        "  Dock powered: false\n"
        "  Max charging current: 500000\n"
        "  Max charging voltage: 5000000\n"
        f"  Charge counter: {int(level) * 43000}\n"
        f"  status: {faked.get('status', str(status))}\n"
        "  health: 2\n"
        "  present: true\n"
        f"  level: {level}\n"
        "  scale: 100\n"
        "  voltage: 4210\n"
        f"  temperature: {faked.get('temp', '281')}\n"
        "  technology: Li-ion\n"
        f"{phone.spec.maker.battery_tail}"
    )


def dump_deviceidle(phone: AndroidPhone, words: list[str]) -> str:
    """`whitelist [+PKG|-PKG]`, `get`, `step`, `force-idle` …."""
    verb = words[0] if words else "get"
    if verb == "whitelist":
        return _allowed(phone, words[1:])
    if verb in ("get", "step"):
        return "ACTIVE\n" if len(words) > 1 or verb == "get" else "Stepped to deep: IDLE_PENDING\n"
    if verb in ("enable", "disable", "unforce", "force-idle", "force-inactive"):
        return {
            "enable": "Deep idle mode enabled\n",
            "disable": "Deep idle mode disabled\n",
            "force-idle": "Now forced in to deep idle mode\n",
        }.get(verb, "Light state: ACTIVE, deep state: ACTIVE\n")
    return f"Unknown option: {verb}\n"


def _allowed(phone: AndroidPhone, words: list[str]) -> str:
    allowed = phone.activities.state.idle_allowed
    if not words:
        packages = [phone.packages.get(name) for name in sorted(allowed)]
        return "".join(f"user,{package.name},{package.uid}\n" for package in packages if package)
    text = ""
    for word in words:
        sign, name = word[:1], word[1:]
        if phone.packages.get(name) is None:
            text += f"Unknown package: {name}\n"
        elif sign == "+":
            allowed.add(name)
            text += f"Added: {name}\n"
        elif sign == "-":
            allowed.discard(name)
            text += f"Removed: {name}\n"
    return text
