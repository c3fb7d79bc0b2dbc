"""What is wrong with the service right now: an incident, single faults, the weather."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from harness.simphone.service.door import Door
from harness.simphone.service.faults import FAULTS, Fault
from harness.simphone.service.hosts import PINNED, hosts_for
from harness.simphone.service.incidents import INCIDENTS


@dataclass(frozen=True, slots=True)
class Active:
    """A fault that was switched on, for one need (`*` for all it can touch)."""

    fault: Fault
    scope: str

    def touches(self, need: str) -> bool:
        """Whether a request for `need` meets this fault."""
        if self.fault.need is not None:
            return need == self.fault.need
        return need == self.scope or (self.scope == "*" and need in self.fault.scopes)


class Trouble:
    """Holds the incident and the faults; tells the listeners when they change."""

    def __init__(self) -> None:
        self.incident = "none"
        self._aftermath: Mapping[str, tuple[str, ...]] = {}
        self._active: list[Active] = []
        self._turn: Counter[str] = Counter()
        self._cut_off = False
        self._portal = False
        self._inspected = False
        self._filtered = False
        self._listeners: list[Callable[[], None]] = []

    @property
    def active(self) -> tuple[tuple[str, str], ...]:
        """Names and scopes of the single faults switched on."""
        return tuple((active.fault.name, active.scope) for active in self._active)

    @property
    def portal(self) -> bool:
        """Whether a captive portal stands in for every host."""
        return self._portal

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Calls `listener` after each change."""
        self._listeners.append(listener)

    def set_incident(self, name: str) -> None:
        """Raises ValueError for a name that is not in `INCIDENTS`.

        "none" leaves the aftermath of the one before; "none" once more ends that too.
        """
        if name not in INCIDENTS:
            raise ValueError(f"unknown incident {name!r}; known: {', '.join(INCIDENTS)}")
        if name == "none":
            self._aftermath = INCIDENTS[self.incident].aftermath
        else:
            self._aftermath = {}
        self.incident = name
        self._turn.clear()
        self._changed()

    def set_faults(self, faults: Sequence[tuple[str, str]]) -> None:
        """Replaces the single faults; each is a name and a scope. Raises ValueError."""
        active: list[Active] = []
        for name, scope in faults:
            fault = FAULTS.get(name)
            if fault is None:
                raise ValueError(f"unknown fault {name!r}; known: {', '.join(FAULTS)}")
            if scope != "*" and scope not in fault.scopes:
                raise ValueError(f"fault {name!r} has no scope {scope!r}; it has {fault.scopes}")
            active.append(Active(fault, scope))
        self._active = active
        self._turn.clear()
        self._changed()

    def set_weather(
        self,
        *,
        cut_off: bool | None = None,
        portal: bool | None = None,
        inspected: bool | None = None,
        filtered: bool | None = None,
    ) -> None:
        """The network before the service: no route at all, a captive portal, a gateway that
        signs every certificate anew, or a filter that cuts the app's hosts by their names."""
        self._cut_off = self._cut_off if cut_off is None else cut_off
        self._portal = self._portal if portal is None else portal
        self._inspected = self._inspected if inspected is None else inspected
        self._filtered = self._filtered if filtered is None else filtered
        self._changed()

    def for_request(self, need: str) -> Fault | None:
        """The fault that this request meets; counts the request for incidents' turns."""
        for active in self._active:
            if active.fault.answer is not None and active.touches(need):
                return active.fault
        names = INCIDENTS[self.incident].faults.get(need) or self._aftermath.get(need)
        if not names:
            return None
        name = names[self._turn[need] % len(names)]
        self._turn[need] += 1
        return FAULTS.get(name)

    def door(self, host: str) -> Door:
        """How `host` meets connections now."""
        door = Door()
        for active in self._active:
            if active.fault.door is not None and host in hosts_for(active.scope):
                active.fault.door(door)
        if self._cut_off:
            door.listening = False
        if self._inspected:
            door.certificate = "inspection"
        if self._filtered and host in PINNED:
            door.hello = "filtered"
        if self._portal:
            door.portal, door.certificate = True, "portal"
        return door

    def _changed(self) -> None:
        for listener in self._listeners:
            listener()
