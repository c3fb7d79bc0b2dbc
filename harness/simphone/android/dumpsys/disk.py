"""`dumpsys diskstats`: free space, and sizes by package."""

from __future__ import annotations

import json

from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.pm_state import sizes

SYSTEM_SIZE = 128_000_000_000


def dump_diskstats(phone: AndroidPhone, _: list[str]) -> str:
    """Totals in KiB above, bytes below; four lists in the same order."""
    total, free = (amount // 1024 for amount in phone.fs.usage("/data"))
    percent = 100 * free // total if total else 0
    packages = phone.packages.all()
    table = [sizes(phone, package) for package in packages]
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
        f"Package Names: {json.dumps([p.name for p in packages], separators=(',', ':'))}",
        f"App Sizes: {json.dumps(codes, separators=(',', ':'))}",
        f"App Data Sizes: {json.dumps(datas, separators=(',', ':'))}",
        f"Cache Sizes: {json.dumps(caches, separators=(',', ':'))}",
    ]
    return "\n".join(lines) + "\n"
