"""A plain page for activities whose app is not simulated (Settings, Chrome …)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.simphone.android.system_dialogs import label
from harness.simphone.contracts import Package
from harness.simphone.ui import widgets

if TYPE_CHECKING:
    from harness.simphone.android.parts import AndroidPhone


def show(phone: AndroidPhone, package: Package, activity: str) -> None:
    """Opens the window of `activity` with the app's name; the display draws home itself."""
    window = phone.display.open_window(package.name, activity)
    if package.name == phone.packages.home[0]:
        return
    heading = widgets.text(label(phone, package.name), size=64, bold=True, height=160)
    page = widgets.column(widgets.spacer(120), heading, widgets.divider(), widgets.spacer())
    page.style.background = "#ffffff"
    for node in page.walk():
        node.package = package.name
    window.set_content(page)
