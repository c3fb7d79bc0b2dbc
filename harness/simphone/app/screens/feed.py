"""The For You feed: one clip at a time."""

from __future__ import annotations

from harness.simphone.app.screens.chrome import bottom_tabs, error_block, loading
from harness.simphone.app.screens.view import View
from harness.simphone.app.state import Video
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import column, group, icon_button, image, row, spacer, text

WHITE = "#ffffff"


def feed(view: View) -> Node:
    """A clip with its buttons, or why there is none."""
    state = view.state
    if state.videos:
        content = _clip(view, state.videos[state.video % len(state.videos)])
    elif state.feed_error:
        content = column(error_block(view, state.feed_error), *_offline_offer(view))
    else:
        content = loading(view)
    return column(content, bottom_tabs(view, "home"))


def _clip(view: View, clip: Video) -> Node:
    still = image(picture=int(clip.clip_id[-2:]), rid=view.rid("cover"))
    caption = column(
        spacer(),
        text(clip.author, color=WHITE, bold=True, rid=f"{view.package}:id/title"),
        spacer(16),
        text(clip.caption, color=WHITE, rid=f"{view.package}:id/desc"),
        spacer(40),
    )
    buttons = column(
        spacer(),
        *_button(view, "heart", view.t("like"), clip.likes, rid=view.rid("like_share")),
        *_button(view, "comment", view.t("comment"), clip.comments),
        *_button(
            view,
            "share",
            view.t("share"),
            clip.shares,
            rid=view.rid("like_share"),
            action="open:share-sheet",
        ),
        spacer(60),
        height=160,
    )
    side = row(spacer(32), caption, buttons)
    side.children[0].height, side.children[0].weight = 32, 0
    pager = group(still, column(_top(view), side), cls="X.122f", rid=f"{view.package}:id/viewpager")
    pager.direction = "stack"
    pager.scrollable = True
    pager.on_scroll = _scroller(view)
    return pager


def _offline_offer(view: View) -> list[Node]:
    """The way to the offline videos, for those who have some."""
    if not view.state.offline.videos:
        return []
    offer = row(
        spacer(48, weight=0),
        image(icon="offline", height=72),
        spacer(32, weight=0),
        text(view.t("watch_offline"), weight=1),
        image(icon="chevron", height=72),
        height=150,
        on_click=view.click("offline"),
    )
    return [offer, spacer(24)]


def _button(
    view: View, icon: str, label: str, count: int, rid: str | None = None, action: str = "nothing"
) -> list[Node]:
    name, _, value = action.partition(":")
    drawn = icon_button(icon, desc=label, on_click=view.click(name, value), rid=rid)
    drawn.style.color = WHITE
    number = text(view.number(count), size=32, color=WHITE, align="center")
    return [drawn, number, spacer(24)]


def _top(view: View) -> Node:
    title = text(view.t("for_you"), color=WHITE, bold=True, align="center", weight=1)
    lens = icon_button("search", desc=view.t("search"), on_click=view.click("nothing"))
    lens.style.color = WHITE
    return row(spacer(132), title, lens, height=132)


def _scroller(view: View):  # noqa: ANN202 - see Node.on_scroll
    async def scroll(direction: str) -> None:
        await view.click("scroll", direction)()

    return scroll
