"""Appium's exceptions → ours, once, at the border; each with the code of its cause."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from selenium.common.exceptions import (
    InvalidElementStateException,
    InvalidSessionIdException,
    NoSuchElementException,
    StaleElementReferenceException,
    WebDriverException,
)
from urllib3.exceptions import HTTPError, NewConnectionError

from harness.ports import InstrumentError
from harness.screens.errors import ElementGoneError

STALE = "stale_element"
GONE = "appium_gone"
OTHER = "appium_other"

CAUSES: tuple[tuple[str, str, str], ...] = (
    (
        "instrumentation process is not running",
        "uiautomator2_crashed",
        "UiAutomator2 on the phone has crashed.",
    ),
    (
        "socket hang up",
        "uiautomator2_dropped",
        "UiAutomator2 on the phone dropped the connection.",
    ),
    ("timeout of", "uiautomator2_hung", "UiAutomator2 on the phone hangs."),
    (" has failed", "uiautomator2_garbage", "UiAutomator2 on the phone answered garbage."),
    ("econnrefused", "phone_gone", "The phone is gone, or UiAutomator2 on it."),
    ("econnreset", "phone_gone", "The phone is gone, or UiAutomator2 on it."),
    ("not in the list of connected devices", "phone_gone", "The phone is gone: harness devices"),
    ("could not find a connected android device", "phone_gone", "The phone is gone."),
    ("error executing adbexec", "adb_failed", "adb failed: harness doctor"),
    (
        "is busy",
        "port_taken",
        "Its port is taken, maybe by a forward of an earlier run: adb forward --remove-all",
    ),
    ("cannot bind", "port_taken", "Another program took the port: a free one is tried next."),
    ("invalid session id", "session_lost", "The session is lost."),
    ("session is either terminated or not started", "session_lost", "The session is lost."),
    ("unlock", "screen_locked", "Unlock the phone."),
)
"""(part of the driver's message, code, what it means), as simulated-phone section 13 saw them."""


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
        code, meaning = cause_of(detail)
        if isinstance(error, InvalidSessionIdException):
            code = "session_lost"
        raise InstrumentError(
            "appium", f"{action} on {device}", detail, advice=meaning, cause=code
        ) from error
    except (HTTPError, OSError) as error:
        raise InstrumentError(
            "appium",
            f"{action} on {device}",
            f"Appium does not answer: {error}",
            advice="See appium.log of the run.",
            cause=GONE,
            not_begun=_refused(error),
        ) from error


def first_line(error: Exception) -> str:
    """The message without Appium's stack trace."""
    text = str(error.msg or "" if isinstance(error, WebDriverException) else error).strip()
    return text.splitlines()[0][:400] if text else type(error).__name__


def cause_of(detail: str) -> tuple[str, str]:
    """(code, meaning) of a message of the driver."""
    low = detail.lower()
    return next(
        ((code, text) for mark, code, text in CAUSES if mark in low), (OTHER, "See appium.log.")
    )


def _refused(error: BaseException) -> bool:
    """Nobody took the connection, so nothing was asked for."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ConnectionRefusedError | NewConnectionError):
            return True
        reason = getattr(seen, "reason", None)
        seen = reason if isinstance(reason, BaseException) else seen.__cause__
    return False
