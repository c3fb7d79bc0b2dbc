"""`dumpsys jobscheduler [PACKAGE]`. Source: AOSP, JobSchedulerService, JobStatus.dump."""

from __future__ import annotations

from zlib import crc32

from harness.simphone.android.intents import short
from harness.simphone.android.jobs import Job, satisfied, scheduled
from harness.simphone.android.parts import AndroidPhone

OF_JOB = "job=true user=true !pending=true !active=true !backingup=true comp=true"
"""What else a job must be to run: of these all are."""
BITS = {"CHARGING": 1 << 0, "IDLE": 1 << 2, "DEADLINE": 1 << 30, "TIMING_DELAY": 1 << 31}


def dump_jobscheduler(phone: AndroidPhone, words: list[str]) -> str:
    """All jobs, or one package's."""
    wanted = next((word for word in words if not word.startswith("-")), None)
    jobs = scheduled(phone)
    lines = ["Settings:", "  (defaults)", "", f"Registered {len(jobs)} jobs:"]
    for job in jobs:
        if wanted in (None, job.package):
            lines += _job(phone, job)
    return "\n".join([*lines, ""])


def _job(phone: AndroidPhone, job: Job) -> list[str]:
    name = short(job.package, job.service)
    token = f"{crc32(job.service.encode()) & 0xFFFFFFF:07x}"
    held = satisfied(phone)
    ran = phone.activities.state.job_runs.get(job.number)
    now = phone.clock.uptime()
    next_run = job.period if ran is None else ran + job.period - now
    due = next_run <= 0
    held_all = (*held, "TIMING_DELAY") if due or ran is None else held
    wants = ("CHARGING", "TIMING_DELAY", "DEADLINE", "IDLE")
    missing = tuple(word for word in wants if word not in held_all)
    ready = not [word for word in missing if word != "DEADLINE"]
    pad = " " * 4
    return [
        f"  JOB #{job.uid}/{job.number}: {token} {name}",
        f"{pad}{token} tag=*job*/{name}",
        f"{pad}Source: uid={job.uid} user=0 pkg={job.package}",
        f"{pad}JobInfo:",
        f"{pad}  Service: {name}",
        f"{pad}  PERIODIC: interval={_span(job.period)} flex={_span(job.period)}",
        f"{pad}  Requires: charging=true batteryNotLow=false deviceIdle=true",
        f"{pad}Required constraints: {_words(wants)}",
        f"{pad}Satisfied constraints: {_words(tuple(w for w in wants if w in held_all))}",
        f"{pad}Unsatisfied constraints: {_words(missing)}",
        f"{pad}Enqueue time: {_span(-now)}",
        f"{pad}Run time: earliest=none, latest={_span(next_run)}",
        f"{pad}Last successful run: {'none' if ran is None else _span(ran - now)}",
        f"{pad}Ready: {'true' if ready else 'false'} ({OF_JOB})",
    ]


def _words(words: tuple[str, ...]) -> str:
    bits = sum(BITS[word] for word in words)
    return f"{' '.join(words)} [0x{bits:x}]" if words else "[0x0]"


def _span(seconds: float) -> str:
    """TimeUtils.formatDuration: `+1d0h0m0s0ms`, without leading parts that are nothing."""
    sign, left = ("-" if seconds < 0 else "+"), int(abs(seconds) * 1000)
    text = ""
    for unit, size in (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)):
        count, left = divmod(left, size)
        if count or text:
            text += f"{count}{unit}"
    return f"{sign}{text}{left}ms"
