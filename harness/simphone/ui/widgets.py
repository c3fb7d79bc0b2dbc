"""Constructors for screens: each returns a `Node` as Android's own view of that kind.

Sizes are pixels of a 1080 px wide screen (2.625 px to the dp). `height` is the
size along the parent's direction (so the WIDTH inside a `row`); without it a
`weight` shares what is left, and weight 0 means "as big as the content". All
take `**flags`, which are fields of `Node` (`weight=1`, `selected=True`, …).
Style can be changed afterwards: `node.style.background = "#fff"`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.simphone.ui.node import Node, Style

OnClick = Callable[[], Awaitable[None]]

INK = "#161823"
GREY = "#8a8b91"
ACCENT = "#fe2c55"
LINE = "#e3e3e4"
FIELD = "#f1f1f2"


def _node(
    cls: str, style: Style, fields: Mapping[str, object], flags: Mapping[str, object]
) -> Node:
    values: dict[str, Any] = {**fields, **flags}
    if values.get("on_click") is not None:
        # Android's setOnClickListener makes a view clickable and focusable.
        values = {"clickable": True, "focusable": True, **values}
    return Node(cls=cls, style=style, **values)


def text(
    text: str,
    *,
    rid: str | None = None,
    desc: str | None = None,
    size: int = 42,
    color: str = INK,
    bold: bool = False,
    align: str = "left",
    height: int | None = None,
    **flags: object,
) -> Node:
    """A TextView; without a height as big as its text."""
    style = Style(color=color, size=size, bold=bold, align=align)
    fields = {"text": text, "rid": rid, "desc": desc, "height": height, "weight": 0}
    return _node("android.widget.TextView", style, fields, flags)


def button(
    text: str,
    *,
    on_click: OnClick | None,
    rid: str | None = None,
    desc: str | None = None,
    enabled: bool = True,
    primary: bool = True,
    height: int | None = 132,
    **flags: object,
) -> Node:
    """A Button, filled when `primary`, outlined when not, grey when disabled."""
    style = Style(size=42, bold=True, align="center", radius=12)
    if not enabled:
        style.background, style.color = FIELD, "#b8b8bd"
    elif primary:
        style.background, style.color = ACCENT, "#ffffff"
    else:
        style.background, style.border = "#ffffff", "#d0d1d3"
    fields = {
        "text": text,
        "rid": rid,
        "desc": desc,
        "enabled": enabled,
        "height": height,
        "clickable": True,
        "focusable": True,
        "on_click": on_click,
    }
    return _node("android.widget.Button", style, fields, flags)


def edit_text(
    value: str,
    *,
    hint: str | None,
    on_text: Callable[[str], None],
    password: bool = False,
    rid: str | None = None,
    height: int | None = 132,
    **flags: object,
) -> Node:
    """An EditText; the app keeps `value`, `on_text` is given the whole new text."""
    style = Style(size=44, background=FIELD, radius=12, padding=36)
    fields = {
        "text": value,
        "hint": hint,
        "rid": rid,
        "password": password,
        "height": height,
        "clickable": True,
        "long_clickable": True,
        "focusable": True,
        "on_text": on_text,
    }
    return _node("android.widget.EditText", style, fields, flags)


def image(
    *,
    desc: str | None = None,
    rid: str | None = None,
    picture: int | None = None,
    icon: str | None = None,
    height: int | None = None,
    on_click: OnClick | None = None,
    **flags: object,
) -> Node:
    """An ImageView: a drawn picture by seed, or an icon by name.

    A picture is round when `style.radius` is at least half its shorter side.
    """
    style = Style(picture=picture, icon=icon)
    fields = {"desc": desc, "rid": rid, "height": height, "on_click": on_click}
    return _node("android.widget.ImageView", style, fields, flags)


def icon_button(
    icon: str,
    *,
    desc: str | None = None,
    on_click: OnClick,
    rid: str | None = None,
    **flags: object,
) -> Node:
    """A clickable icon of 132 px (width in a row)."""
    fields = {"desc": desc, "rid": rid, "height": 132, "on_click": on_click}
    return _node("android.widget.ImageView", Style(icon=icon), fields, flags)


def row(*children: Node, height: int | None = None, weight: int = 1, **flags: object) -> Node:
    """A LinearLayout whose children stand side by side."""
    return _box(children, "row", height, weight, flags)


def column(*children: Node, height: int | None = None, weight: int = 1, **flags: object) -> Node:
    """A LinearLayout whose children stand one below the other."""
    return _box(children, "column", height, weight, flags)


def group(
    *children: Node,
    cls: str = "android.widget.FrameLayout",
    desc: str | None = None,
    rid: str | None = None,
    on_click: OnClick | None = None,
    selected: bool = False,
    height: int | None = None,
    **flags: object,
) -> Node:
    """Any view group. Frame and relative layouts stack their children, others are columns."""
    stacked = cls.endswith(("FrameLayout", "RelativeLayout"))
    fields = {
        "desc": desc,
        "rid": rid,
        "on_click": on_click,
        "selected": selected,
        "height": height,
        "direction": "stack" if stacked else "column",
        "children": list(children),
    }
    return _node(cls, Style(), fields, flags)


def spacer(height: int | None = None, *, weight: int = 1, **flags: object) -> Node:
    """Empty room of `height`, or by weight; not important for accessibility."""
    return _node("android.view.View", Style(), {"height": height, "weight": weight}, flags)


def divider(*, color: str = LINE, height: int = 2, **flags: object) -> Node:
    """A thin line."""
    return _node("android.view.View", Style(background=color), {"height": height}, flags)


def progress(*, desc: str | None = None, height: int = 120, **flags: object) -> Node:
    """A ProgressBar turning in circles."""
    style = Style(icon="spinner", color=GREY)
    return _node("android.widget.ProgressBar", style, {"desc": desc, "height": height}, flags)


def checkbox(
    text: str = "",
    *,
    checked: bool,
    on_click: OnClick | None,
    rid: str | None = None,
    desc: str | None = None,
    height: int | None = 96,
    **flags: object,
) -> Node:
    """A CheckBox with its label to the right."""
    fields = {
        "text": text,
        "desc": desc,
        "rid": rid,
        "height": height,
        "checkable": True,
        "checked": checked,
        "clickable": True,
        "focusable": True,
        "on_click": on_click,
    }
    return _node("android.widget.CheckBox", Style(size=36), fields, flags)


def webview(*children: Node, **flags: object) -> Node:
    """A WebView with the accessible pieces of its page."""
    fields = {"children": list(children), "focusable": True}
    return _node("android.webkit.WebView", Style(background="#ffffff"), fields, flags)


def list_view(
    *children: Node,
    rid: str | None = None,
    on_scroll: Callable[[str], Awaitable[None]] | None = None,
    cls: str = "androidx.recyclerview.widget.RecyclerView",
    **flags: object,
) -> Node:
    """A scrollable column. Without `on_scroll` the display itself moves the content."""
    fields = {
        "rid": rid,
        "scrollable": True,
        "focusable": True,
        "on_scroll": on_scroll,
        "children": list(children),
    }
    return _node(cls, Style(), fields, flags)


@dataclass(frozen=True, slots=True)
class Tab:
    """One item of a `tab_bar`: `icon` above `label`, either may be missing."""

    label: str = ""
    icon: str | None = None
    desc: str | None = None
    rid: str | None = None
    on_click: OnClick | None = None
    selected: bool = False


def tab_bar(
    tabs: Sequence[Tab], *, rid: str | None = None, height: int | None = 150, **flags: object
) -> Node:
    """A row of equally wide clickable tabs (bottom navigation, or tabs with text only)."""
    items = [_tab(tab) for tab in tabs]
    fields = {"rid": rid, "height": height, "direction": "row", "children": items}
    return _node("android.widget.LinearLayout", Style(background="#ffffff"), fields, flags)


def _tab(tab: Tab) -> Node:
    color = INK if tab.selected else GREY
    parts: list[Node] = []
    if tab.icon:
        parts.append(image(icon=tab.icon, weight=1))
        parts[0].style.color = color
    if tab.label:
        size = 30 if tab.icon else 42
        height = 52 if tab.icon else None
        label = text(tab.label, size=size, color=color, align="center", height=height)
        label.style.bold = tab.selected
        label.weight = 1
        parts.append(label)
    return group(
        *parts,
        cls="android.widget.LinearLayout",
        desc=tab.desc,
        rid=tab.rid,
        on_click=tab.on_click,
        selected=tab.selected,
    )


def bottom_sheet(*children: Node, height: int, on_dismiss: OnClick | None = None) -> Node:
    """A sheet over a darkened screen; lay it as the last child of a stack."""
    outside = _node("android.view.View", Style(), {"on_click": on_dismiss}, {})
    outside.desc = "Close sheet" if on_dismiss else None
    sheet = column(*children, height=height)
    sheet.style = Style(background="#ffffff", radius=36)
    whole = column(outside, sheet, clickable=True)
    whole.style.background = "#00000080"
    return whole


def dialog(*children: Node, height: int, width: int = 920) -> Node:
    """A card in the middle of a darkened screen; lay it as the last child of a stack."""
    card = column(*children, height=width)
    card.style = Style(background="#ffffff", radius=36, padding=48)
    middle = row(spacer(), card, spacer(), height=height)
    whole = column(spacer(), middle, spacer())
    whole.style.background = "#00000080"
    whole.clickable = True
    return whole


def _box(
    children: Sequence[Node],
    direction: str,
    height: int | None,
    weight: int,
    flags: Mapping[str, object],
) -> Node:
    fields = {
        "direction": direction,
        "height": height,
        "weight": weight,
        "children": list(children),
    }
    return _node("android.widget.LinearLayout", Style(), fields, flags)
