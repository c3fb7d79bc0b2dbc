"""`dumpsys diskstats`: free space, and sizes by package."""

from __future__ import annotations

import json

from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.pm_state import sizes
from harness.simphone.android.service_state import DiskSizes

JOB_SECONDS = 86_400.0
SYSTEM_SIZE = 128_000_000_000


def _collected(phone: AndroidPhone) -> tuple[list[str], list[tuple[int, int, int]]]:
    """Names and sizes as the daily job last wrote them down: up to a day old."""
    state, now = phone.activities.state, phone.clock.uptime()
    if state.disk_sizes is None or now - state.disk_sizes.taken >= JOB_SECONDS:
        packages = phone.packages.all()
        table = [sizes(phone, package) for package in packages]
        state.disk_sizes = DiskSizes(now, [package.name for package in packages], table)
    return state.disk_sizes.names, state.disk_sizes.table


def dump_diskstats(phone: AndroidPhone, _: list[str]) -> str:
    """Totals in KiB above, bytes below; four lists in the same order."""
    total, free = (amount // 1024 for amount in phone.fs.usage("/data"))
    percent = 100 * free // total if total else 0
    names, table = _collected(phone)
    codes, datas, caches = (
        (list(column) for column in zip(*table, strict=True)) if table else ([],) * 3
    )
    lines = [
        "Latency: 2ms [512B Data Write]",
        "Recent Disk Write Speed (kB/s) = 20480",
        f"Data-Free: {free}K / {total}K total = {percent}% free",
        f"Cache-Free: {free}K / {total}K total = {percent}% free",
        "System-Free: 0K / 2400000K total = 0% free",
        "File-based Encryption: true",
        f"App Size: {sum(codes)}",
        f"App Data Size: {sum(datas)}",
        f"App Cache Size: {sum(caches)}",
        f"System Size: {SYSTEM_SIZE}",
        f"Package Names: {json.dumps(names, separators=(',', ':'))}",
        f"App Sizes: {json.dumps(codes, separators=(',', ':'))}",
        f"App Data Sizes: {json.dumps(datas, separators=(',', ':'))}",
        f"Cache Sizes: {json.dumps(caches, separators=(',', ':'))}",
    ]
    return "\n".join(lines) + "\n"
