"""What JobScheduler holds: the system's daily jobs.

No app of the simulator schedules one, so none is listed for them. Source: AOSP,
DiskStatsLoggingService, BackgroundDexOptService, JobSchedulerShellCommand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Program, Reply, arguments
from harness.simphone.contracts import SYSTEM_UID, Invocation

DAY_SECONDS = 86_400.0
DISK_STATS = 0x4449534B
NO_PACKAGE, NO_JOB, CONSTRAINTS = (code & 0xFF for code in (-1000, -1001, -1002))
"""Exit codes of JobSchedulerShellCommand, as a shell sees them."""


@dataclass(frozen=True, slots=True)
class Job:
    """A periodic job that waits for a charger and for nobody to use the phone."""

    uid: int
    number: int
    package: str
    service: str  # full class name
    period: float = DAY_SECONDS


def scheduled(phone: AndroidPhone) -> list[Job]:
    """All of them, as this Android version has them."""
    disk = Job(
        SYSTEM_UID, DISK_STATS, "android", "com.android.server.storage.DiskStatsLoggingService"
    )
    name, number = ("BackgroundDexOptService", 800)
    if phone.spec.api >= 34:
        name, number = ("BackgroundDexOptJobService", 27873780)
    return [Job(SYSTEM_UID, number, "android", f"com.android.server.pm.{name}"), disk]


def satisfied(phone: AndroidPhone) -> tuple[str, ...]:
    """Which of a job's two conditions hold."""
    conditions = phone.conditions
    held = {"CHARGING": conditions.charging, "IDLE": not conditions.screen_on}
    return tuple(name for name, holds in held.items() if holds)


def _run(phone: AndroidPhone, words: list[str]) -> Reply:
    given = arguments(words, {"-u", "--user", "-n", "--namespace"})
    package, number = (*given.rest, "", "")[:2]
    if not number.lstrip("-").isdigit():
        return Reply(err=f"Error: java.lang.NumberFormatException: {number}\n", code=255)
    job, refused = _found(phone, package, int(number))
    if job is None:
        return refused
    forced = given.has("-f", "--force")
    if not forced and len(satisfied(phone)) < 2:
        where = f"Job {number} in package {package} / user 0"
        text = f"{where} has functional constraints but --force not specified\n"
        return Reply(text, code=CONSTRAINTS)
    phone.activities.state.job_runs[job.number] = phone.clock.uptime()
    if job.number == DISK_STATS:
        phone.activities.state.disk_sizes = None  # collected anew when they are next asked for
    return Reply(f"Running job{' [FORCED]' if forced else ''}\n")


def _found(phone: AndroidPhone, package: str, number: int) -> tuple[Job | None, Reply]:
    if phone.packages.get(package) is None:
        return None, Reply(f"Package not found: {package} / user 0\n", code=NO_PACKAGE)
    for job in scheduled(phone):
        if (job.package, job.number) == (package, number):
            return job, Reply()
    text = f"Could not find job {number} in package {package} / user 0\n"
    return None, Reply(text, code=NO_JOB)


def _job_state(phone: AndroidPhone, words: list[str]) -> Reply:
    package, number = (*arguments(words, {"-u", "--user"}).rest, "", "0")[:2]
    job, refused = _found(phone, package, int(number) if number.isdigit() else 0)
    return refused if job is None else Reply("waiting\n")


def _jobscheduler(inv: Invocation) -> Reply:
    """`cmd jobscheduler run [-f] PACKAGE ID`, `get-job-state`, and what jobs wait for."""
    phone, words = android(inv.phone), list(inv.argv[1:])
    charging = "true\n" if phone.conditions.charging else "false\n"
    match words:
        case ["run", *rest]:
            return _run(phone, rest)
        case ["get-job-state", *rest]:
            return _job_state(phone, rest)
        case ["get-battery-charging"]:
            return Reply(charging)
        case ["get-battery-not-low"]:
            return Reply("true\n" if phone.conditions.battery_level > LOW_BATTERY else "false\n")
        case _:
            return Reply(err=f"Unknown command: {' '.join(words)}\n", code=255)


LOW_BATTERY = 15  # per cent, config_lowBatteryWarningLevel
SERVICES: Mapping[str, Program] = {"jobscheduler": _jobscheduler}
