"""Popups over a page: cards, sheets, banners and first-run pages."""

from __future__ import annotations

from harness.simphone.app.popups import SERVICE, Popup, Shape
from harness.simphone.app.screens.gates import age_gate
from harness.simphone.app.screens.view import View
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import (
    GREY,
    button,
    column,
    dialog,
    group,
    icon_button,
    row,
    spacer,
    text,
)

SIDE = 72
"""Pixels left free at both sides."""


def over(view: View, page: Node, popup: Popup) -> Node:
    """`page` with `popup` over it, or the popup's own page instead."""
    match popup.shape:
        case Shape.CARD:
            return group(page, dialog(*_parts(view, popup), height=_height(view, popup)))
        case Shape.SHEET:
            return group(page, _sheet(view, popup))
        case Shape.BANNER:
            return group(page, _banner(view, popup))
        case Shape.PAGE:
            return age_gate(view) if popup.name == "birthday" else _page(view, popup)
        case Shape.PERMISSION | Shape.CHOOSER | Shape.SYSTEM:
            return page  # another program's own window


def _sheet(view: View, popup: Popup) -> Node:
    sheet = column(_close_bar(view), *_parts(view, popup), height=_height(view, popup) + 132)
    sheet.style.background, sheet.style.radius = "#ffffff", 36
    whole = column(spacer(), sheet, clickable=True)
    whole.style.background = "#00000080"
    return whole


def _banner(view: View, popup: Popup) -> Node:
    answers = row(
        *(
            button(view.t(key), on_click=view.click("popup-answer", key), primary=False, weight=1)
            for key in popup.answers
        ),
        height=132,
    )
    for node in answers.children:
        node.height = None
    card = column(
        row(text(view.t(popup.title), bold=True, weight=1), _close(view), height=132),
        answers,
        height=330,
        clickable=True,
    )
    card.style.background, card.style.radius, card.style.padding = "#ffffff", 24, 24
    return column(spacer(), card, spacer(170, weight=0))


def _page(view: View, popup: Popup) -> Node:
    topics = view.t("topics").split("|") if popup.name == "interests" else []
    drawn = [
        row(*(_topic(topic) for topic in topics[start : start + 2]), height=150)
        for start in range(0, len(topics), 2)
    ]
    page = column(
        spacer(120, weight=0),
        *_words(view, popup),
        spacer(60, weight=0),
        *drawn,
        spacer(),
        *_answers(view, popup),
        spacer(60, weight=0),
        clickable=True,
    )
    page.style.background = "#ffffff"
    return page


def _topic(label: str) -> Node:
    topic = text(label, align="center", weight=1, clickable=True, focusable=True)
    topic.style.border, topic.style.radius = "#d0d1d3", 60
    return topic


def _parts(view: View, popup: Popup) -> list[Node]:
    return [*_words(view, popup), spacer(), *_answers(view, popup)]


def _words(view: View, popup: Popup) -> list[Node]:
    sent = view.state.service_popup if popup is SERVICE else None
    title = sent.title if sent else view.t(popup.title)
    about = sent.text if sent else view.t(popup.about) if popup.about else ""
    words = [_inset(text(title, bold=True, size=54, align="center", weight=1))]
    if about:
        drawn = text(about, color=GREY, align="center", weight=1)
        words += [spacer(24, weight=0), _inset(drawn)]
    return words


def _answers(view: View, popup: Popup) -> list[Node]:
    """Buttons one below the other; the first is the filled one."""
    drawn: list[Node] = []
    sent = view.state.service_popup if popup is SERVICE else None
    labels = sent.answers if sent else tuple(view.t(key) for key in popup.answers)
    keys = ("service",) * len(labels) if sent else popup.answers
    for number, (key, label) in enumerate(zip(keys, labels, strict=True)):
        answer = button(
            label,
            on_click=view.click("popup-answer", key),
            primary=number == 0,
            weight=1,
        )
        answer.height = None
        drawn += [
            row(spacer(SIDE, weight=0), answer, spacer(SIDE, weight=0), height=132),
            spacer(20, weight=0),
        ]
    return drawn


def _inset(node: Node) -> Node:
    return row(spacer(SIDE, weight=0), node, spacer(SIDE, weight=0), weight=0)


def _close_bar(view: View) -> Node:
    return row(spacer(), _close(view), height=132)


def _close(view: View) -> Node:
    return icon_button(
        "close", desc=view.t("close"), on_click=view.click("popup-answer", "close"), weight=0
    )


def _height(view: View, popup: Popup) -> int:
    """Room for a title and a text of two lines each, and the buttons."""
    sent = view.state.service_popup if popup is SERVICE else None
    return 430 + 152 * len(sent.answers if sent else popup.answers)
