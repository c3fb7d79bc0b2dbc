"""Facts about the device, its clipboard, the session's settings."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from harness.simphone.ui.rest.call import Call, Routes
from harness.simphone.ui.rest.errors import invalid_argument

_DISCHARGING, _CHARGING, _FULL = 3, 2, 5  # android.os.BatteryManager


async def info(call: Call) -> dict[str, Any]:
    spec, geometry = call.phone.spec, call.display.geometry
    online = call.phone.network.online()
    return {
        "androidId": call.phone.settings.get("secure", "android_id") or "0123456789abcdef",
        "apiVersion": str(spec.api),
        "bluetooth": {"state": "OFF"},
        "brand": spec.manufacturer.lower(),
        "carrierName": "",
        "displayDensity": geometry.density,
        "locale": spec.locale.replace("-", "_"),
        "manufacturer": spec.manufacturer,
        "model": spec.model,
        "networks": [_wifi()] if online else [],
        "platformVersion": spec.release,
        "realDisplaySize": f"{geometry.width}x{geometry.height}",
        "timeZone": spec.timezone,
    }


def _wifi() -> dict[str, Any]:
    return {
        "type": 1,
        "typeName": "WIFI",
        "subtype": 0,
        "subtypeName": "",
        "isConnected": True,
        "detailedState": "CONNECTED",
        "state": "CONNECTED",
        "extraInfo": None,
        "isAvailable": True,
        "isFailover": False,
        "isRoaming": False,
        "capabilities": {
            "transportTypes": "TRANSPORT_WIFI",
            "networkCapabilities": "NET_CAPABILITY_INTERNET,NET_CAPABILITY_VALIDATED",
        },
    }


async def battery(call: Call) -> dict[str, Any]:
    status = call.display.status
    charging = _FULL if status.battery >= 100 else _CHARGING
    state = charging if status.charging else _DISCHARGING
    return {"level": status.battery / 100, "status": state}


async def system_bars(call: Call) -> dict[str, int]:
    height = call.display.geometry.status_bar
    return {"statusBar": height, "statusBarHeight": height}


async def pixel_ratio(call: Call) -> float:
    return call.display.geometry.density / 160


async def display_density(call: Call) -> int:
    return call.display.geometry.density


async def declared_orientation(_call: Call) -> str:
    return "PORTRAIT"


async def apps(call: Call) -> list[dict[str, Any]]:
    return [
        {"packageName": package.name, "versionName": package.version_name}
        for package in call.phone.packages.all()
    ]


async def get_clipboard(call: Call) -> str:
    return base64.b64encode(call.display.clipboard.text.encode()).decode()


async def set_clipboard(call: Call) -> None:
    content = call.body.get("content")
    if str(call.body.get("contentType", "plaintext")).lower() != "plaintext":
        raise invalid_argument("only plaintext can be put on this clipboard")
    try:
        text = base64.b64decode(str(content), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise invalid_argument(f"'content' is not base64 of UTF-8 text: {error}") from error
    call.display.clipboard.put(text)


async def get_settings(call: Call) -> dict[str, Any]:
    return call.session.settings


async def update_settings(call: Call) -> None:
    settings = call.body.get("settings")
    if not isinstance(settings, dict):
        raise invalid_argument("'settings' must be an object")
    call.session.settings |= settings


async def session_info(call: Call) -> dict[str, Any]:
    return call.session.capabilities


_DEVICE = {
    "info": info,
    "battery_info": battery,
    "system_bars": system_bars,
    "pixel_ratio": pixel_ratio,
    "display_density": display_density,
    "declared_orientation": declared_orientation,
    "apps": apps,
}

ROUTES: Routes = {
    **{("GET", f"appium/device/{name}"): route for name, route in _DEVICE.items()},
    ("POST", "appium/device/get_clipboard"): get_clipboard,
    ("GET", "appium/device/get_clipboard"): get_clipboard,
    ("POST", "appium/device/set_clipboard"): set_clipboard,
    ("GET", "appium/settings"): get_settings,
    ("POST", "appium/settings"): update_settings,
    ("GET", ""): session_info,
}
