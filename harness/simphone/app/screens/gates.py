"""Pages that stop the app until a person acts: captcha, second step, new device, ban …"""

from __future__ import annotations

from harness.simphone.app.screens.chrome import title_bar
from harness.simphone.app.screens.view import View
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import (
    GREY,
    button,
    column,
    edit_text,
    image,
    progress,
    row,
    spacer,
    text,
    webview,
)


def captcha(view: View) -> Node:
    """The secsdk page in a WebView: a puzzle, loading, or a failure to load."""
    loaded = view.state.captcha_loaded
    if loaded is None:
        inside = [text(view.t("loading"), align="center", height=100)]
    elif loaded:
        inside = [
            text(view.t("captcha"), rid="secsdk-captcha-prompt", align="center", height=100),
            image(picture=77, height=600, rid="captcha-verify-image"),
            Node(
                cls="android.widget.SeekBar",
                rid="secsdk-captcha-drag-icon",
                height=120,
                focusable=True,
            ),
            Node(cls="android.widget.Button", text=view.t("refresh"), height=100, clickable=True),
        ]
    else:
        inside = [text(view.t("captcha_failed"), align="center", height=100)]
    page = Node(cls="android.view.View", rid="captcha_container", children=inside)
    return column(title_bar(view, ""), webview(page))


def two_step(view: View) -> Node:
    """A code is asked that only the owner can read."""
    return column(
        title_bar(view, view.t("two_step")),
        spacer(80),
        text(view.t("two_step_about"), align="center", bold=True, size=54),
        spacer(40),
        row(
            spacer(72, weight=0),
            _field(view),
            spacer(72, weight=0),
            height=132,
        ),
        spacer(40),
        text(view.t("resend"), align="center", color=GREY),
        spacer(),
    )


def age_gate(view: View) -> Node:
    """Birthday with three pickers."""
    pickers = [
        Node(cls="android.widget.SeekBar", desc=view.t(name), focusable=True)
        for name in ("day", "month", "year")
    ]
    return column(
        title_bar(view, view.t("birthday")),
        spacer(80),
        text(view.t("birthday"), bold=True, size=54, align="center"),
        spacer(40),
        row(*pickers, height=400),
        spacer(),
    )


def new_device(view: View) -> Node:
    """The owner is to say on another device that this one is theirs."""
    return _notice(view, view.t("new_device"), view.t("new_device_about"), [])


def banned(view: View) -> Node:
    """The account is closed for good."""
    return _notice(view, view.t("banned"), "", [])


def region_ban(view: View) -> Node:
    """The full-screen notice of a region."""
    buttons = [(view.t("learn_more"), "nothing"), (view.t("close_app"), "close-app")]
    return _notice(view, view.state.notice_title, view.state.notice_text, buttons)


def update_gate(view: View) -> Node:
    """The app asks for a newer version and shows nothing else."""
    return _notice(
        view, view.t("update"), view.t("update_about"), [(view.t("update_button"), "nothing")]
    )


def _notice(view: View, title: str, about: str, buttons: list[tuple[str, str]]) -> Node:
    drawn: list[Node] = []
    for label, action in buttons:
        go = button(label, on_click=view.click(action), weight=1)
        go.height = None
        drawn += [row(spacer(72, weight=0), go, spacer(72, weight=0), height=132), spacer(24)]
    return column(
        spacer(),
        image(icon="warning", height=160),
        spacer(40),
        text(title, bold=True, size=54, align="center"),
        spacer(40),
        text(about, align="center", color=GREY),
        spacer(60),
        *drawn,
        spacer(),
    )


def _field(view: View) -> Node:
    field = edit_text(
        "", hint=view.t("two_step_about"), on_text=lambda value: view.typed("code", value)
    )
    field.height, field.weight = None, 1
    return field


def waiting(view: View) -> Node:
    """A page that only waits."""
    return column(spacer(), progress(desc=view.t("loading")), spacer())
