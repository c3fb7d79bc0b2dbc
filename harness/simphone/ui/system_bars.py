"""The status bar: clock, signal and battery, as com.android.systemui shows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from harness.simphone.ui.geometry import Geometry
from harness.simphone.ui.node import Bounds, Node, Style
from harness.simphone.ui.view_identity import identify

PACKAGE = "com.android.systemui"


@dataclass(slots=True)
class Status:
    """What the status bar tells; the phone's other parts set it."""

    battery: int = 87  # per cent
    charging: bool = True
    wifi: bool = True
    airplane: bool = False
    notifications: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """(app, text), newest first."""


class StatusBar:
    """The status bar's window; its nodes keep their identity."""

    def __init__(self, geometry: Geometry, status: Status, timezone: str, locale: str) -> None:
        self._geometry = geometry
        self._status = status
        self._zone = _zone(timezone)
        self._twelve_hours = locale.endswith("US")
        self._root: Node | None = None

    def time(self, now: float) -> str:
        """The clock's text: "9:41" where 12 hours are usual, else "09:41"."""
        local = dt.datetime.fromtimestamp(now, self._zone)
        return f"{local.hour % 12 or 12}:{local:%M}" if self._twelve_hours else f"{local:%H:%M}"

    def date(self, now: float) -> str:
        """The lock screen's date: "Tue, Mar 4"."""
        local = dt.datetime.fromtimestamp(now, self._zone)
        return f"{local:%a, %b} {local.day}"

    def window(self, now: float) -> Node:
        """The window's tree at phone time `now`."""
        height, width = self._geometry.status_bar, self._geometry.width
        clock = self.time(now)
        children = [
            _view("TextView", (60, 0, 180, height), "clock", text=clock, desc=clock),
            *self._signals(width, height),
        ]
        children[0].style = Style(size=36, bold=True)
        root = _view("FrameLayout", (0, 0, width, height), "status_bar", children=children)
        identify(root, self._root)
        self._root = root
        return root

    def _signals(self, width: int, height: int) -> list[Node]:
        status = self._status
        if status.airplane:
            first = ("airplane", "airplane", "Airplane mode.")
        elif status.wifi:
            first = ("wifi_signal", "wifi", "Wifi signal full.")
        else:
            first = ("mobile_signal", "signal", "Phone four bars.")
        battery = f"Battery {status.battery} percent."
        if status.charging:
            battery = f"Battery charging, {status.battery} percent."
        level = f"battery:{status.battery}"
        places = [(width - 190, *first), (width - 120, "battery", level, battery)]
        nodes: list[Node] = []
        for left, name, icon, desc in places:
            node = _view("ImageView", (left, 10, left + 56, height - 6), name, desc=desc)
            node.style = Style(icon=icon)
            nodes.append(node)
        return nodes


def _view(
    kind: str,
    bounds: Bounds,
    name: str,
    *,
    text: str = "",
    desc: str | None = None,
    children: list[Node] | None = None,
) -> Node:
    return Node(
        f"android.widget.{kind}",
        text=text,
        desc=desc,
        rid=f"{PACKAGE}:id/{name}",
        package=PACKAGE,
        bounds=bounds,
        children=children or [],
    )


def _zone(name: str) -> dt.tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return dt.UTC  # a host without time-zone data
