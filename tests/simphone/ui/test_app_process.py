"""openatx/uiautomator2's server, as its client calls it."""

from __future__ import annotations

import asyncio
import base64
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from harness.simphone.ui.app_process import app_process
from tests.simphone.ui.stand_ins import APP, FakePhone, LogIn, invocation

MAIN = "com.wetest.uia2.Main"
JAR = "/data/local/tmp/u2.jar"
Call = Callable[..., Awaitable[dict[str, Any]]]


class Shelf:
    """A file system with the jar on it."""

    def __init__(self, *paths: str) -> None:
        self.paths = paths

    def stat(self, path: str, **_: object) -> None:
        if path not in self.paths:
            raise FileNotFoundError(path)


class Silence:
    """A log that keeps what was written."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, _tag: str, text: str, **_: object) -> None:
        self.lines.append(text)


def served(script: Callable[[Call, FakePhone, LogIn], Awaitable[None]]) -> None:
    """Runs `script` with the server of a phone that shows a log-in form."""
    phone = FakePhone()
    phone.fs = Shelf(JAR)  # pyright: ignore[reportAttributeAccessIssue] - only `stat` is asked
    app = LogIn(phone.display).open()

    async def main() -> None:
        command, _, _ = invocation(phone, "app_process", "/", MAIN, "-p", "9008")
        command.env["CLASSPATH"] = JAR
        running = asyncio.create_task(app_process(command))
        await asyncio.wait_for(phone.network.listening.wait(), 5)
        address = f"http://127.0.0.1:{phone.network.ports[9008]}"
        async with httpx.AsyncClient(base_url=address, timeout=5, trust_env=False) as http:
            assert (await http.get("/ping")).text == "pong"
            assert (await http.get("/nonsense")).status_code == 404

            async def call(method: str, *params: object) -> dict[str, Any]:
                body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params)}
                return (await http.post("/jsonrpc/0", json=body)).json()

            await script(call, phone, app)
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        assert 9008 not in phone.network.ports

    asyncio.run(main())


@pytest.mark.parametrize(
    ("method", "params", "result"),
    [
        ("exist", [{"mask": 1, "text": "Log in"}], True),
        ("exist", [{"mask": 1, "text": 'a "quoted" one'}], False),
        ("count", [{"className": "android.widget.EditText"}], 2),
        ("getText", [{"resourceId": f"{APP}:id/title"}], "Log in"),
        ("waitForExists", [{"text": "Log in"}, 1000], True),
        ("waitForExists", [{"text": "none"}, 0], False),
        ("waitUntilGone", [{"text": "none"}, 1000], True),
        ("waitUntilGone", [{"text": "Log in"}, 0], False),
        ("pressKey", ["home"], True),
        ("pressKey", ["nonsense"], False),
        ("pressKeyCode", [3], True),
        ("setText", [{"text": "Log in"}, "x"], False),
        ("getLastToast", [], None),
        ("swipe", [500, 1500, 500, 900, 2], True),
        ("click", [1, 1], True),
    ],
)
def test_calls(method: str, params: list[object], result: object) -> None:
    async def script(call: Call, _phone: FakePhone, _app: LogIn) -> None:
        assert (await call(method, *params))["result"] == result

    served(script)


def test_typing_clicking_and_looking() -> None:
    async def script(call: Call, phone: FakePhone, app: LogIn) -> None:
        assert (await call("setText", {"text": "Email or username"}, "me"))["result"] is True
        secret = {"resourceId": f"{APP}:id/secret"}
        assert (await call("setText", secret, "word"))["result"] is True
        assert (app.name, app.password) == ("me", "word")
        await call("click", {"text": "Continue"})
        assert app.clicks == ["continue"]
        shown = (await call("objInfo", {"text": "Continue"}))["result"]
        assert (shown["enabled"], shown["packageName"]) == (True, APP)
        assert len((await call("objInfoOfAllInstances", {"clickable": True}))["result"]) >= 2
        assert APP in (await call("dumpWindowHierarchy", False, 50))["result"]
        picture = (await call("takeScreenshot", 0.5, 80))["result"]
        assert base64.b64decode(picture).startswith(b"\xff\xd8")
        await call("setClipboard", None, "copied")
        assert (await call("getClipboard"))["result"] == "copied"

    served(script)


def test_screen_toast_and_shade() -> None:
    async def script(call: Call, phone: FakePhone, _app: LogIn) -> None:
        assert (await call("deviceInfo"))["result"]["currentPackageName"] == APP
        await call("sleep")
        assert (await call("deviceInfo"))["result"]["screenOn"] is False
        await call("wakeUp")
        await call("pressKey", "menu")  # unlocks
        phone.display.toast(APP, "Saved")
        assert (await call("getLastToast"))["result"] == "Saved"
        await call("openNotification")
        assert phone.display.focus() == ("com.android.systemui", "NotificationShade")

    served(script)


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("nonsense", [], -32601),
        ("getText", [{"text": "none"}], -32001),
        ("getText", ["text"], -32001),
        ("getText", [{"text": "Log in", "childOrSibling": ["child"]}], -32001),
        ("getText", [{"nonsense": "x"}], -32001),
        ("getText", [], -32001),
    ],
)
def test_errors(method: str, params: list[object], code: int) -> None:
    async def script(call: Call, _phone: FakePhone, _app: LogIn) -> None:
        assert (await call(method, *params))["error"]["code"] == code

    served(script)


@pytest.mark.parametrize("words", [("/", "com.example.Other"), ("/", MAIN), ()])
def test_other_programs_are_not_on_the_class_path(words: tuple[str, ...]) -> None:
    phone = FakePhone()
    phone.fs = Shelf()  # pyright: ignore[reportAttributeAccessIssue] - only `stat` is asked
    log = Silence()
    command, _, err = invocation(phone, "app_process", *words)
    command.phone.log = log  # pyright: ignore[reportAttributeAccessIssue] - only `write` is called
    assert asyncio.run(app_process(command)) == 134
    assert err.data == b"Aborted\n"
    assert "ClassNotFoundException" in log.lines[0]
