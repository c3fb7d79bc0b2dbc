"""`dumpsys appops [--op OP] [--package PACKAGE]`: the modes that differ from the usual ones.

Source: AOSP, AppOpsService.dump. What an app did with an operation is not simulated.
"""

from __future__ import annotations

from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.processes import owner
from harness.simphone.android.program import arguments

WORDS_SINCE = 29
"""API level that prints `(allow):`; before it is `mode=0; duration=0`."""
NUMBERS = {"allow": 0, "ignore": 1, "deny": 2, "default": 3, "foreground": 4}  # AppOpsManager


def dump_appops(phone: AndroidPhone, words: list[str]) -> str:
    given = arguments(words, {"--op", "--package", "--mode"})
    wanted, operation = given.value("--package"), given.value("--op")
    lines = ["Current AppOps Service state:", "  Settings:", "    top_state_settle_time=+5s0ms"]
    for name, modes in sorted(phone.activities.state.app_ops.items()):
        package = phone.packages.get(name)
        shown = {op: mode for op, mode in modes.items() if operation in (None, op)}
        if package is None or wanted not in (None, name) or not shown:
            continue
        lines += ["", f"  Uid {owner(package.uid)}:", f"    state={_state(phone, name)}"]
        lines.append(f"    Package {name}:")
        for op, mode in shown.items():
            new = phone.spec.api >= WORDS_SINCE
            told = f"{op} ({mode}):" if new else f"{op}: mode={NUMBERS[mode]}; duration=0"
            lines.append(f"      {told}")
    return "\n".join([*lines, ""])


def _state(phone: AndroidPhone, name: str) -> str:
    focus = phone.display.focus()
    if focus is not None and focus[0] == name:
        return "top"
    return "bg" if phone.processes.of_package(name) else "cch"
