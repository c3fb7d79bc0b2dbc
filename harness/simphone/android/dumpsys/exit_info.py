"""`dumpsys activity exit-info [PACKAGE]`: why processes ended."""

from __future__ import annotations

from harness.simphone.android.clock import stamp_ms
from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.processes import EXIT_REASONS, Exit

KEPT = 16
"""Records that Android keeps for each package."""


def dump_exit_info(phone: AndroidPhone, words: list[str]) -> str:
    """Newest first for each package, several keys on a line."""
    wanted = words[0] if words else None
    by_package: dict[str, list[Exit]] = {}
    for found in phone.processes.exits:
        package = found.process.package or ""
        if wanted in (None, package):
            by_package.setdefault(package, []).append(found)
    now = stamp_ms(phone, phone.clock.now())
    lines = [
        "ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)",
        f"Last Timestamp of Persistence Into Persistent Storage: {now}",
    ]
    for package, exits in by_package.items():
        lines.append(f"  package: {package}")
        lines.append(f"    Historical Process Exit for uid={exits[0].process.uid}")
        for number, found in enumerate(exits[:KEPT]):
            lines += _record(phone, number, found)
    return "\n".join(lines) + "\n"


def _record(phone: AndroidPhone, number: int, found: Exit) -> list[str]:
    process = found.process
    code, text = EXIT_REASONS[found.reason]
    uid = process.uid
    trace = "/data/system/procexitstore/anr.gz" if found.reason == "anr" else "null"
    pad = " " * 10
    uids = f"realUid={uid} packageUid={uid} definingUid={uid} user=0"
    rest = f"subreason=0 (UNKNOWN) status={found.status}"
    return [
        f"        ApplicationExitInfo #{number}:",
        f"{pad}timestamp={stamp_ms(phone, found.time)} pid={process.pid} {uids}",
        f"{pad}process={process.name} reason={code} ({text}) {rest}",
        f"{pad}importance=100 pss=0.00 rss=410MB state=empty trace={trace}",
        f"{pad}description={found.description or 'null'}",
    ]
