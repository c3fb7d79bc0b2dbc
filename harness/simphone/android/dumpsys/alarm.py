"""`dumpsys alarm`: the system's two standing alarms; no app of the simulator sets one.

Source: AOSP, AlarmManagerService.dumpImpl, ClockReceiver (TIME_TICK each minute,
DATE_CHANGED at midnight of the phone's own time).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from harness.simphone.android.clock import local, stamp_ms
from harness.simphone.android.parts import AndroidPhone

UNBATCHED_SINCE = 31
"""API level that lists alarms one by one and no longer in batches."""
RTC, ELAPSED = 1, 3  # AlarmManager.RTC, ELAPSED_REALTIME


@dataclass(frozen=True, slots=True)
class _Alarm:
    """`due` in seconds from now."""

    kind: int
    tag: str
    due: float
    token: str


def dump_alarm(phone: AndroidPhone, _: list[str]) -> str:
    now, uptime = phone.clock.now(), phone.clock.uptime()
    alarms = _standing(phone)
    lines = [
        "Current Alarm Manager state:",
        f"  nowRTC={int(now * 1000)}={stamp_ms(phone, now)} nowELAPSED={int(uptime * 1000)}",
    ]
    if phone.spec.api >= UNBATCHED_SINCE:
        lines.append(f"  {len(alarms)} pending alarms: ")
        for number, alarm in enumerate(reversed(alarms)):
            lines += _lines(phone, alarm, len(alarms) - number, " " * 4)
        return "\n".join([*lines, ""])
    lines.append(f"  Pending alarm batches: {len(alarms)}")
    for alarm in alarms:
        at = int((uptime + alarm.due) * 1000)
        lines.append(f"  Batch{{{alarm.token} num=1 start={at} end={at} flgs=0x1}}:")
        lines += _lines(phone, alarm, 0, " " * 4)
    return "\n".join([*lines, ""])


def _standing(phone: AndroidPhone) -> list[_Alarm]:
    """Soonest first."""
    now = local(phone, phone.clock.now())
    minute = 60 - now.second - now.microsecond / 1e6
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return [
        _Alarm(ELAPSED, "TIME_TICK", minute, "1f3a5c7"),
        _Alarm(
            RTC, "android.intent.action.DATE_CHANGED", (tomorrow - now).total_seconds(), "2e4b6d8"
        ),
    ]


def _lines(phone: AndroidPhone, alarm: _Alarm, number: int, pad: str) -> list[str]:
    elapsed = int((phone.clock.uptime() + alarm.due) * 1000)
    moment = phone.clock.now() + alarm.due
    kind = "RTC" if alarm.kind == RTC else "ELAPSED"
    origin = int(moment * 1000) if alarm.kind == RTC else elapsed
    when = stamp_ms(phone, moment) if alarm.kind == RTC else f"+{int(alarm.due * 1000)}ms"
    ids = f"type {alarm.kind} origWhen {origin} whenElapsed {elapsed} android"
    rest = "window=0 repeatInterval=0 count=0 flags=0x1"
    return [
        f"{pad}{kind} #{number}: Alarm{{{alarm.token} {ids}}}",
        f"{pad}  tag=*alarm*:{alarm.tag}",
        f"{pad}  type={kind} origWhen={when} {rest}",
        f"{pad}  whenElapsed=+{int(alarm.due * 1000)}ms",
    ]
