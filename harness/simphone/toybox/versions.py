"""Which of our programs each Android version has, and its toybox's number.

Source: AOSP, system/core/shell_and_utilities/README.md (what came with which release).
"""

from __future__ import annotations

SINCE = {
    30: ("remount",),
    29: ("nc", "netcat", "nproc", "nsenter", "ping6", "rev", "unlink", "uuidgen"),
}
"""By API level; all others are in Android 8.0 already."""
NOT_TOYBOX = frozenset({"ip", "ip6tables", "iptables", "remount", "su"})
BSD_UNTIL = 28
BSD = frozenset({"dd", "grep", "egrep", "fgrep"})
"""Programs of their own until Android 9, parts of toybox since."""
PING_SINCE = 29
NUMBERS = {26: "0.7.3", 28: "0.7.6", 29: "0.8.0", 30: "0.8.3", 31: "0.8.4", 33: "0.8.6",
           34: "0.8.9", 35: "0.8.11", 36: "0.8.12"}  # fmt: skip
"""What `toybox --version` says from this API level on, as far as it is known."""


def lacking(api: int) -> frozenset[str]:
    """Programs that this version does not have yet."""
    return frozenset(name for since, names in SINCE.items() if api < since for name in names)


def part_of_toybox(name: str, api: int) -> bool:
    """Whether `toybox NAME` runs it on this version."""
    if name in NOT_TOYBOX or name in lacking(api):
        return False
    return not (name in BSD and api <= BSD_UNTIL) and not (name == "ping" and api < PING_SINCE)


def number(api: int) -> str:
    return NUMBERS[max(level for level in NUMBERS if level <= api)]
