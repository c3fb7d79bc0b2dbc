"""A video that fills the screen, with a bar that shows how far it is."""

from __future__ import annotations

from harness.simphone.app.screens.chrome import centred, title_bar
from harness.simphone.app.screens.view import View
from harness.simphone.app.state import Player
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import OnClick, column, group, image, row, spacer, text

WHITE = "#ffffff"


def offline_player(view: View) -> Node:
    """One offline video, or that it cannot be played."""
    player = view.state.player
    if player.broken:
        return column(title_bar(view, ""), centred(view.t("video_broken")))
    words = (view.t("pause_video"), view.t("play_video"), view.t("video_progress"))
    caption = column(
        spacer(),
        text(player.author, color=WHITE, bold=True, rid=f"{view.package}:id/title"),
        spacer(16),
        text(player.caption, color=WHITE, rid=f"{view.package}:id/desc"),
        spacer(40),
    )
    surface = playing_surface(player, words[0], words[1], view.click("toggle-play"))
    surface.children.append(row(spacer(40, weight=0), caption, spacer(40, weight=0)))
    return column(title_bar(view, ""), surface, progress_bar(player, words[2]))


def playing_surface(player: Player, pause: str, play: str, on_click: OnClick) -> Node:
    """The picture; its description is what a tap does."""
    still = image(picture=player.picture)
    parts = [still] if player.playing else [still, _play_sign()]
    return group(*parts, desc=pause if player.playing else play, on_click=on_click)


def progress_bar(player: Player, desc: str) -> Node:
    """A SeekBar whose text is the position, `0:03`."""
    bar = Node(
        "android.widget.SeekBar",
        text=clock(player.position),
        desc=desc,
        focusable=True,
        height=96,
    )
    bar.style.progress = player.position / player.seconds if player.seconds else 0.0
    return bar


def clock(seconds: float) -> str:
    """`1:05` for 65.9."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _play_sign() -> Node:
    sign = image(icon="play", height=200)
    sign.style.color = WHITE
    return column(spacer(), sign, spacer())
