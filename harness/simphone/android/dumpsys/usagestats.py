"""`dumpsys usagestats`: what was in front, when and for how long.

Source: AOSP, UserUsageStatsService.printEvent and printIntervalStats.
"""

from __future__ import annotations

from harness.simphone.android.clock import local, stamp
from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.usage import DAY_SECONDS, UsageEvent, Used
from harness.simphone.android.usage_watch import look

RENAMED_SINCE = 29
"""API level that calls MOVE_TO_FOREGROUND ACTIVITY_RESUMED and tells instances."""
SCREEN_SINCE = 28
_OLD = {"ACTIVITY_RESUMED": "MOVE_TO_FOREGROUND", "ACTIVITY_PAUSED": "MOVE_TO_BACKGROUND"}
INTERVALS = ("daily", "weekly", "monthly", "yearly")


def dump_usagestats(phone: AndroidPhone, words: list[str]) -> str:
    """The last day's events, then the totals; names of packages keep only theirs."""
    look(phone)
    log, now = phone.activities.state.usage, phone.clock.now()
    wanted = {word for word in words if "." in word}
    span = _span(phone, now - DAY_SECONDS, now)
    lines = ["user=0", f'  Last 24 hour events (timeRange="{span}" )']
    for event in log.since(now - DAY_SECONDS):
        package = event.front.package if event.front else "android"
        if not wanted or package in wanted:
            lines += _event(phone, event, package)
    used = {
        n: u
        for n, u in sorted(log.used(now, phone.clock.uptime()).items())
        if not wanted or n in wanted
    }
    for interval in INTERVALS:
        began = _span(phone, now - phone.clock.uptime(), now)
        lines += [f"  In-memory {interval} stats", f'    timeRange="{began}"', "    packages"]
        lines += [_total(phone, name, of) for name, of in used.items()]
    return "\n".join([*lines, ""])


def _span(phone: AndroidPhone, start: float, end: float) -> str:
    first, last = local(phone, start), local(phone, end)
    return f"{first:%Y-%m-%d, %H:%M} – {last:%Y-%m-%d, %H:%M}"


def _event(phone: AndroidPhone, event: UsageEvent, package: str) -> list[str]:
    new = phone.spec.api >= RENAMED_SINCE
    if event.front is None and phone.spec.api < SCREEN_SINCE:
        return []
    kind = event.kind if new else _OLD.get(event.kind, event.kind)
    line = f'    time="{stamp(phone, event.time)}" type={kind} package={package}'
    if event.front is not None:
        line += f" class={event.front.activity}"
        if new:
            line += (
                f" instanceId={event.front.token}"
                f" taskRootPackage={package} taskRootClass={event.front.activity}"
            )
    return [f"{line} flags=0x0"]


def _total(phone: AndroidPhone, name: str, used: Used) -> str:
    elapsed, last = _elapsed(used.seconds), stamp(phone, used.last)
    pad = " " * 6
    if phone.spec.api < RENAMED_SINCE:
        return (
            f'{pad}package={name} totalTime="{elapsed}" lastTime="{last}"'
            f" appLaunchCount={used.launches}"
        )
    return (
        f'{pad}package={name} totalTimeUsed="{elapsed}" lastTimeUsed="{last}"'
        f' totalTimeVisible="{elapsed}" lastTimeVisible="{last}"'
        f" appLaunchCount={used.launches}"
    )


def _elapsed(seconds: float) -> str:
    """DateUtils.formatElapsedTime: `MM:SS`, from an hour on `H:MM:SS`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"
