"""Windows and displays as `mobile: listWindows` and `mobile: listDisplays` return them.

Source: the driver's README (fields, filters with `*` and `?`).
"""

from __future__ import annotations

import base64
import io
from fnmatch import fnmatchcase
from typing import Any

from PIL import Image

from harness.simphone.ui.node import Node
from harness.simphone.ui.rest.call import Call, Routes
from harness.simphone.ui.rest.errors import invalid_argument

PHYSICAL_ID = "4619827259835644672"
"""As `dumpsys SurfaceFlinger --display-id` says it."""
_APPLICATION, _INPUT_METHOD, _SYSTEM = 1, 2, 3  # AccessibilityWindowInfo.TYPE_*
_GLOBS = ("packageName", "title")
_PICTURES_SINCE = 34  # API level: AccessibilityService.takeScreenshotOfWindow


async def list_windows(call: Call) -> list[dict[str, Any]]:
    """The windows of the accessibility service, topmost first."""
    filters = call.body.get("filters") or {}
    if not isinstance(filters, dict):
        raise invalid_argument("'filters' must be an object")
    pictures = not call.body.get("skipScreenshots") and call.phone.spec.api >= _PICTURES_SINCE
    roots = call.display.roots()
    rows = [_row(call, root, len(roots) - place) for place, root in enumerate(roots)]
    found = [
        (row, root)
        for row, root in zip(rows, roots, strict=True)
        if all(_matches(row, key, wanted) for key, wanted in filters.items())
    ]
    for row, root in found:
        row["screenshot"] = _picture(call, root) if pictures else None
    return [row for row, _ in found]


def _row(call: Call, root: Node, layer: int) -> dict[str, Any]:
    left, top, right, bottom = root.bounds or (0, 0, 0, 0)
    focus = call.display.focus()
    focused = focus is not None and focus[0] == root.package
    return {
        "windowId": root.view_id,
        "displayId": 0,
        "physicalDisplayId": PHYSICAL_ID,
        "virtualDisplayId": None,
        "rect": {"left": left, "top": top, "right": right, "bottom": bottom},
        "packageName": root.package,
        "type": _type(call, root),
        "title": root.package if focused else None,
        "layer": layer,
        "isAccessibilityFocused": False,
        "isActive": focused,
        "isFocused": focused,
        "isInPictureInPictureMode": False,
    }


def _type(call: Call, root: Node) -> int:
    if root.package == call.phone.spec.maker.keyboard.partition("/")[0]:
        return _INPUT_METHOD
    return _SYSTEM if root.package == "com.android.systemui" else _APPLICATION


def _matches(row: dict[str, Any], key: str, wanted: object) -> bool:
    if key not in row:
        raise invalid_argument(f"unknown window filter '{key}'")
    if key in _GLOBS:
        return fnmatchcase(str(row[key] or ""), str(wanted))
    return bool(row[key] == wanted)


def _picture(call: Call, root: Node) -> str | None:
    if root.bounds is None:
        return None
    buffer = io.BytesIO()
    whole = Image.open(io.BytesIO(call.display.screenshot()))
    whole.crop(root.bounds).save(buffer, "PNG", compress_level=1)
    return base64.b64encode(buffer.getvalue()).decode()


async def list_displays(call: Call) -> list[dict[str, Any]]:
    """The one built-in display."""
    geometry = call.display.geometry
    return [
        {
            "id": 0,
            "name": "Built-in Screen",
            "physicalId": PHYSICAL_ID,
            "virtualId": None,
            "metrics": {
                "widthPixels": geometry.width,
                "heightPixels": geometry.height,
                "density": geometry.density / 160,
                "densityDpi": geometry.density,
                "scaledDensity": geometry.density / 160,
                "xdpi": float(geometry.density),
                "ydpi": float(geometry.density),
            },
            "isDefault": True,
        }
    ]


ROUTES: Routes = {
    ("POST", "appium/list_windows"): list_windows,
    ("POST", "appium/list_displays"): list_displays,
}
