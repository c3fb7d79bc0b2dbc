"""A person's eye and finger on one phone. Wraps Appium's client and never inherits it."""

from __future__ import annotations

import base64
from collections.abc import Callable

import httpx
from appium.webdriver.common.appiumby import AppiumBy
from appium.webdriver.webelement import WebElement

from harness.adapters.appium.errors import GONE, translated
from harness.adapters.appium.session import AppiumSession
from harness.domain.secret import Secret
from harness.ports import InstrumentError
from harness.screens.errors import ElementGoneError

SENSITIVE = {"X-Appium-Is-Sensitive": "true"}
"""Header that makes Appium 3 mask the values of this one request in its log
(@appium/base-driver, middleware.js handleLogContext)."""


class AppiumUi:
    """Implements pages.ui.Ui. Raises InstrumentError("appium") or ElementGoneError."""

    def __init__(
        self,
        session: AppiumSession,
        front: Callable[[], tuple[str, str] | None] | None = None,
    ) -> None:
        """`front`: a quicker way to learn what is in front than Appium's two commands."""
        self._session = session
        self._front = front

    @property
    def device(self) -> str:
        """Name of the phone."""
        return self._session.request.device

    def source(self) -> str:
        """The page source as XML."""
        with translated("read the screen", self.device):
            return str(self._session.driver.page_source)

    def screenshot(self) -> bytes:
        """PNG."""
        with translated("take a screenshot", self.device):
            return base64.b64decode(self._session.driver.get_screenshot_as_base64())

    def focus(self) -> tuple[str, str] | None:
        """(package, activity) in front."""
        if self._front is not None:
            return self._front()
        with translated("read the focus", self.device):
            package = self._session.driver.current_package
            activity = self._session.driver.current_activity
        return (str(package), str(activity)) if package and activity else None

    def tap(self, xpath: str) -> None:
        """Taps the middle of an element."""
        action = f"tap {xpath}"
        element = self._found(action, xpath)
        with translated(action, self.device):
            element.click()

    def type(self, xpath: str, text: str | Secret) -> None:
        """Replaces what stands in a field. A Secret is in no log: ours, selenium's, Appium's.

        The client library would log a body at level DEBUG, so that one request is made
        without it.
        """
        action = f"type into {xpath}"
        element = self._found(action, xpath)
        with translated(action, self.device):
            element.clear()
            if isinstance(text, str):
                element.send_keys(text)
                return
        self._send_secret(str(element.id), text)

    def text(self, xpath: str) -> str:
        """Text of an element."""
        with translated(f"read {xpath}", self.device):
            return str(self._session.driver.find_element(AppiumBy.XPATH, xpath).text)

    def back(self) -> None:
        """The back key."""
        with translated("go back", self.device):
            self._session.driver.back()

    def hide_keyboard(self) -> None:
        """Takes the keyboard away; none there is fine."""
        with translated("hide the keyboard", self.device):
            if self._session.driver.is_keyboard_shown():
                self._session.driver.hide_keyboard()

    def _found(self, action: str, xpath: str) -> WebElement:
        """What fails here has not touched anything yet."""
        try:
            with translated(action, self.device):
                return self._session.driver.find_element(AppiumBy.XPATH, xpath)
        except InstrumentError as error:
            error.not_begun = True
            raise

    def _send_secret(self, element: str, secret: Secret) -> None:
        session = self._session
        path = f"/session/{session.id}/element/{element}/value"
        action = f"type a secret on {self.device}"
        try:
            answer = session.server.request(
                "POST",
                path,
                body={"text": secret.reveal(), "value": list(secret.reveal())},
                headers=SENSITIVE,
                timeout=60.0,
            )
        except httpx.HTTPError as error:
            raise InstrumentError(
                "appium",
                action,
                type(error).__name__,
                cause=GONE,
                not_begun=isinstance(error, httpx.ConnectError),
            ) from None
        if answer.status_code == 404:
            raise ElementGoneError(f"{action}: the field is gone")
        if not answer.is_success:
            raise InstrumentError("appium", action, f"HTTP status {answer.status_code}")
