"""The screen as a whole: source, screenshot, size, orientation."""

from __future__ import annotations

import base64

from harness.simphone.ui.hierarchy import build
from harness.simphone.ui.rest.call import Call, Routes
from harness.simphone.ui.rest.errors import WebDriverError


async def source(call: Call) -> str:
    return build(call.display.roots(), call.options()).xml()


async def screenshot(call: Call) -> str:
    return base64.b64encode(call.display.screenshot()).decode()


async def window_size(call: Call) -> dict[str, int]:
    return {"width": call.display.geometry.width, "height": call.display.geometry.height}


async def orientation(_call: Call) -> str:
    return "PORTRAIT"


async def set_orientation(call: Call) -> None:
    """Portrait is what the screen has; apps here refuse to turn."""
    if call.body.get("orientation") != "PORTRAIT":
        raise WebDriverError(
            "invalid element state", "Screen rotation cannot be changed: the app refuses it"
        )


async def rotation(_call: Call) -> dict[str, int]:
    return {"x": 0, "y": 0, "z": 0}


async def reset_ax_cache(_call: Call) -> None:
    """Nothing is cached here."""


ROUTES: Routes = {
    ("GET", "source"): source,
    ("GET", "screenshot"): screenshot,
    ("GET", "window/:h/size"): window_size,
    ("GET", "orientation"): orientation,
    ("POST", "orientation"): set_orientation,
    ("GET", "rotation"): rotation,
    ("POST", "appium/reset_ax_cache"): reset_ax_cache,
}
