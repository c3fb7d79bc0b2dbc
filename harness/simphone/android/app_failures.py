"""What the system writes when an app crashes or stops responding.

Log blocks, event tags and dropbox texts after AOSP; see the samples in the
project's tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harness.simphone.android import system_dialogs
from harness.simphone.android.clock import local, stamp, stamp_ms
from harness.simphone.android.dropbox import Report
from harness.simphone.android.intents import short
from harness.simphone.android.system_log import event, say
from harness.simphone.contracts import SYSTEM_UID, Package, Process

if TYPE_CHECKING:
    from harness.simphone.android.parts import AndroidPhone

SIGNALS = {4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 11: "SIGSEGV"}
APP_FLAGS = 0x20C8BE44


def crash(
    phone: AndroidPhone, package: str, exception: str, message: str, frames: Sequence[str]
) -> None:
    """An uncaught Java exception in the main thread; nothing when the app is not running."""
    found, process = _running(phone, package)
    if found is None or process is None:
        return
    trace = "\n".join([f"{exception}: {message}", *(f"\tat {frame}" for frame in frames)])
    block = f"FATAL EXCEPTION: main\nProcess: {process.name}, PID: {process.pid}\n{trace}"
    phone.log.write(
        "AndroidRuntime", block, priority="E", pid=process.pid, uid=process.uid, buffer="crash"
    )
    place = frames[0].rpartition("(")[2].rstrip(")") if frames else "Unknown Source:-2"
    file, _, line = place.partition(":")
    event(
        phone,
        "am_crash",
        0,
        process.pid,
        process.name,
        APP_FLAGS,
        exception,
        message,
        file,
        line or -2,
        0,
    )
    _report(phone, "data_app_crash", found, process, trace + "\n")
    top = next((r for r in phone.activities.state.stack if r.pid == process.pid), None)
    if top is not None:
        text = f"  Force finishing activity {short(top.package, top.activity)}"
        say(phone, "ActivityTaskManager", text, "W")
    phone.log.write(
        "Process", f"Sending signal. PID: {process.pid} SIG: 9", pid=process.pid, uid=process.uid
    )
    phone.processes.kill(process.pid, reason="crash", description="crash")
    system_dialogs.keeps_stopping(phone, found)


def native_crash(phone: AndroidPhone, package: str, signal: int, frames: Sequence[str]) -> None:
    """A fatal signal: debuggerd's block, a tombstone, dropbox, exit-info."""
    found, process = _running(phone, package)
    if found is None or process is None:
        return
    name = SIGNALS.get(signal, f"signal {signal}")
    backtrace = [f"      #{n:02d} pc {0x1000 + 64 * n:016x}  {f}" for n, f in enumerate(frames)]
    ids = f"pid: {process.pid}, tid: {process.pid}, name: {process.name[-15:]}"
    block = "\n".join(
        [
            "*** " * 15 + "***",
            f"Build fingerprint: '{phone.properties.get('ro.build.fingerprint')}'",
            "Revision: '0'",
            "ABI: 'arm64'",
            f"Timestamp: {local(phone, phone.clock.now()):%Y-%m-%d %H:%M:%S.%f%z}",
            f"Cmdline: {process.name}",
            f"{ids}  >>> {process.name} <<<",
            f"uid: {process.uid}",
            f"signal {signal} ({name}), code 1 (SEGV_MAPERR), fault addr 0x0000000000000000",
            "backtrace:",
            *backtrace,
        ]
    )
    fatal = f"Fatal signal {signal} ({name}), code 1 (SEGV_MAPERR), fault addr 0x0 in tid"
    phone.log.write(
        "libc",
        f"{fatal} {process.pid} ({process.name[-15:]}), pid {process.pid} ({process.name[-15:]})",
        priority="F",
        pid=process.pid,
        uid=process.uid,
        buffer="crash",
    )
    phone.log.write("DEBUG", block, priority="F", pid=process.pid + 1, uid=1058, buffer="crash")
    number = phone.activities.state.tombstones
    phone.activities.state.tombstones = (number + 1) % 32
    _folder(phone, "/data/tombstones")
    values = (process.name, APP_FLAGS, "Native crash", name, "unknown", 0, 0)
    event(phone, "am_crash", 0, process.pid, *values)
    path = f"/data/tombstones/tombstone_{number:02d}"
    phone.fs.write(path, (block + "\n").encode(), uid=SYSTEM_UID, mode=0o640)
    _report(phone, "data_app_native_crash", found, process, block + "\n")
    phone.processes.kill(process.pid, reason="native crash", signal=signal, description="crash")
    system_dialogs.keeps_stopping(phone, found)


def not_responding(phone: AndroidPhone, package: str, reason: str) -> None:
    """An ANR: the process lives on until somebody closes it in the dialog."""
    found, process = _running(phone, package)
    if found is None or process is None:
        return
    top = next((r for r in phone.activities.state.stack if r.pid == process.pid), None)
    where = short(top.package, top.activity) if top else package
    cpu = "\n".join(
        [
            "Load: 4.71 / 2.83 / 1.51",
            "CPU usage from 0ms to 5021ms later:",
            f"  98% {process.pid}/{process.name}: 96% user + 2.1% kernel / faults: 73 minor",
            "  12% 1234/system_server: 8.1% user + 4.1% kernel / faults: 1082 minor",
            "33% TOTAL: 27% user + 5.4% kernel + 0.3% iowait",
        ]
    )
    head = f"ANR in {process.name} ({where})\nPID: {process.pid}\nReason: {reason}"
    say(phone, "ActivityManager", f"{head}\nParent: {where}\nFrozen: false\n{cpu}", "E")
    phone.activities.state.last_anr = f"{stamp(phone, phone.clock.now())}:\n  {head}\n"
    event(phone, "am_anr", 0, process.pid, process.name, APP_FLAGS, reason)
    moment = stamp_ms(phone, phone.clock.now())
    trace = (
        f"----- pid {process.pid} at {moment} -----\nCmd line: {process.name}\n\n"
        '"main" prio=5 tid=1 Runnable\n  at android.os.MessageQueue.next(MessageQueue.java:335)\n'
        f"\n----- end {process.pid} -----\n"
    )
    _report(phone, "data_app_anr", found, process, f"Subject: {reason}\n\n{cpu}\n\n{trace}")
    file = f"/data/anr/anr_{moment.replace(' ', '-').replace(':', '-').replace('.', '-')}"
    _folder(phone, "/data/anr")
    phone.fs.write(file, trace.encode(), uid=SYSTEM_UID, mode=0o600)
    system_dialogs.is_not_responding(phone, found, process)


def _running(phone: AndroidPhone, package: str) -> tuple[Package | None, Process | None]:
    processes = phone.processes.of_package(package)
    main = next((p for p in processes if p.name == package), None)
    return phone.packages.get(package), main or next(iter(processes), None)


def _report(phone: AndroidPhone, tag: str, package: Package, process: Process, body: str) -> None:
    lived = phone.clock.now() - process.started
    head = (
        f"Process: {process.name}\nPID: {process.pid}\nUID: {process.uid}\nFrozen: false\n"
        f"Flags: {APP_FLAGS:#x}\n"
        f"Package: {package.name} v{package.version_code} ({package.version_name})\n"
        f"Foreground: Yes\nProcess-Runtime: {lived * 1000:.0f}\n"
        f"Build: {phone.properties.get('ro.build.fingerprint')}\nDropped-Count: 0\n\n"
    )
    report = Report(phone.clock.now(), tag, head + body)
    phone.activities.state.dropbox.add(report)


def _folder(phone: AndroidPhone, path: str) -> None:
    try:
        phone.fs.mkdir(path, uid=0, gid=SYSTEM_UID, mode=0o771, parents=True)
    except FileExistsError:
        return
