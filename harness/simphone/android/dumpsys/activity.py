"""`dumpsys activity …`."""

from __future__ import annotations

from harness.simphone.android.am_services import running
from harness.simphone.android.dumpsys.exit_info import dump_exit_info
from harness.simphone.android.intents import short
from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.processes import owner
from harness.simphone.android.service_state import ActivityRecord
from harness.simphone.android.tasks import tasks
from harness.simphone.contracts import Process

EXIT_INFO_SINCE = 30
TOP_RESUMED_SINCE, RESUMED_SINCE = 29, 31


def dump_activity(phone: AndroidPhone, words: list[str]) -> str:
    """The parts by name; all of the usual ones without a name."""
    parts = {
        "services": _services,
        "s": _services,
        "processes": _processes,
        "p": _processes,
        "activities": _activities,
        "a": _activities,
        "recents": _recents,
        "exit-info": dump_exit_info,
        "top": _top,
        "broadcasts": _broadcasts,
        "lru": _lru,
        "oom": _lru,
        "lastanr": _last_anr,
        "providers": _providers,
        "starter": _starter,
    }
    if not words:
        return "".join(f(phone, []) for f in (_broadcasts, _services, _activities, _processes))
    function = parts.get(words[0])
    if function is None or (words[0] == "exit-info" and phone.spec.api < EXIT_INFO_SINCE):
        return f"Bad activity command, or no activities match: {words[0]}\nUse -h for help.\n"
    return function(phone, words[1:])


def record(found: ActivityRecord) -> str:
    """`ActivityRecord{1a2b3c u0 com.x/.Main t12}`."""
    name = short(found.package, found.activity)
    return f"ActivityRecord{{{found.token:x} u0 {name} t{found.task}}}"


def process_record(process: Process) -> str:
    """`ProcessRecord{1a2b3c 4711:com.x/u0a142}`."""
    token = (process.pid * 2654435761) & 0xFFFFFFF
    return f"ProcessRecord{{{token:07x} {process.pid}:{process.name}/{owner(process.uid)}}}"


def _services(phone: AndroidPhone, words: list[str]) -> str:
    found = running(phone.activities.state.services, words[0] if words else None)
    lines = ["ACTIVITY MANAGER SERVICES (dumpsys activity services)"]
    if not found:
        return "\n".join([*lines, "  (nothing)", ""])
    lines.append("  User 0 active services:")
    for name, pid in found:
        package = name.partition("/")[0]
        process = phone.processes.get(pid)
        lines += [
            f"  * ServiceRecord{{{(pid * 40503) & 0xFFFFFF:07x} u0 {name}}}",
            f"    intent={{cmp={name}}}",
            f"    packageName={package}",
            f"    processName={package}",
            f"    app={process_record(process) if process else 'null'}",
            "    isForeground=true foregroundId=1 foregroundNoti=Notification(channel=main)",
            "    startRequested=true delayedStop=false stopIfKilled=false callStart=true",
            "",
        ]
    return "\n".join(lines) + "\n"


def _processes(phone: AndroidPhone, words: list[str]) -> str:
    lines = ["ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)"]
    lines.append("  All known processes:")
    for process in phone.processes.all():
        if process.package is None or (words and words[0] != process.package):
            continue
        lines += [
            f"  *APP* UID {process.uid} {process_record(process)}",
            f"    user #0 uid={process.uid} gids={{3003, 50000}}",
            f"    pid={process.pid}",
            f"    packageList={{{process.package}}}",
        ]
    lines.append("  Process LRU list (sorted by oom_adj):")
    return "\n".join(lines) + "\n" + _lru(phone, [])


def _lru(phone: AndroidPhone, _: list[str]) -> str:
    focus = phone.display.focus()
    lines: list[str] = []
    for number, process in enumerate(p for p in phone.processes.all() if p.package):
        top = focus is not None and focus[0] == process.package
        state = "fg     TOP" if top else "cch+5  CEM"
        name = f"{process.pid}:{process.name}/{owner(process.uid)}"
        lines.append(f"    Proc #{number:2d}: {state}  {name}")
    return "\n".join(lines) + "\n"


def _activities(phone: AndroidPhone, _: list[str]) -> str:
    lines = [
        "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)",
        "Display #0 (activities from top to bottom):",
    ]
    stack = tasks(phone)
    for number, found in enumerate(stack):
        seen = "true" if number == 0 else "false"
        kind = f"type=standard A={found.task}:{found.package} U=0 visible={seen}"
        lines += [
            f"  * Task{{{found.token ^ 0xFFFF:x} #{found.task} {kind}}}",
            f"    * Hist  #0: {record(found)}",
            f"      packageName={found.package} processName={found.package}",
        ]
    if stack:
        if phone.spec.api >= TOP_RESUMED_SINCE:
            lines.append(f"  topResumedActivity={record(stack[0])}")
        lines.append(f"  mResumedActivity: {record(stack[0])}")
        if phone.spec.api >= RESUMED_SINCE:
            lines.append(f"  ResumedActivity: {record(stack[0])}")
        lines.append(f"  mFocusedApp={record(stack[0])}")
    return "\n".join(lines) + "\n"


def _recents(phone: AndroidPhone, _: list[str]) -> str:
    lines = ["ACTIVITY MANAGER RECENT TASKS (dumpsys activity recents)"]
    for number, found in enumerate(tasks(phone)):
        lines.append(f"  * Recent #{number}: Task{{#{found.task} A={found.package} U=0}}")
    return "\n".join(lines) + "\n"


def _top(phone: AndroidPhone, _: list[str]) -> str:
    stack = tasks(phone)
    if not stack:
        return "TASK null id=0\n"
    top = stack[0]
    return (
        f"TASK {top.package} id={top.task} userId=0\n"
        f"  ACTIVITY {short(top.package, top.activity)} {top.token:x} pid={top.pid}\n"
        "    Local Activity State:\n      mResumed=true mStopped=false mFinished=false\n"
    )


def _last_anr(phone: AndroidPhone, _: list[str]) -> str:
    """The last one since boot."""
    told = phone.activities.state.last_anr or "  <no ANR has occurred since boot>\n"
    return f"ACTIVITY MANAGER LAST ANR (dumpsys activity lastanr)\n{told}"


def _providers(_: AndroidPhone, __: list[str]) -> str:
    return "ACTIVITY MANAGER CONTENT PROVIDERS (dumpsys activity providers)\n  (nothing)\n"


def _starter(_: AndroidPhone, __: list[str]) -> str:
    return "ACTIVITY MANAGER STARTER (dumpsys activity starter)\n  (nothing)\n"


def _broadcasts(_: AndroidPhone, __: list[str]) -> str:
    return "ACTIVITY MANAGER BROADCAST STATE (dumpsys activity broadcasts)\n  (nothing)\n"
