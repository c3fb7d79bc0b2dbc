"""Client faults of the simulated app: what it does wrong, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from harness.simphone.app.popups import POPUPS, Popup

ASKING = ("login", "profile", "followers", "feed")
KEPT = ("offline", "drafts")
SCREENS = (*ASKING, *KEPT)
POPUP = "popup-"
"""What the names of popups begin with in the table."""


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
    AppFault("native-crash", "client", "failed", "SIGSEGV when it asks", SCREENS),
    AppFault("quits", "client", "failed", "ends itself when it asks", SCREENS),
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


def _popup_row(popup: Popup) -> AppFault:
    about = f"{popup.name} comes over the screen ({popup.source})"
    return AppFault(POPUP + popup.name, popup.party, popup.outcome, about, SCREENS)


APP_FAULTS: Mapping[str, AppFault] = {
    row.name: row for row in (*_ROWS, *map(_popup_row, POPUPS.values()))
}


class ActiveAppFaults:
    """The client faults and popups that are switched on, on one phone."""

    def __init__(self) -> None:
        self.greets = True
        """A new installation shows its first-run popups."""
        self._active: set[tuple[str, str]] = set()
        self._showing: Callable[[str], None] | None = None

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

    def popups(self, scope: str) -> list[str]:
        """Names of the popups that are to come over the screen `scope`."""
        return [name for name in POPUPS if self.has(POPUP + name, scope)]

    def on_show(self, listener: Callable[[str], None] | None) -> None:
        """The running app's way to show a popup at once; None when it ends."""
        self._showing = listener

    def show(self, popup: str) -> None:
        """Shows a popup over what the app shows now; ValueError when it cannot."""
        if popup not in POPUPS:
            raise ValueError(f"unknown popup {popup!r}; known: {', '.join(POPUPS)}")
        if self._showing is None:
            raise ValueError(f"popup {popup!r} cannot be shown: the app does not run")
        self._showing(popup)

    def has(self, name: str, scope: str) -> bool:
        """Whether `name` is on for the screen `scope`."""
        return (name, scope) in self._active or (name, "*") in self._active
