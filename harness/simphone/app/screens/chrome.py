"""Parts that several screens share: bottom tabs, title bar, error block."""

from __future__ import annotations

from harness.simphone.app.screens.view import View
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import (
    GREY,
    Tab,
    button,
    column,
    icon_button,
    progress,
    row,
    spacer,
    tab_bar,
    text,
)

TABS = ("home", "friends", "create", "inbox", "profile")
ICONS = {"create": "plus"}


def bottom_tabs(view: View, selected: str) -> Node:
    """Home, Friends, Create, Inbox, Profile."""
    tabs = [
        Tab(
            label="" if name == "create" else view.t(name),
            icon=ICONS.get(name, name),
            desc=view.t(name),
            rid=view.rid(name),
            on_click=view.click("tab", name),
            selected=name == selected,
        )
        for name in TABS
    ]
    return tab_bar(tabs, rid=view.rid("tabs"))


def title_bar(view: View, title: str, *, rid: str | None = None) -> Node:
    """Back button and title."""
    return row(
        icon_button("back", desc=view.t("back"), on_click=view.click("back")),
        text(title, rid=rid, bold=True, align="center", weight=1, height=None),
        icon_button("help", desc=view.t("report"), on_click=view.click("nothing")),
        height=132,
    )


def error_block(view: View, message: str) -> Node:
    """A message in the middle, with Retry."""
    return column(
        spacer(),
        text(message, align="center", color=GREY),
        spacer(40),
        row(
            spacer(),
            button(view.t("retry"), on_click=view.click("retry"), primary=False, height=360),
            spacer(),
            height=120,
        ),
        spacer(),
    )


def loading(view: View) -> Node:
    """A turning circle."""
    return column(spacer(), progress(desc=view.t("loading")), spacer())


def centred(*lines: str) -> Node:
    """Messages in the middle of an otherwise empty page."""
    rows = [text(line, align="center", color=GREY) for line in lines]
    return column(spacer(), *rows, spacer())
