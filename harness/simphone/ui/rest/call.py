"""One command as a route sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.simphone.contracts import PhoneParts
from harness.simphone.ui.display import PhoneDisplay
from harness.simphone.ui.hierarchy import SourceOptions
from harness.simphone.ui.node import Node
from harness.simphone.ui.rest.elements import Elements, element_id
from harness.simphone.ui.rest.errors import invalid_argument

if TYPE_CHECKING:
    from harness.simphone.ui.rest.scheduled_actions import ScheduledAction


def _default_settings() -> dict[str, Any]:
    return {
        "actionAcknowledgmentTimeout": 3000,
        "allowInvisibleElements": False,
        "currentDisplayId": 0,
        "disableIdLocatorAutocompletion": False,
        "enableMultiWindows": True,
        "enableNotificationListener": True,
        "enforceXPath1": False,
        "ignoreUnimportantViews": False,
        "includeExtrasInPageSource": False,
        "keyInjectionDelay": 0,
        "normalizeTagNames": False,
        "scrollAcknowledgmentTimeout": 200,
        "shutdownOnPowerDisconnect": True,
        "snapshotMaxDepth": 70,
        "waitForIdleTimeout": 10000,
        "waitForSelectorTimeout": 10000,
        "wakeLockTimeout": 86400000,
    }


@dataclass(slots=True)
class Session:
    """One WebDriver session."""

    id: str
    capabilities: dict[str, Any]
    settings: dict[str, Any] = field(default_factory=_default_settings)
    elements: Elements = field(default_factory=Elements)
    scheduled: dict[str, ScheduledAction] = field(default_factory=dict[str, "ScheduledAction"])

    def end(self) -> None:
        """Scheduled actions end with their session."""
        for action in self.scheduled.values():
            if action.task is not None:
                action.task.cancel()


@dataclass(slots=True)
class Call:
    """A command of a session: its parameters and the phone it is for."""

    phone: PhoneParts
    display: PhoneDisplay
    session: Session
    body: Mapping[str, Any]
    params: Mapping[str, str]

    def node(self, reference: object | None = None) -> Node:
        """The node of the path's `:id`, or of an element reference of the body."""
        found = element_id(reference) if reference is not None else self.params.get("id")
        if found is None:
            raise invalid_argument(f"not an element: {reference!r}")
        return self.session.elements.node(found, self.display.roots())

    def number(self, name: str, default: float | None = None) -> float:
        """A number of the body. Raises "invalid argument" when it is missing or none."""
        value = self.body.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise invalid_argument(f"'{name}' must be a number, not {value!r}")
        return float(value)

    def options(self) -> SourceOptions:
        """How the session's settings want the source."""
        settings = self.session.settings
        depth = settings.get("snapshotMaxDepth")
        geometry = self.display.geometry
        return SourceOptions(
            allow_invisible=bool(settings.get("allowInvisibleElements")),
            compressed=bool(settings.get("ignoreUnimportantViews")),
            max_depth=depth if isinstance(depth, int) else 70,
            width=geometry.width,
            height=geometry.height,
        )


Route = Callable[[Call], Awaitable[Any]]
"""Runs a command and returns the answer's "value"."""

Routes = Mapping[tuple[str, str], Route]
"""(method, path after /session/:s with `:name` parts) → route."""
