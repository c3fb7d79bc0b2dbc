"""Exceptions of the client become the few kinds that an app tells apart."""

from __future__ import annotations

import socket
import ssl

import httpx
import pytest

from harness.simphone.network.failures import (
    BrokenAnswerError,
    NetworkError,
    NoAddressError,
    PinError,
    TimedOutError,
    TlsRefusedError,
    UnreachableError,
    classify,
)


def chained(outer: Exception, inner: Exception) -> Exception:
    outer.__cause__ = inner
    return outer


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError("x"), UnreachableError),
        (httpx.ProxyError("502"), UnreachableError),
        (httpx.ReadTimeout("x"), TimedOutError),
        (TimeoutError(), TimedOutError),
        (httpx.RemoteProtocolError("x"), BrokenAnswerError),
        (chained(httpx.ConnectError("x"), socket.gaierror(-2, "no")), NoAddressError),
        (chained(httpx.ConnectError("x"), ssl.SSLCertVerificationError(1, "x")), TlsRefusedError),
        (chained(httpx.ConnectError("x"), PinError("pin")), PinError),
    ],
)
def test_kind(error: Exception, kind: type[NetworkError]) -> None:
    assert type(classify(error)) is kind


def test_a_circle_of_causes_ends() -> None:
    first, second = RuntimeError("a"), RuntimeError("b")
    first.__cause__, second.__cause__ = second, first
    assert type(classify(first)) is BrokenAnswerError
