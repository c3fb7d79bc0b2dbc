"""`dumpsys meminfo`, `cpuinfo` and `procstats`: plausible, constant figures.

The simulator measures nothing; the numbers only follow from the process names,
so that two calls agree.
"""

from __future__ import annotations

from harness.simphone.android.parts import AndroidPhone
from harness.simphone.contracts import Process

TITLE = "                   Pss  Private  Private  SwapPss      Rss     Heap     Heap     Heap"
HEADS = "                 Total    Dirty    Clean    Dirty    Total     Size    Alloc     Free"
LINE = "                ------   ------   ------   ------   ------   ------   ------   ------"


def dump_meminfo(phone: AndroidPhone, words: list[str]) -> str:
    """One process by package or pid, or the list of all."""
    names = [word for word in words if not word.startswith("-")]
    if not names:
        return _all(phone)
    found = next((p for p in phone.processes.all() if names[0] in (p.name, str(p.pid))), None)
    if found is None:
        return f"No process found for: {names[0]}\n"
    return _one(phone, found)


def pss(process: Process) -> int:
    """Kilobytes that a process seems to take."""
    return 40_000 + sum(process.name.encode()) % 97 * 1000


def _one(phone: AndroidPhone, process: Process) -> str:
    total = pss(process)
    native, dalvik, gl = total // 4, total // 6, total // 10
    rows = [
        ("Native Heap", native, native - 40, 12, 0, native + 2100, native + 9000, native, 9000),
        ("Dalvik Heap", dalvik, dalvik - 60, 8, 0, dalvik + 7900, dalvik + 4000, dalvik, 4000),
    ]
    short = [("EGL mtrack", gl // 2, gl // 2, 0, 0, gl // 2), ("GL mtrack", gl, gl, 0, 0, gl)]
    whole = ("TOTAL", total, total - 9000, 7000, 0, total + 61000, 30000, 21000, 13000)
    uptime = int(phone.clock.uptime() * 1000)
    lines = [
        "Applications Memory Usage (in Kilobytes):",
        f"Uptime: {uptime} Realtime: {uptime}",
        "",
        f"** MEMINFO in pid {process.pid} [{process.name}] **",
        TITLE,
        HEADS,
        LINE,
    ]
    for name, *values in [*rows, *short, whole]:
        lines.append(f"{name:>13}" + "".join(f"{value:>9}" for value in values))
    lines += ["", " App Summary", f"           TOTAL PSS: {total:>8}", ""]
    return "\n".join(lines)


def _all(phone: AndroidPhone) -> str:
    lines = ["Applications Memory Usage (in Kilobytes):", "", "Total PSS by process:"]
    apps = [process for process in phone.processes.all() if process.package]
    lines += [
        f"    {pss(process):>9,}K: {process.name} (pid {process.pid})"
        for process in sorted(apps, key=pss, reverse=True)
    ]
    used = sum(pss(process) for process in apps)
    lines += ["", "Total RAM: 7,768,000K (status normal)", f" Used RAM: {used:,}K", ""]
    return "\n".join(lines)


def dump_cpuinfo(phone: AndroidPhone, _: list[str]) -> str:
    """Usage by process since the last minute."""
    lines = ["Load: 1.71 / 1.83 / 1.51", "CPU usage from 60112ms to 112ms ago:"]
    for process in phone.processes.all():
        if process.package or process.name == "system_server":
            share = sum(process.name.encode()) % 40 / 10
            lines.append(
                f"  {share + 0.4:.1f}% {process.pid}/{process.name}: {share:.1f}% user"
                " + 0.4% kernel / faults: 70 minor"
            )
    lines.append("9.1% TOTAL: 6% user + 2.7% kernel + 0.1% iowait + 0.2% softirq")
    return "\n".join(lines) + "\n"


def dump_procstats(phone: AndroidPhone, _: list[str]) -> str:
    """How long apps have been running."""
    lines = ["CURRENT STATS:"]
    for process in phone.processes.all():
        package = phone.packages.get(process.package or "")
        if package:
            lines.append(
                f"  * {process.name} / u0a{process.uid - 10000} / v{package.version_code}:"
            )
            lines.append("           TOTAL: 100%")
    return "\n".join(lines) + "\n"
