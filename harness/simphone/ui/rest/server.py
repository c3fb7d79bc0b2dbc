"""Answers the UiAutomator2 server's commands for one phone."""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from typing import Any
from urllib.parse import unquote, urlsplit

from harness.simphone.android.adb_guards import refusal
from harness.simphone.contracts import PhoneParts
from harness.simphone.ui.display import PhoneDisplay
from harness.simphone.ui.rest import (
    alert_routes,
    device_routes,
    element_routes,
    gesture_routes,
    input_routes,
    scheduled_actions,
    screen_routes,
    w3c_actions,
    window_routes,
)
from harness.simphone.ui.rest.call import Call, Route, Session
from harness.simphone.ui.rest.errors import WebDriverError, invalid_argument
from harness.simphone.ui.rest.faults import (
    ConnectionDroppedError,
    GarbageAnswerError,
    ServerCrashedError,
    UiServerFaults,
)
from harness.simphone.ui.rest.http_server import HttpServer, Response

VERSION, VERSION_CODE = "10.6.6", 278

_log = logging.getLogger(__name__)
_INJECTING = {
    "actions",
    "appium/device/long_press_keycode",
    "appium/device/press_keycode",
    "back",
    "gestures/scroll_to",
    "keys",
}
_GARBAGE = Response(200, b"{oops")
_ROUTES: dict[tuple[str, str], Route] = {
    **alert_routes.ROUTES,
    **device_routes.ROUTES,
    **element_routes.ROUTES,
    **gesture_routes.ROUTES,
    **input_routes.ROUTES,
    **scheduled_actions.ROUTES,
    **screen_routes.ROUTES,
    **w3c_actions.ROUTES,
    **window_routes.ROUTES,
}


class UiServer:
    """One server process: at most one session, over when that is deleted."""

    def __init__(self, phone: PhoneParts, display: PhoneDisplay) -> None:
        self._phone = phone
        self._display = display
        self._session: Session | None = None
        self._http = HttpServer(self.answer)
        self.over = asyncio.Event()
        self.crashed = False  # a fault ended it

    async def start(self) -> int:
        """Serves on a free port of the host's loopback, which is returned."""
        return await self._http.start()

    async def close(self) -> None:
        """Cuts all connections."""
        self._end_session()
        await self._http.close()

    async def answer(self, method: str, target: str, body: bytes) -> Response:
        """One request to its answer.

        Raises ConnectionDroppedError when a fault says so.
        """
        path = urlsplit(target).path.removeprefix("/wd/hub").strip("/")
        parts = [unquote(part) for part in path.split("/")]
        try:
            value = await self._value(method, parts, _decoded(body))
            return self._response(200, value)
        except WebDriverError as error:
            return self._response(error.status, error.value())
        except GarbageAnswerError:
            return _GARBAGE
        except ServerCrashedError as error:
            self.crashed = True
            self.over.set()
            raise ConnectionDroppedError("the server's process died") from error
        except ConnectionDroppedError:
            raise
        except Exception as error:  # noqa: BLE001 - a failing app or route must not end the server
            _log.exception("%s %s failed", method, target)
            unknown = WebDriverError("unknown error", f"{type(error).__name__}: {error}")
            return self._response(unknown.status, unknown.value())

    async def _value(self, method: str, parts: list[str], body: dict[str, Any]) -> object:
        if parts == ["status"]:
            return {
                "ready": True,
                "message": "UiAutomator2 Server is ready to accept commands",
                "build": {"version": VERSION, "versionCode": VERSION_CODE},
            }
        if parts == ["sessions"]:
            session = self._session
            return [{"id": session.id, "capabilities": session.capabilities}] if session else []
        if (method, parts) == ("POST", ["session"]):
            return self._create(body)
        if parts[0] != "session" or len(parts) < 2:
            raise _unknown(method, parts)
        session = self._session
        if session is None or parts[1] != session.id:
            raise WebDriverError(
                "invalid session id", "A session is either terminated or not started"
            )
        if method == "DELETE" and len(parts) == 2:
            return self._delete()
        return await self._command(method, parts[2:], session, body)

    async def _command(
        self, method: str, parts: list[str], session: Session, body: dict[str, Any]
    ) -> object:
        faults = getattr(self._phone, "ui_faults", None)
        if isinstance(faults, UiServerFaults) and parts:
            await faults.strike("/".join(parts))
        held_back = refusal(self._phone, "input") if _injects(method, parts) else None
        if held_back is not None:
            raise WebDriverError("unknown error", f"java.lang.SecurityException: {held_back}")
        route, params = _find_route(method, parts)
        return await route(Call(self._phone, self._display, session, body, params))

    def _create(self, body: dict[str, Any]) -> dict[str, Any]:
        asked = body.get("capabilities")
        if not isinstance(asked, dict):
            raise WebDriverError("session not created", "'capabilities' must be an object")
        first = asked.get("firstMatch") or [{}]
        capabilities = {**(asked.get("alwaysMatch") or {}), **first[0]}
        spec = self._phone.spec
        capabilities |= {
            "platformName": "Android",
            "deviceApiLevel": spec.api,
            "deviceManufacturer": spec.manufacturer,
            "deviceModel": spec.model,
            "deviceScreenDensity": spec.density,
            "deviceScreenSize": f"{spec.width}x{spec.height}",
            "platformVersion": spec.release,
            "pixelRatio": spec.density / 160,
            "statBarHeight": self._display.geometry.status_bar,
        }
        self._end_session()
        self._session = Session(str(uuid.uuid4()), capabilities)
        return {"sessionId": self._session.id, "capabilities": capabilities}

    def _delete(self) -> None:
        # the answer goes out first; then the instrumentation ends
        asyncio.get_running_loop().call_later(0.02, self.over.set)
        self._end_session()

    def _end_session(self) -> None:
        if self._session is not None:
            self._session.end()
        self._session = None

    def _response(self, status: int, value: object) -> Response:
        session = self._session.id if self._session is not None else None
        return Response(status, json.dumps({"sessionId": session, "value": value}).encode())


def _decoded(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        decoded = json.loads(body)
    except ValueError as error:
        raise invalid_argument(f"the request body is not JSON: {error}") from error
    if not isinstance(decoded, dict):
        raise invalid_argument("the request body must be a JSON object")
    return decoded


def _find_route(method: str, parts: list[str]) -> tuple[Route, dict[str, str]]:
    exact = _ROUTES.get((method, "/".join(parts)))
    if exact is not None:
        return exact, {}
    for (verb, pattern), route in _ROUTES.items():
        names = pattern.split("/")
        if verb != method or len(names) != len(parts):
            continue
        if all(name == part or name[:1] == ":" for name, part in zip(names, parts, strict=True)):
            pairs = zip(names, parts, strict=True)
            return route, {name[1:]: part for name, part in pairs if name[:1] == ":"}
    raise _unknown(method, parts)


def _injects(method: str, parts: list[str]) -> bool:
    """Whether the command works by injected input events: its whole process is shell's."""
    path = "/".join(parts)
    if method != "POST":
        return False
    return path in _INJECTING or path.startswith("appium/gestures/") or path.endswith("/click")


def _unknown(method: str, parts: list[str]) -> WebDriverError:
    return WebDriverError(
        "unknown command",
        f"The requested resource could not be found: {method} /{'/'.join(parts)}",
    )
