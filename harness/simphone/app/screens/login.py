"""The log-in sheet and the log-in form with its two tabs.

As a public dump of 43.1.4 shows the form: fields without id and description,
told by hint alone; tabs as LinearLayouts with a description and a child
`android:id/text1`; the button disabled until there is input.
"""

from __future__ import annotations

from harness.simphone.app.screens.chrome import title_bar
from harness.simphone.app.screens.view import View
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import (
    ACCENT,
    GREY,
    button,
    checkbox,
    column,
    divider,
    edit_text,
    group,
    image,
    progress,
    row,
    spacer,
    text,
)


def login_sheet(view: View) -> Node:
    """Ways to log in."""
    return column(
        title_bar(view, ""),
        spacer(80),
        text(view.t("log_in_title"), size=66, bold=True, align="center"),
        spacer(32),
        _inset(text(view.t("log_in_about"), align="center", color=GREY, weight=1), 120),
        spacer(80),
        _choice(view, "person", "use_phone", "login-form"),
        spacer(28),
        _choice(view, "globe", "with_facebook", ""),
        spacer(28),
        _choice(view, "globe", "with_google", ""),
        spacer(),
        divider(),
        text(view.t("no_account"), align="center", height=132),
    )


def login_form(view: View) -> Node:
    """Two tabs over one form."""
    form = view.state.form
    fields = _phone_fields(view) if form.tab == "phone" else _name_fields(view)
    label = view.t("continue") if form.tab == "phone" else view.t("log_in")
    error = [_inset(text(form.error, color=ACCENT, size=36, weight=1), 60)] if form.error else []
    busy = [progress(desc=view.t("loading"), height=96)] if form.busy else []
    go = button(
        label,
        on_click=view.click("submit"),
        rid=view.rid("login_button"),
        enabled=form.ready,
        weight=1,
    )
    go.height = None
    save = checkbox(
        view.t("save_login"),
        checked=form.save,
        on_click=view.click("toggle-save"),
        rid=view.rid("save_login"),
    )
    return column(
        title_bar(view, view.t("log_in"), rid=view.rid("login_title")),
        row(
            _tab(view, "phone", "tab_phone"),
            _tab(view, "name", "tab_name"),
            height=120,
        ),
        divider(),
        spacer(48),
        *fields,
        *error,
        spacer(24),
        _inset(save, 96),
        spacer(24),
        _inset(go, 132),
        *busy,
        spacer(),
    )


def _tab(view: View, name: str, label: str) -> Node:
    selected = view.state.form.tab == name
    inner = text(
        view.t(label),
        rid="android:id/text1",
        align="center",
        bold=selected,
        color="#161823" if selected else GREY,
        weight=1,
    )
    return group(
        inner,
        cls="android.widget.LinearLayout",
        desc=view.t(label),
        rid=view.rid("login_tab"),
        on_click=view.click("login-tab", name),
        selected=selected,
    )


def _phone_fields(view: View) -> list[Node]:
    form = view.state.form
    field = edit_text(
        form.phone,
        hint=view.t("hint_phone"),
        on_text=lambda value: view.typed("phone", value),
        weight=1,
    )
    return [_inset(field, 132)]


def _name_fields(view: View) -> list[Node]:
    form = view.state.form
    name = edit_text(
        form.name,
        hint=view.t("hint_name"),
        on_text=lambda value: view.typed("name", value),
        weight=1,
    )
    secret = edit_text(
        form.password,
        hint=view.t("hint_password"),
        on_text=lambda value: view.typed("password", value),
        password=True,
        weight=1,
    )
    forgot = text(view.t("forgot"), size=36, bold=True, weight=1)
    return [_inset(name, 132), spacer(28), _inset(secret, 132), spacer(28), _inset(forgot, 60)]


def _inset(node: Node, height: int) -> Node:
    node.height, node.weight = None, 1
    return row(spacer(72, weight=0), node, spacer(72, weight=0), height=height)


def _choice(view: View, icon: str, label: str, page: str) -> Node:
    action = view.click("open", page) if page else view.click("nothing")
    inner = row(
        image(icon=icon, height=96),
        text(view.t(label), bold=True, align="center", weight=1),
        spacer(96, weight=0),
        on_click=action,
    )
    inner.style.border = "#d0d1d3"
    inner.style.radius = 12
    return _inset(inner, 132)
