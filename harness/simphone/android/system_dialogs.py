"""The system's own dialogs over a failed app."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from harness.simphone.contracts import Package, Process, Window
from harness.simphone.ui import widgets
from harness.simphone.ui.node import Node

if TYPE_CHECKING:
    from harness.simphone.android.parts import AndroidPhone

OnClick = Callable[[], Awaitable[None]]
CRASH_TITLE = "Application Error: "
ANR_TITLE = "Application Not Responding: "


def label(phone: AndroidPhone, package: str) -> str:
    """The name that people know the app by."""
    manifest = phone.packages.manifest(package)
    found = manifest.label if manifest else ""
    return found if found and not found.startswith("@") else package


def keeps_stopping(phone: AndroidPhone, package: Package) -> None:
    """`TikTok keeps stopping` with App info and Close app."""
    window = phone.display.open_window("android", CRASH_TITLE + package.name)

    async def close() -> None:
        window.finish()

    async def details() -> None:
        window.finish()
        await phone.activities.start_activity("com.android.settings/.Settings")

    buttons = (
        ("App info", "android:id/aerr_app_info", details),
        ("Close app", "android:id/aerr_close", close),
    )
    _show(window, f"{label(phone, package.name)} keeps stopping", buttons)


def is_not_responding(phone: AndroidPhone, package: Package, process: Process) -> None:
    """`TikTok isn't responding` with Close app and Wait."""
    window = phone.display.open_window("android", ANR_TITLE + package.name)

    async def close() -> None:
        window.finish()
        phone.processes.kill(process.pid, reason="anr", description="user request after error")

    async def wait() -> None:
        window.finish()

    buttons = (
        ("Close app", "android:id/aerr_close", close),
        ("Wait", "android:id/aerr_wait", wait),
    )
    _show(window, f"{label(phone, package.name)} isn't responding", buttons)


def _show(window: Window, title: str, buttons: tuple[tuple[str, str, OnClick], ...]) -> None:
    head = widgets.text(title, rid="android:id/alertTitle", size=54, bold=True, height=140)
    rows: list[Node] = [
        widgets.button(text, on_click=action, rid=rid, primary=False)
        for text, rid, action in buttons
    ]
    card = widgets.dialog(head, *rows, height=240 + 140 * len(rows))
    for node in card.walk():
        node.package = "android"
    window.set_content(card)
