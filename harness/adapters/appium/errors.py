"""Appium's exceptions → ours, once, at the border."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from selenium.common.exceptions import (
    InvalidElementStateException,
    NoSuchElementException,
    StaleElementReferenceException,
    WebDriverException,
)
from urllib3.exceptions import HTTPError

from harness.ports import InstrumentError
from harness.screens.errors import ElementGoneError

_ADVICE = (
    ("instrumentation process is not running", "UiAutomator2 on the phone has crashed."),
    ("socket hang up", "UiAutomator2 on the phone dropped the connection."),
    ("timeout of", "UiAutomator2 on the phone hangs."),
    ("ECONNREFUSED", "The phone is gone, or UiAutomator2 on it."),
    ("not in the list of connected devices", "The phone is gone: harness devices"),
    ("is busy", "A forward of an earlier run is left: adb forward --remove-all"),
    ("invalid session id", "The session is lost."),
    ("unlock", "Unlock the phone."),
)


@contextmanager
def translated(action: str, device: str) -> Generator[None]:
    """What is not there any more is ElementGoneError; all else an InstrumentError."""
    try:
        yield
    except (
        NoSuchElementException,
        StaleElementReferenceException,
        InvalidElementStateException,
    ) as error:
        raise ElementGoneError(f"{action} on {device}: {first_line(error)}") from error
    except WebDriverException as error:
        detail = first_line(error)
        raise InstrumentError(
            "appium", f"{action} on {device}", detail, advice=advice(detail)
        ) from error
    except (HTTPError, OSError) as error:
        raise InstrumentError(
            "appium",
            f"{action} on {device}",
            f"Appium does not answer: {error}",
            advice="See appium.log of the run.",
        ) from error


def first_line(error: Exception) -> str:
    """The message without Appium's stack trace."""
    text = str(error.msg or "" if isinstance(error, WebDriverException) else error).strip()
    return text.splitlines()[0][:400] if text else type(error).__name__


def advice(detail: str) -> str:
    """What a known message of the driver means."""
    low = detail.lower()
    return next((text for mark, text in _ADVICE if mark.lower() in low), "See appium.log.")
