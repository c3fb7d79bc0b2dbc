"""Many parts as one addon."""

from __future__ import annotations

import logging

import pytest
from mitmproxy.proxy.layers.http._hooks import HttpRequestHook
from mitmproxy.test import taddons

from harness.recorder.combined import combine
from tests.recorder.flows import flow


class First:
    def __init__(self, seen: list[str]) -> None:
        self.seen = seen

    def request(self, _flow: object) -> None:
        self.seen.append("first")
        raise ValueError("a bug of ours")

    def response(self, _flow: object) -> None:
        self.seen.append("alone")

    def no_hook(self) -> None:
        self.seen.append("never")


class Second(First):
    def request(self, _flow: object) -> None:
        self.seen.append("second")

    response = None  # type: ignore[assignment] - it has none


def test_parts_are_called_in_order_and_one_that_raises_stops_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    seen: list[str] = []
    second = Second(seen)
    addon = combine([First(seen), second])
    assert not hasattr(addon, "no_hook")
    assert not hasattr(addon, "error")
    with taddons.context(addon) as context, caplog.at_level(logging.ERROR):
        context.master.addons.invoke_addon_sync(addon, HttpRequestHook(flow()))
    assert seen == ["first", "second"]
    assert "Addon error in request of First.request" in caplog.text
