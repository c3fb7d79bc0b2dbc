"""WebDriver's errors, with the HTTP status of each (W3C WebDriver, section 6.6)."""

from __future__ import annotations

_STATUS = {
    "no such element": 404,
    "stale element reference": 404,
    "no such attribute": 404,
    "no such alert": 404,
    "no such window": 404,
    "unknown command": 404,
    "invalid session id": 404,
    "invalid selector": 400,
    "invalid argument": 400,
    "invalid element state": 400,
    "unknown method": 405,
    "session not created": 500,
    "unsupported operation": 500,
    "unknown error": 500,
}


class WebDriverError(Exception):
    """An error to be answered; `error` is the W3C name."""

    def __init__(self, error: str, message: str) -> None:
        super().__init__(message)
        self.error = error
        self.message = message

    @property
    def status(self) -> int:
        return _STATUS.get(self.error, 500)

    def value(self) -> dict[str, str]:
        """The answer's "value"; the stack trace is a line as Java writes it."""
        name = "".join(word.capitalize() for word in self.error.split())
        trace = f"io.appium.uiautomator2.common.exceptions.{name}Exception: {self.message}"
        return {"error": self.error, "message": self.message, "stacktrace": trace}


def no_such_element() -> WebDriverError:
    """The message that Appium's server gives."""
    return WebDriverError(
        "no such element",
        "An element could not be located on the page using the given search parameters",
    )


def stale_element(element_id: str) -> WebDriverError:
    """The element's view is gone, or the id is of another session."""
    return WebDriverError(
        "stale element reference",
        f"The element '{element_id}' does not exist in DOM anymore",
    )


def invalid_argument(message: str) -> WebDriverError:
    """A request body that cannot be used."""
    return WebDriverError("invalid argument", message)
