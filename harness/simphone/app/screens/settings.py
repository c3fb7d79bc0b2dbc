"""Settings and privacy, and the question before logging out."""

from __future__ import annotations

from harness.simphone.app.screens.chrome import title_bar
from harness.simphone.app.screens.view import View
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import (
    ACCENT,
    bottom_sheet,
    column,
    group,
    image,
    list_view,
    row,
    spacer,
    text,
)

ROWS = (
    ("account", "person", "nothing"),
    ("privacy", "lock", "nothing"),
    ("offline_videos", "offline", "offline"),
    ("free_up", "trash", "nothing"),
)


def settings(view: View) -> Node:
    """The list; Log out is its last row."""
    rows = [_row(view, label, icon, action) for label, icon, action in ROWS]
    if view.state.logged_in:
        rows.append(_row(view, "log_out", "logout", "open:logout-sheet"))
    return column(title_bar(view, view.t("settings")), list_view(*rows))


def logout_sheet(view: View) -> Node:
    """Asks before logging out."""
    sheet = bottom_sheet(
        text(view.t("log_out_ask"), align="center", height=140),
        _answer(view, "log_out", "log-out", ACCENT),
        _answer(view, "cancel", "back", "#161823"),
        height=480,
        on_dismiss=view.click("back"),
    )
    return group(settings(view), sheet)


def _row(view: View, label: str, icon: str, action: str) -> Node:
    name, _, value = action.partition(":")
    return row(
        spacer(48, weight=0),
        image(icon=icon, height=72),
        spacer(32, weight=0),
        text(view.t(label), weight=1),
        image(icon="chevron", height=72),
        height=150,
        on_click=view.click(name, value),
    )


def _answer(view: View, label: str, action: str, color: str) -> Node:
    return group(
        text(view.t(label), align="center", color=color, bold=True, weight=1),
        cls="android.widget.LinearLayout",
        desc=view.t(label),
        on_click=view.click(action),
        height=150,
    )
