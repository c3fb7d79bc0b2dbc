"""One UiAutomator2 session per phone, with bounded times and nothing reset."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace

import httpx
from appium import webdriver
from appium.options.android.uiautomator2.base import UiAutomator2Options
from appium.webdriver.client_config import AppiumClientConfig
from selenium.common.exceptions import WebDriverException
from urllib3 import Retry
from urllib3.exceptions import HTTPError

from harness.adapters import child
from harness.adapters.appium.errors import cause_of, translated
from harness.adapters.appium.server import AppiumServer
from harness.ports import InstrumentError

CLIENT_TIMEOUT = 120
"""Seconds for one request; a session on a phone without our APKs takes the longest."""

COMMAND_TIMEOUT = 50
"""Seconds for one request to a session that is open: UiAutomator2 and adb have 20 each."""

READ_TIMEOUT = 20_000
"""Milliseconds the driver waits for the server on the phone (240 000 by default)."""


LOOK_TIMEOUT = 6.0
"""Seconds for a question that UiAutomator2 answers at once when it is well."""

_NO_RETRIES = Retry(total=3, connect=0, read=0, other=0)
_PORT_TRIES = 3  # another program may take a port between our choice and its use


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

    def trouble(self) -> str | None:
        """A code of errors.CAUSES when UiAutomator2 does not answer for this session, else None.

        The question changes nothing on the phone; it goes all the way to UiAutomator2.
        """
        path = f"/session/{self.id}/orientation"
        try:
            answer = self.server.request("GET", path, timeout=LOOK_TIMEOUT)
        except httpx.TimeoutException:
            return "uiautomator2_hung"
        except (httpx.HTTPError, OSError):
            return "appium_gone"
        return None if answer.is_success else cause_of(_said(answer))[0]

    def close(self) -> None:
        """Ends the session; one that is lost already is fine."""
        with contextlib.suppress(WebDriverException, HTTPError, OSError):
            self.driver.quit()

    def _open(self) -> webdriver.Remote:
        """On a port that another program took in between, once more on another."""
        request = self.request
        for _ in range(_PORT_TRIES - 1):
            try:
                return self._open_once(request)
            except InstrumentError as error:
                if error.cause != "port_taken":
                    raise
                request = replace(request, system_port=None)
        return self._open_once(request)

    def _open_once(self, request: SessionRequest) -> webdriver.Remote:
        server = self.server
        options = UiAutomator2Options()
        options.load_capabilities(capabilities(request))
        user, password = server.access.basic() or (None, None)
        authority = server.access.authority
        config = AppiumClientConfig(
            server.url,
            timeout=CLIENT_TIMEOUT,
            username=user,
            password=password,
            # By default a look that is not answered would be asked for four times.
            init_args_for_pool_manager={"init_args_for_pool_manager": {"retries": _NO_RETRIES}},
        )
        if authority is not None:
            config.ca_certs = str(authority)
        with translated("open a session", request.device):
            driver = webdriver.Remote(server.url, options=options, client_config=config)
        config.timeout = COMMAND_TIMEOUT  # read anew for each request
        return driver


def _said(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["value"]["message"])
    except (ValueError, KeyError, TypeError):
        return answer.text[:400]
