"""Appium's border: errors, capabilities, the server, and what is never logged."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from selenium.common.exceptions import (
    InvalidSessionIdException,
    NoSuchElementException,
    StaleElementReferenceException,
    WebDriverException,
)
from urllib3.exceptions import MaxRetryError

from harness.adapters.appium import server as server_module
from harness.adapters.appium.driver import AppiumUi
from harness.adapters.appium.errors import first_line, translated
from harness.adapters.appium.server import AppiumServer
from harness.adapters.appium.session import AppiumSession, SessionRequest, capabilities
from harness.domain.secret import Secret
from harness.ports import InstrumentError
from harness.screens.errors import ElementGoneError

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class FakeAppium(ThreadingHTTPServer):
    """Answers W3C requests from a table; keeps what it was asked with its headers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str, Any, dict[str, str]]] = []
        self.answers: dict[str, tuple[int, Any]] = {}
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: FakeAppium  # pyright: ignore[reportIncompatibleVariableOverride] - always this one

    def answer(self) -> None:
        size = int(self.headers.get("content-length") or 0)
        body = json.loads(self.rfile.read(size)) if size else None
        path = self.path.removeprefix("/session/S")
        headers = {key.lower(): value for key, value in self.headers.items()}
        self.server.asked.append((self.command, path, body, headers))
        status, value = self.server.answers.get(f"{self.command} {path}", (200, None))
        data = json.dumps({"value": value}).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_DELETE = answer  # noqa: N815 - names of the standard library

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - its signature


@pytest.fixture
def appium() -> Generator[FakeAppium]:
    fake = FakeAppium()
    fake.answers["POST /session"] = (200, {"sessionId": "S", "capabilities": {}})
    fake.answers["POST /element"] = (200, {ELEMENT: "E1"})
    yield fake
    fake.shutdown()
    fake.server_close()


@pytest.fixture
def session(appium: FakeAppium) -> Generator[AppiumSession]:
    opened = AppiumSession(AppiumServer(appium.url), SessionRequest("pixel", "S1", 5037))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "error", [NoSuchElementException("gone"), StaleElementReferenceException("stale")]
)
def test_what_went_away_is_no_failure_of_an_instrument(error: Exception) -> None:
    with pytest.raises(ElementGoneError, match="tap x on pixel"), translated("tap x", "pixel"):
        raise error


@pytest.mark.parametrize(
    ("error", "said", "cause"),
    [
        (
            WebDriverException("the instrumentation process is not running (probably)"),
            "crashed",
            "uiautomator2_crashed",
        ),
        (WebDriverException("timeout of 2000ms exceeded"), "hangs", "uiautomator2_hung"),
        (WebDriverException("socket hang up"), "dropped", "uiautomator2_dropped"),
        (WebDriverException("The request to /a has failed"), "garbage", "uiautomator2_garbage"),
        (WebDriverException("connect ECONNREFUSED 127.0.0.1:1"), "gone", "phone_gone"),
        (WebDriverException("X was not in the list of connected devices"), "gone", "phone_gone"),
        (WebDriverException("local port #8200 is busy"), "taken", "port_taken"),
        (InvalidSessionIdException("either terminated or not"), "See appium.log", "session_lost"),
        (WebDriverException("something new\nat line 1"), "See appium.log", "appium_other"),
        (ConnectionRefusedError("refused"), "does not answer", "appium_gone"),
        (MaxRetryError(None, "/x", None), "does not answer", "appium_gone"),  # pyright: ignore[reportArgumentType] - no pool is needed for its text
    ],
)  # fmt: skip
def test_everything_else_is_appium(error: Exception, said: str, cause: str) -> None:
    with pytest.raises(InstrumentError) as caught, translated("tap x", "pixel"):
        raise error

    assert (caught.value.instrument, caught.value.cause) == ("appium", cause)
    assert caught.value.action == "tap x on pixel"
    assert said in str(caught.value)
    assert "at line 1" not in str(caught.value)


def test_texts_of_errors() -> None:
    assert first_line(WebDriverException("")) == "WebDriverException"


def test_capabilities_reset_nothing_and_bound_everything() -> None:
    wanted = capabilities(SessionRequest("pixel", "S1", 5038, "shelf", 8201))

    assert (wanted["appium:noReset"], wanted["appium:noSign"]) == (True, True)
    assert wanted["appium:autoLaunch"] is False
    assert "appium:appPackage" not in wanted
    assert (wanted["appium:adbPort"], wanted["appium:remoteAdbHost"]) == (5038, "shelf")
    assert wanted["appium:systemPort"] == 8201
    assert wanted["appium:settings[waitForIdleTimeout]"] == 0
    assert int(str(wanted["appium:uiautomator2ServerReadTimeout"])) <= 30_000
    assert capabilities(SessionRequest("a", "b", 1))["appium:systemPort"]


def test_a_secret_is_typed_with_the_header_that_masks_it_and_in_no_log(
    appium: FakeAppium, session: AppiumSession, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        AppiumUi(session).type("//x", Secret("hunter2"))

    typed = next(row for row in appium.asked if row[1].endswith("/value"))
    assert typed[2] == {"text": "hunter2", "value": list("hunter2")}
    assert typed[3]["x-appium-is-sensitive"] == "true"
    assert "hunter2" not in caplog.text
    assert ", ".join(f'"{letter}"' for letter in "hunter2") not in caplog.text


def test_plain_text_goes_the_usual_way(appium: FakeAppium, session: AppiumSession) -> None:
    AppiumUi(session).type("//x", "hello")

    paths = [path for _, path, _, _ in appium.asked]
    assert paths[-3:] == ["/element", "/element/E1/clear", "/element/E1/value"]
    assert "x-appium-is-sensitive" not in appium.asked[-1][3]


@pytest.mark.parametrize(
    ("status", "error", "kind"), [(404, "stale", ElementGoneError), (500, "x", InstrumentError)]
)
def test_a_secret_that_cannot_be_typed_is_not_in_the_error(
    status: int, error: str, kind: type[Exception], appium: FakeAppium, session: AppiumSession
) -> None:
    appium.answers["POST /element/E1/value"] = (status, {"error": error, "message": "hunter2"})

    with pytest.raises(kind) as caught:
        AppiumUi(session).type("//x", Secret("hunter2"))

    assert "hunter2" not in str(caught.value)


def test_eye_and_finger(appium: FakeAppium, session: AppiumSession) -> None:
    appium.answers |= {
        "GET /source": (200, "<hierarchy/>"),
        "GET /screenshot": (200, "UE5H"),
        "GET /appium/device/current_package": (200, "com.a"),
        "GET /appium/device/current_activity": (200, ".Main"),
        "GET /element/E1/text": (200, "12"),
        "GET /appium/device/is_keyboard_shown": (200, False),
        "POST /execute/sync": (200, None),
    }
    ui = AppiumUi(session)

    assert ui.source() == "<hierarchy/>"
    assert ui.screenshot() == b"PNG"
    assert ui.text("//x") == "12"
    assert ui.device == "pixel"
    ui.tap("//x")
    ui.back()
    assert [path for _, path, _, _ in appium.asked][-2:] == ["/element/E1/click", "/back"]


@pytest.mark.parametrize(
    ("path", "action", "not_begun"),
    [("POST /element", "tap", True), ("POST /element/E1/click", "tap", False)],
)
def test_what_failed_before_the_tap_has_not_begun_it(
    path: str, action: str, not_begun: bool, appium: FakeAppium, session: AppiumSession
) -> None:
    appium.answers[path] = (500, {"error": "unknown error", "message": "socket hang up"})

    with pytest.raises(InstrumentError) as caught:
        AppiumUi(session).tap("//x")

    assert caught.value.not_begun is not_begun


def test_a_server_that_is_not_there_has_begun_nothing(appium: FakeAppium) -> None:
    opened = AppiumSession(AppiumServer(appium.url), SessionRequest("pixel", "S1", 5037))
    appium.shutdown()
    appium.server_close()

    with pytest.raises(InstrumentError) as caught:
        AppiumUi(opened).back()

    assert (caught.value.cause, caught.value.not_begun) == ("appium_gone", True)
    assert opened.trouble() == "appium_gone"


@pytest.mark.parametrize(
    ("status", "value", "trouble"),
    [
        (200, "PORTRAIT", None),
        (404, {"error": "invalid session id", "message": "terminated"}, "appium_other"),
        (500, {"message": "instrumentation process is not running"}, "uiautomator2_crashed"),
        (500, "no object", "appium_other"),
    ],
)
def test_whether_uiautomator2_answers(
    status: int, value: object, trouble: str | None, appium: FakeAppium, session: AppiumSession
) -> None:
    appium.answers["GET /orientation"] = (status, value)

    assert session.trouble() == trouble


def test_a_port_that_was_taken_in_between_is_chosen_anew(
    appium: FakeAppium, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports: list[object] = []
    once = AppiumSession._open_once

    def busy(self: AppiumSession, request: SessionRequest) -> Any:
        ports.append(request.system_port)
        if len(ports) == 1:
            raise InstrumentError("appium", "open", "local port is busy", cause="port_taken")
        return once(self, request)

    monkeypatch.setattr(AppiumSession, "_open_once", busy)
    AppiumSession(AppiumServer(appium.url), SessionRequest("p", "S1", 5037, system_port=8201))

    assert ports == [8201, None]


def test_an_element_that_is_not_there_is_gone(appium: FakeAppium, session: AppiumSession) -> None:
    appium.answers["POST /element"] = (404, {"error": "no such element", "message": "no"})

    with pytest.raises(ElementGoneError):
        AppiumUi(session).tap("//x")


def test_closing_a_lost_session_is_fine(appium: FakeAppium, session: AppiumSession) -> None:
    appium.answers["DELETE "] = (404, {"error": "invalid session id", "message": "lost"})

    session.close()

    assert [method for method, *_ in appium.asked].count("DELETE") == 1


def test_a_lost_session_is_opened_again(appium: FakeAppium, session: AppiumSession) -> None:
    session.reopen()

    assert [path for _, path, _, _ in appium.asked].count("/session") == 2
    assert session.id == "S"


def test_a_session_that_cannot_be_opened(appium: FakeAppium) -> None:
    appium.answers["POST /session"] = (500, {"error": "session not created", "message": "locked"})

    with pytest.raises(InstrumentError, match="open a session on pixel"):
        AppiumSession(AppiumServer(appium.url), SessionRequest("pixel", "S1", 5037))


def test_a_remote_server_must_be_ready(appium: FakeAppium) -> None:
    found = AppiumServer.remote(f"{appium.url}/")

    assert found.ready()
    assert found.alive()
    assert found.pid is None
    found.restart()
    found.stop()
    with pytest.raises(InstrumentError, match="no answer to /status"):
        AppiumServer.remote("http://127.0.0.1:1")


def test_a_server_of_ours_that_dies_at_once_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def false(_port: str) -> list[str]:
        return ["/bin/false"]

    monkeypatch.setattr(server_module, "command", false)
    monkeypatch.setattr(server_module, "environment", dict)
    monkeypatch.setattr(server_module, "node_folder", lambda: tmp_path)

    with pytest.raises(InstrumentError, match="exit code 1"):
        AppiumServer.own(tmp_path / "appium.log")


def test_nothing_is_relaxed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(server_module, "node_folder", lambda: tmp_path)
    monkeypatch.setattr(server_module, "node_binary", lambda: tmp_path / "node")
    monkeypatch.setattr(server_module, "android_home", lambda: tmp_path / "sdk")

    words = server_module.command("4723")
    variables = server_module.environment()

    assert not [word for word in words if word.startswith(("--relaxed", "--allow-insecure"))]
    assert "--address=127.0.0.1" in words
    assert variables["ANDROID_HOME"] == str(tmp_path / "sdk")
    assert variables["PATH"].startswith(str(tmp_path))
