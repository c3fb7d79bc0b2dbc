"""One UiAutomator2 session per phone, with bounded times and nothing reset."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from appium import webdriver
from appium.options.android.uiautomator2.base import UiAutomator2Options
from appium.webdriver.client_config import AppiumClientConfig
from selenium.common.exceptions import WebDriverException
from urllib3.exceptions import HTTPError

from harness.adapters import child
from harness.adapters.appium.errors import translated
from harness.adapters.appium.server import AppiumServer

CLIENT_TIMEOUT = 120
"""Seconds for one request; a session on a phone without our APKs takes the longest."""

READ_TIMEOUT = 20_000
"""Milliseconds the driver waits for the server on the phone (240 000 by default)."""


@dataclass(frozen=True, slots=True)
class SessionRequest:
    """What a session needs to know of the phone."""

    device: str
    serial: str
    adb_port: int
    adb_host: str | None = None  # None = this machine
    system_port: int | None = None  # None = a free one


def capabilities(request: SessionRequest) -> dict[str, object]:
    """As they are sent; the app is neither started nor reset by Appium."""
    wanted: dict[str, object] = {
        "platformName": "Android",
        "appium:automationName": "UiAutomator2",
        "appium:udid": request.serial,
        "appium:deviceName": request.device,
        "appium:adbPort": request.adb_port,
        "appium:systemPort": request.system_port or child.free_port(),
        "appium:noReset": True,
        "appium:noSign": True,
        "appium:autoLaunch": False,
        "appium:dontStopAppOnReset": True,
        "appium:suppressKillServer": True,
        "appium:skipLogcatCapture": True,  # we follow the log ourselves
        "appium:ignoreHiddenApiPolicyError": True,
        "appium:disableWindowAnimation": True,
        "appium:newCommandTimeout": 600,
        "appium:adbExecTimeout": 20_000,
        "appium:uiautomator2ServerReadTimeout": READ_TIMEOUT,
        "appium:uiautomator2ServerLaunchTimeout": 40_000,
        "appium:settings[waitForIdleTimeout]": 0,
        "appium:settings[waitForSelectorTimeout]": 0,
    }
    if request.adb_host is not None:
        wanted["appium:remoteAdbHost"] = request.adb_host
    return wanted


class AppiumSession:
    """A live session; `driver` is the client library's object."""

    def __init__(self, server: AppiumServer, request: SessionRequest) -> None:
        self.server = server
        self.request = request
        self.driver = self._open()

    @property
    def id(self) -> str:
        """The session's id."""
        return str(self.driver.session_id)

    def reopen(self) -> None:
        """A new session after a lost one; a dead server of ours is started again."""
        self.close()
        if not self.server.alive():
            self.server.restart()
        self.driver = self._open()

    def close(self) -> None:
        """Ends the session; one that is lost already is fine."""
        with contextlib.suppress(WebDriverException, HTTPError, OSError):
            self.driver.quit()

    def _open(self) -> webdriver.Remote:
        options = UiAutomator2Options()
        options.load_capabilities(capabilities(self.request))
        config = AppiumClientConfig(self.server.url, timeout=CLIENT_TIMEOUT)
        with translated("open a session", self.request.device):
            return webdriver.Remote(self.server.url, options=options, client_config=config)
