"""Which activity was in front and for how long: UsageStatsService's memory."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

DAY_SECONDS = 86_400.0
KEPT = 5_000
"""Events that are remembered at most; Android keeps those of a day."""


@dataclass(frozen=True, slots=True)
class Front:
    """The activity that a person sees and touches."""

    package: str
    activity: str
    token: int  # of its ActivityRecord


@dataclass(frozen=True, slots=True)
class UsageEvent:
    """`kind` as UsageEvents.Event names it; `front` is None for the phone's own."""

    time: float  # seconds of the phone's clock
    kind: str
    front: Front | None = None


@dataclass(slots=True)
class Used:
    """What one package had of the person's time."""

    seconds: float = 0.0
    last: float = 0.0
    launches: int = 0


@dataclass(slots=True)
class UsageLog:
    """One phone's; it outlives a reboot, as the files of the service do."""

    events: deque[UsageEvent] = field(default_factory=lambda: deque[UsageEvent](maxlen=KEPT))
    front: Front | None = None
    began: float = 0.0  # the uptime at which `front` came to the front
    _last_package: str = ""
    _used: dict[str, Used] = field(default_factory=dict[str, Used])

    def look(self, front: Front | None, now: float, uptime: float) -> None:
        """What is in front now; None while the screen is dark or locked.

        How long is counted by `uptime`: the phone's clock may be set meanwhile.
        """
        if front == self.front:
            return
        before, self.front = self.front, front
        if before is not None:
            self._add(before, now, uptime)
            self.events.append(UsageEvent(now, "ACTIVITY_PAUSED", before))
        self.began = uptime
        if front is not None:
            used = self._used.setdefault(front.package, Used())
            used.last = now
            used.launches += front.package != self._last_package
            self._last_package = front.package
            self.events.append(UsageEvent(now, "ACTIVITY_RESUMED", front))

    def note(self, kind: str, now: float) -> None:
        """Something of the phone itself, such as SCREEN_INTERACTIVE."""
        self.events.append(UsageEvent(now, kind))

    def used(self, now: float, uptime: float) -> dict[str, Used]:
        """By package, the one in front up to now."""
        found = {name: Used(u.seconds, u.last, u.launches) for name, u in self._used.items()}
        if self.front is not None:
            of_front = found[self.front.package]
            of_front.seconds += uptime - self.began
            of_front.last = now
        return found

    def since(self, start: float) -> list[UsageEvent]:
        return [event for event in self.events if event.time >= start]

    def forget(self, package: str) -> None:
        """The package is uninstalled."""
        self._used.pop(package, None)
        if self.front is not None and self.front.package == package:
            self.front = None
        kept = [e for e in self.events if e.front is None or e.front.package != package]
        self.events = deque(kept, maxlen=KEPT)

    def _add(self, front: Front, now: float, uptime: float) -> None:
        used = self._used.setdefault(front.package, Used())
        used.seconds += uptime - self.began
        used.last = now
