"""The Profile tab: logged out, or the own block with its counters."""

from __future__ import annotations

from harness.simphone.app.screens.chrome import bottom_tabs, error_block, loading
from harness.simphone.app.screens.drafts import drafts_tile
from harness.simphone.app.screens.view import View
from harness.simphone.app.state import Profile
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import (
    GREY,
    bottom_sheet,
    button,
    column,
    group,
    icon_button,
    image,
    row,
    spacer,
    text,
)


def profile(view: View) -> Node:
    """What the Profile tab shows now."""
    state = view.state
    if not state.logged_in:
        content = _logged_out(view)
    elif state.profile is not None:
        content = _own(view, state.profile)
    elif state.profile_error:
        block = error_block(view, state.profile_error)
        content = column(_menu_bar(view, ""), block, *drafts_tile(view))
    else:
        content = column(_menu_bar(view, ""), loading(view))
    return column(content, bottom_tabs(view, "profile"))


def profile_menu(view: View) -> Node:
    """The sheet behind the three lines."""
    sheet = bottom_sheet(
        spacer(24),
        group(
            text(view.t("settings"), weight=1),
            cls="android.widget.LinearLayout",
            desc=view.t("settings"),
            rid=view.rid("settings"),
            on_click=view.click("open", "settings"),
            height=140,
        ),
        height=420,
        on_dismiss=view.click("back"),
    )
    return group(profile(view), sheet)


def _menu_bar(view: View, title: str) -> Node:
    return row(
        icon_button("add_friend", on_click=view.click("nothing")),
        text(title, bold=True, align="center", weight=1),
        icon_button("menu", desc=view.t("profile_menu"), on_click=view.click("open", "menu")),
        height=132,
    )


def _logged_out(view: View) -> Node:
    return column(
        _menu_bar(view, view.t("profile")),
        spacer(),
        image(icon="person", height=220),
        spacer(48),
        text(view.t("log_in_prompt"), align="center", color=GREY),
        spacer(48),
        row(
            spacer(),
            button(view.t("log_in"), on_click=view.click("open", "login-sheet"), height=600),
            spacer(),
            height=132,
        ),
        spacer(),
    )


def _own(view: View, own: Profile) -> Node:
    avatar = image(picture=int(own.uid[-4:] or 0), height=260)
    avatar.style.radius = 130
    return column(
        _menu_bar(view, own.nickname),
        spacer(32),
        row(spacer(), avatar, spacer(), height=260),
        spacer(16),
        text(own.nickname, rid=view.rid("name"), align="center", bold=True),
        text(f"@{own.handle}", rid=view.rid("handle"), align="center", color=GREY),
        spacer(24),
        row(
            _counter(view, own.following, "following", "android.widget.LinearLayout"),
            _counter(view, own.followers, "followers", "android.view.ViewGroup"),
            _counter(view, own.likes, "likes", "android.widget.LinearLayout"),
            height=150,
        ),
        spacer(24),
        row(
            spacer(),
            button(
                view.t("edit_profile"), on_click=view.click("nothing"), primary=False, height=420
            ),
            spacer(),
            height=110,
        ),
        *drafts_tile(view),
        spacer(),
        text(view.t("no_videos"), rid=view.rid("empty_state"), align="center", color=GREY),
        spacer(),
    )


def _counter(view: View, value: int, kind: str, cls: str) -> Node:
    action = view.click("nothing") if kind == "likes" else view.click("people", kind)
    return group(
        text(view.number(value), rid=view.rid("counter_value"), align="center", bold=True, size=48),
        text(view.t(kind), rid=view.rid("counter_label"), align="center", color=GREY, size=36),
        cls=cls,
        on_click=action,
        weight=1,
    )
