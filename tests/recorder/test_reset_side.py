"""Which side reset a stream."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import h2.events
import pytest
from mitmproxy import version
from mitmproxy.proxy.layers.http import _http2

from harness.recorder import reset_side
from harness.recorder.reset_side import ResetSides, install


@pytest.mark.parametrize(
    ("error", "side"),
    [
        ("stream reset by client (INTERNAL_ERROR)", "origin"),
        ("HTTP/2 connection closed: <ConnectionTerminated error_code:0>", "origin"),
        ("Client disconnected.", None),
    ],
)
def test_only_an_error_that_tells_of_a_reset_has_a_side(error: str, side: str | None) -> None:
    sides = ResetSides()
    sides.note("c", "origin")
    assert sides.take("c", error) == side


def test_a_side_is_taken_once_and_memory_is_bounded() -> None:
    sides = ResetSides()
    for number in range(1000):
        sides.note(str(number), "app")
    assert sides.take("999", "stream reset") == "app"
    assert sides.take("999", "stream reset") is None
    assert sides.take("0", "stream reset") is None


@pytest.mark.parametrize(("by_app", "side"), [(True, "app"), (False, "origin")])
def test_the_wrapped_method_notes_the_side_and_can_be_undone(
    monkeypatch: pytest.MonkeyPatch, *, by_app: bool, side: str
) -> None:
    def original(self: object, event: object) -> list[object]:
        return [event]

    monkeypatch.setattr(_http2.Http2Connection, "handle_h2_event", original)
    sides = ResetSides()
    undo = install(sides)
    assert undo is not None
    client = SimpleNamespace(id="c")
    layer: Any = SimpleNamespace(
        conn=client if by_app else object(), context=SimpleNamespace(client=client)
    )
    event = h2.events.StreamReset(stream_id=1)
    assert list(_http2.Http2Connection.handle_h2_event(layer, event)) == [event]
    assert sides.take("c", "stream reset by client (CANCEL)") == side
    _http2.Http2Connection.handle_h2_event(layer, h2.events.PingReceived(ping_data=b"12345678"))
    assert sides.take("c", "stream reset by client (CANCEL)") is None
    undo()
    assert _http2.Http2Connection.handle_h2_event is original


def test_another_mitmproxy_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _http2.Http2Connection.handle_h2_event
    monkeypatch.setattr(version, "VERSION", "99.0.0")
    assert install(ResetSides()) is None
    assert _http2.Http2Connection.handle_h2_event is before


def test_the_private_method_is_still_there_in_the_version_we_pin() -> None:
    undo = reset_side.install(ResetSides())
    assert undo is not None, "look at mitmproxy's _http2.py again"
    undo()
