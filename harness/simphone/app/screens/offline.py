"""Offline videos: what there is, what can be downloaded, and why a download waits."""

from __future__ import annotations

from harness.simphone.app.kept.offline_videos import OfflineVideo
from harness.simphone.app.screens.chrome import centred, title_bar
from harness.simphone.app.screens.view import View
from harness.simphone.app.state import BATCHES
from harness.simphone.ui.node import Node, Style
from harness.simphone.ui.widgets import (
    ACCENT,
    GREY,
    button,
    column,
    group,
    image,
    list_view,
    row,
    spacer,
    text,
)

ACROSS, GAP = 3, 4
MB = 1_000_000


def offline_videos(view: View) -> Node:
    """The page behind Settings."""
    bar = title_bar(view, view.t("offline_videos"))
    page = view.state.offline
    if not view.state.logged_in:
        return column(bar, centred(view.t("offline_logged_out")))
    if page.videos:
        content = list_view(*_tiles(view, page.videos))
        head = [_total(view, page.videos)]
    else:
        lines = [view.t("offline_none")]
        content = centred(*lines, *([view.t("offline_expired")] if page.expired else []))
        head = []
    return column(bar, *head, content, *_footer(view))


def clip_picture(clip_id: str) -> int:
    """The seed of a clip's drawn still, as in the feed."""
    return int(clip_id[-2:]) if clip_id[-2:].isdigit() else len(clip_id)


def _total(view: View, videos: tuple[OfflineVideo, ...]) -> Node:
    size = sum(video.size for video in videos) / MB
    label = view.t("offline_total").format(n=len(videos), size=f"{size:.1f}")
    return text(label, color=GREY, align="center", height=90)


def _tiles(view: View, videos: tuple[OfflineVideo, ...]) -> list[Node]:
    rows: list[Node] = []
    for begin in range(0, len(videos), ACROSS):
        tiles = [_tile(view, video) for video in videos[begin : begin + ACROSS]]
        empty = [spacer() for _ in range(ACROSS - len(tiles))]
        parts = [part for tile in (*tiles, *empty) for part in (tile, spacer(GAP, weight=0))]
        rows += [row(*parts[:-1], height=480), spacer(GAP)]
    return rows


def _tile(view: View, video: OfflineVideo) -> Node:
    still = image(
        picture=clip_picture(video.clip_id), rid=view.rid("cover"), desc=video.caption, weight=1
    )
    return group(
        still, desc=video.caption, on_click=view.click("play-offline", video.clip_id), weight=1
    )


def _footer(view: View) -> list[Node]:
    page = view.state.offline
    if page.downloading:
        return _progress(view)
    error = [text(page.error, color=ACCENT, align="center", height=80)] if page.error else []
    go = button(
        view.t("download_count").format(n=page.chosen),
        desc=view.t("download"),
        on_click=view.click("download-offline"),
        weight=1,
    )
    go.height = None
    return [
        *error,
        row(spacer(32, weight=0), *(_choice(view, n) for n in BATCHES), height=110),
        row(spacer(72, weight=0), go, spacer(72, weight=0), height=132),
        spacer(24),
    ]


def _choice(view: View, count: int) -> Node:
    return Node(
        "android.widget.RadioButton",
        text=view.t("offline_choice").format(n=count),
        checkable=True,
        checked=view.state.offline.chosen == count,
        clickable=True,
        focusable=True,
        on_click=view.click("choose-offline", str(count)),
        style=_small(),
    )


def _small() -> Style:
    return Style(size=30)


def _progress(view: View) -> list[Node]:
    page = view.state.offline
    count = view.t("downloading").format(n=len(page.videos), all=page.wanted)
    label = view.t("resume_download" if page.stopped else "pause_download")
    stop = button(label, on_click=view.click("pause-offline"), primary=False, weight=1)
    stop.height = None
    return [
        text(page.pause or count, align="center", height=90),
        row(spacer(72, weight=0), stop, spacer(72, weight=0), height=132),
        spacer(24),
    ]
