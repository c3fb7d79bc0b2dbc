"""The sheet behind the share button of a clip."""

from __future__ import annotations

from harness.simphone.app.screens.feed import feed
from harness.simphone.app.screens.view import View
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import bottom_sheet, group, image, row, spacer, text


def share_sheet(view: View) -> Node:
    """What can be done with the clip in front."""
    sheet = bottom_sheet(
        spacer(24),
        row(
            _choice(view, "download", "save_video", "save-video"),
            _choice(view, "globe", "copy_link", "back"),
            spacer(),
            height=260,
        ),
        height=480,
        on_dismiss=view.click("back"),
    )
    return group(feed(view), sheet)


def _choice(view: View, icon: str, label: str, action: str) -> Node:
    return group(
        image(icon=icon, height=120),
        text(view.t(label), align="center", size=34),
        cls="android.widget.LinearLayout",
        desc=view.t(label),
        on_click=view.click(action),
    )
