"""`dumpsys activity exit-info PACKAGE` (API 30+), in both of its layouts."""

from __future__ import annotations

import re

from harness.domain.facts.device import AppDeath

_RECORD = re.compile(r"ApplicationExitInfo(?:\(\w+\))? #\d+:")
_PAIR = re.compile(r"(\w+)=((?:(?!\s\w+=).)*)", re.DOTALL)
REASONS = {
    1: "exit_self",
    2: "signal",
    3: "low_memory",
    4: "crash",
    5: "native_crash",
    6: "anr",
    7: "init_failure",
    8: "permission_change",
    9: "excessive_resources",
    10: "user",
    11: "user_stopped",
    12: "dependency_died",
    13: "other",
    14: "freezer",
    15: "package_state_change",
    16: "package_updated",
}
"""ApplicationExitInfo.REASON_* (android-storage 4.2)."""

_NAMES = {
    "EXIT_SELF": 1,
    "SIGNALED": 2,
    "LOW_MEMORY": 3,
    "APP_CRASH": 4,
    "CRASH": 4,
    "CRASH_NATIVE": 5,
    "ANR": 6,
    "USER_REQUESTED": 10,
}


def read_exit_info(text: str) -> list[AppDeath]:
    """The deaths, newest first as Android lists them. `phone_time` is local, without zone."""
    parts = _RECORD.split(text)[1:]
    deaths: list[AppDeath] = []
    for part in parts:
        pairs = {found[1]: " ".join(found[2].split()) for found in _PAIR.finditer(part)}
        if "process" not in pairs and "reason" not in pairs:
            continue
        deaths.append(
            AppDeath(
                process=pairs.get("process", ""),
                reason=_reason(pairs.get("reason", "")),
                detail=_detail(pairs),
                phone_time=pairs.get("timestamp"),
            )
        )
    return deaths


def _reason(value: str) -> str:
    number = re.match(r"(\d+)", value)
    code = int(number[1]) if number else _NAMES.get(value.strip().upper().replace(" ", "_"), 0)
    return REASONS.get(code, "other")


def _detail(pairs: dict[str, str]) -> str:
    description = pairs.get("description", "")
    status = pairs.get("status", "")
    text = f"status {status}" if status not in ("", "0") else ""
    return "; ".join(part for part in (text, description) if part and part != "null")
