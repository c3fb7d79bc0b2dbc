"""The start picture."""

from __future__ import annotations

from harness.simphone.app.screens.view import View
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import column, image, spacer, text


def splash(_view: View) -> Node:
    """Logo on black."""
    logo = image(icon="note", height=200)
    logo.style.color = "#ffffff"
    name = text("TikTok", size=72, color="#ffffff", bold=True, align="center")
    whole = column(spacer(), logo, spacer(40), name, spacer())
    whole.style.background = "#000000"
    return whole
