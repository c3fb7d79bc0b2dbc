"""The home screen: installed apps as icons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from harness.simphone.ui.node import Bounds, Node, Style
from harness.simphone.ui.render.pictures import WALLPAPER
from harness.simphone.ui.widgets import column, group, image, row, spacer, text

_PER_ROW = 4
_COLOURS = ("#1a73e8", "#188038", "#e8710a", "#9334e6", "#d93025", "#12858d")

Launch = Callable[[str], Awaitable[None]]


def home_screen(
    apps: Sequence[tuple[str, str]],
    date: str,
    launch: Launch | None,
    *,
    bounds: Bounds,
    package: str,
) -> Node:
    """Icons for `apps` (package, label), the first ones last, above a search bar.

    `package` is the launcher's own, for its resource names.
    """
    rows = [
        row(*(_icon(*app, launch, package) for app in apps[start : start + _PER_ROW]), height=260)
        for start in range(0, len(apps), _PER_ROW)
    ]
    for line in rows:
        line.children += [spacer() for _ in range(_PER_ROW - len(line.children))]
    search = group(
        row(image(icon="search", height=150), spacer()),
        rid=f"{package}:id/search_container_hotseat",
        cls="android.widget.FrameLayout",
        desc="Google search",
        height=150,
    )
    search.style = Style(background="#ffffffd0", radius=75)
    smartspace = text(date, size=56, color="#ffffff", height=120)
    screen = column(
        *(spacer(90), smartspace, spacer(), *rows, spacer(60), search, spacer(20)),
        rid=f"{package}:id/root",
    )
    screen.style = Style(picture=WALLPAPER, padding=48)
    screen.bounds = bounds  # behind the status bar
    return screen


def _icon(package: str, label: str, launch: Launch | None, home: str) -> Node:
    async def open_app() -> None:
        if launch is not None:
            await launch(package)

    is_music = "musically" in package or "trill" in package
    icon = image(height=150, icon="note") if is_music else text(label[:1], align="center")
    colour = "#161823" if is_music else _COLOURS[sum(package.encode()) % len(_COLOURS)]
    icon.height = 150
    icon.style.background, icon.style.color = colour, "#ffffff"
    icon.style.size, icon.style.bold, icon.style.radius = 80, True, 75
    caption = text(label, size=32, color="#ffffff", align="center", height=60)
    return group(
        row(spacer(), icon, spacer(), height=160),
        caption,
        cls="android.widget.LinearLayout",
        desc=label,
        rid=f"{home}:id/icon",
        on_click=open_app,
    )
