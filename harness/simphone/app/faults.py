"""Client faults of the simulated app: what it does wrong, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ASKING = ("login", "profile", "followers", "feed")
KEPT = ("offline", "drafts")
SCREENS = (*ASKING, *KEPT)


@dataclass(frozen=True, slots=True)
class AppFault:
    """One way in which the app can misbehave; the app's flows look it up by name.

    `service` names a service fault that the fault needs to show (an app can
    give up too early only while an answer is under way).
    """

    name: str
    party: str
    outcome: str
    about: str
    scopes: tuple[str, ...]
    service: str | None = None


_ROWS = (
    AppFault("crash", "client", "failed", "crashes when it asks", SCREENS),
    AppFault("anr", "client", "failed", "stops answering when it asks", SCREENS),
    AppFault("never-asks", "client", "failed", "the tap does nothing", SCREENS),
    AppFault("gives-up-early", "client", "failed", "waits 0.5 s only", ASKING, "slow"),
    AppFault("shows-wrong-counter", "client", "failed", "shows 0 for any counter", ("profile",)),
    AppFault("stale-cache-shown", "client", "failed", "shows the old copy as new", ("profile",)),
    AppFault("malformed-request", "client", "failed", "a blank in a header name", ASKING),
    AppFault("loses-session", "client", "failed", "forgets the session", ("login", "profile")),
    AppFault("opens-nothing", "client", "failed", "good files do not open", KEPT),
    AppFault("labels-renamed", "harness", "inconclusive", "no known label is left", SCREENS),
    AppFault("locator-drift", "none", "passed", "labels and ids renamed", SCREENS),
)

APP_FAULTS: Mapping[str, AppFault] = {row.name: row for row in _ROWS}


class ActiveAppFaults:
    """The client faults that are switched on, on one phone."""

    def __init__(self) -> None:
        self._active: set[tuple[str, str]] = set()

    @property
    def active(self) -> tuple[tuple[str, str], ...]:
        """Names and scopes."""
        return tuple(sorted(self._active))

    def set_faults(self, faults: Sequence[tuple[str, str]]) -> None:
        """Replaces them; raises ValueError for an unknown name or scope."""
        for name, scope in faults:
            fault = APP_FAULTS.get(name)
            if fault is None:
                raise ValueError(f"unknown fault {name!r}; known: {', '.join(APP_FAULTS)}")
            if scope != "*" and scope not in fault.scopes:
                raise ValueError(f"fault {name!r} has no scope {scope!r}; it has {fault.scopes}")
        self._active = set(faults)

    def has(self, name: str, scope: str) -> bool:
        """Whether `name` is on for the screen `scope`."""
        return (name, scope) in self._active or (name, "*") in self._active
