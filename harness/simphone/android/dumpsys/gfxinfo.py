"""`dumpsys gfxinfo [PACKAGE|PID] [reset|framestats]`: how many frames each app has drawn.

The count is what the simulator drew; how long a frame took is not measured, so all of
them stand in one place of the histogram and none is late.
"""

from __future__ import annotations

from harness.simphone.android.parts import AndroidPhone
from harness.simphone.contracts import Process

LEGACY_SINCE = 31
FRAME_MS = 5
OPTIONS = {"reset", "framestats", "--latency"}
COLUMNS = "Flags,IntendedVsync,Vsync,OldestInputEvent,NewestInputEvent,HandleInputStart,"


def dump_gfxinfo(phone: AndroidPhone, words: list[str]) -> str:
    names = [word for word in words if word not in OPTIONS]
    processes = [p for p in phone.processes.all() if p.package]
    if names:
        processes = [p for p in processes if names[0] in (p.name, str(p.pid))]
        if not processes:
            return f"No process found for: {names[0]}\n"
    uptime = int(phone.clock.uptime() * 1000)
    head = f"Applications Graphics Acceleration Info:\nUptime: {uptime} Realtime: {uptime}\n"
    text = "".join(_process(phone, process, words) for process in processes)
    if "reset" in words:
        for process in processes:
            drawn = phone.display.frames.get(process.name, 0)
            phone.activities.state.frames_before[process.pid] = drawn
    return head + text


def _process(phone: AndroidPhone, process: Process, words: list[str]) -> str:
    before = phone.activities.state.frames_before.get(process.pid, 0)
    frames = max(0, phone.display.frames.get(process.name, 0) - before)
    since = max(0.0, phone.clock.uptime() - (phone.clock.now() - process.started))
    percentiles = (
        f"{share}th percentile: {FRAME_MS if frames else 0}ms" for share in (50, 90, 95, 99)
    )
    causes = ("Missed Vsync", "High input latency", "Slow UI thread", "Slow bitmap uploads")
    legacy = phone.spec.api >= LEGACY_SINCE
    lines = [
        "",
        f"** Graphics info for pid {process.pid} [{process.name}] **",
        "",
        f"Stats since: {int(since * 1e9)}ns",
        f"Total frames rendered: {frames}",
        "Janky frames: 0 (0.00%)",
        *(["Janky frames (legacy): 0 (0.00%)"] if legacy else []),
        *percentiles,
        *(f"Number {cause}: 0" for cause in causes),
        "Number Slow issue draw commands: 0",
        "Number Frame deadline missed: 0",
        *(["Number Frame deadline missed (legacy): 0"] if legacy else []),
        f"HISTOGRAM: {FRAME_MS}ms={frames} 6ms=0 7ms=0 8ms=0 16ms=0 32ms=0 150ms=0",
        "",
    ]
    if "framestats" in words:
        lines += ["---PROFILEDATA---", COLUMNS, "---PROFILEDATA---", ""]
    return "\n".join(lines)
