"""What of a phone a run may change, read before and after to see that it is as found."""

from __future__ import annotations

from collections.abc import Mapping

from harness.adapters.adb.batch import read_batch
from harness.ports import DeviceControl

COMMANDS = {
    "global settings": "settings list global",
    "secure settings": "settings list secure",
    "system settings": "settings list system",
    "system certificates": "ls /system/etc/security/cacerts",
    "module certificates": "ls /apex/com.android.conscrypt/cacerts",
    "loop": "ls /data/local/tmp/harness-dm",
    "firewall": "iptables -S OUTPUT",
    "radios": "settings get global airplane_mode_on; settings get global wifi_on",
}
LET_GO = ("auto_time", "boot_count", "enabled_notification_listeners")
"""Keys that our own fault changes, and what Appium's settings app, which stays
installed on a phone after any session, has switched on for itself."""


def read_state(phone: DeviceControl) -> dict[str, tuple[str, ...]]:
    """Lines by name. Raises InstrumentError when the phone is gone."""
    found = read_batch(phone, COMMANDS, timeout=20.0)
    return {
        name: tuple(
            sorted(
                line.strip()
                for line in text.splitlines()
                if line.strip() and line.partition("=")[0] not in LET_GO
            )
        )
        for name, text in found.items()
    }


def changes(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]) -> str:
    """What differs, in words; "" for nothing."""
    told: list[str] = []
    for name, was in before.items():
        now = after.get(name, ())
        more = [line for line in now if line not in was]
        less = [line for line in was if line not in now]
        if more or less:
            parts = [f"+{line}" for line in more[:3]] + [f"-{line}" for line in less[:3]]
            told.append(f"{name}: {', '.join(parts)}")
    return "; ".join(told)
