"""The gallery's pages: a grid, a picture, a video that plays, and what cannot be shown."""

from __future__ import annotations

from dataclasses import dataclass

from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import (
    GREY,
    OnClick,
    column,
    group,
    icon_button,
    image,
    row,
    spacer,
    text,
)

WHITE = "#ffffff"
PAUSE, PLAY, PROGRESS = "Pause video", "Play video", "Video progress"
BROKEN = "Can't play this video"
NO_PICTURE = "Can't open this photo"
EMPTY = "No photos yet"


@dataclass(slots=True)
class Shown:
    """The file in front; times in seconds. `problem` "" = it can be shown."""

    name: str
    picture: int = 0
    video: bool = True
    seconds: float = 0.0
    position: float = 0.0
    playing: bool = False
    problem: str = ""


def pager(shown: Shown, *, on_back: OnClick, on_tap: OnClick) -> Node:
    """One file, with its name above."""
    title = text(shown.name, weight=1)
    title.style.max_lines = 1
    bar = row(icon_button("back", desc="Navigate up", on_click=on_back), title, height=132)
    if shown.problem:
        words = text(shown.problem, align="center", color=GREY)
        return column(bar, spacer(), words, spacer())
    still = image(picture=shown.picture)
    if not shown.video:
        return column(bar, still)
    surface = group(still, desc=PAUSE if shown.playing else PLAY, on_click=on_tap)
    seek = Node(
        "android.widget.SeekBar",
        text=f"{int(shown.position) // 60}:{int(shown.position) % 60:02d}",
        desc=PROGRESS,
        focusable=True,
        height=96,
    )
    seek.style.progress = shown.position / shown.seconds if shown.seconds else 0.0
    return column(bar, surface, seek)


def grid(names: list[str]) -> Node:
    """The file names of the camera folder."""
    rows = [text(name, height=110) for name in names]
    empty = [text(EMPTY, align="center", color=GREY)]
    return column(text("Photos", bold=True, size=56, height=150), *(rows or empty), spacer())
