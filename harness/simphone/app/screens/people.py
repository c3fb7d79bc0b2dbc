"""Followers and Following."""

from __future__ import annotations

from harness.simphone.app.numbers import compact
from harness.simphone.app.screens.chrome import error_block, loading, title_bar
from harness.simphone.app.screens.view import View
from harness.simphone.app.state import Person
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import (
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


def people(view: View) -> Node:
    """Tabs with counts over the list."""
    page = view.state.people
    own = view.state.profile
    if page.loading:
        content = loading(view)
    elif page.error:
        content = error_block(view, page.error)
    else:
        notice = view.t("list_notice").format(name=own.nickname if own else "")
        rows = [_person(view, person) for person in page.rows]
        content = list_view(
            text(notice, rid=view.rid("list_notice"), color=GREY, size=34, height=90),
            *rows,
            text(view.t("no_more"), color=GREY, align="center", height=120),
            rid=view.rid("people"),
        )
    tabs = row(_tab(view, "following"), _tab(view, "followers"), height=120)
    return column(title_bar(view, own.nickname if own else ""), tabs, content)


def _tab(view: View, kind: str) -> Node:
    own = view.state.profile
    page = view.state.people
    count = 0
    if own is not None:
        count = own.followers if kind == "followers" else own.following
    if page.kind == kind and not page.loading and not page.error:
        count = page.total
    selected = page.kind == kind
    label = text(
        f"{view.t(kind)} {view.number(count)}",
        rid="android:id/text1",
        align="center",
        bold=selected,
        color="#161823" if selected else GREY,
        weight=1,
    )
    return group(
        label,
        cls="android.widget.LinearLayout",
        desc=f"{view.t(kind)} {compact(count)}",
        on_click=view.click("people", kind),
        selected=selected,
    )


def _person(view: View, person: Person) -> Node:
    avatar = image(picture=sum(person.handle.encode()), height=120)
    avatar.style.radius = 60
    names = column(
        text(person.nickname, rid=view.rid("row_name"), bold=True),
        text(person.handle, rid=view.rid("row_handle"), color=GREY, size=36),
    )
    follow = button(
        view.t("follow_back"),
        on_click=view.click("nothing"),
        rid=view.rid("row_button"),
        height=340,
    )
    return row(
        spacer(32, weight=0),
        avatar,
        spacer(32, weight=0),
        names,
        follow,
        spacer(32, weight=0),
        height=170,
        on_click=view.click("nothing"),
    )
