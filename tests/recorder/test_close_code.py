"""The close code that wsproto does not know."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import wsproto.frame_protocol
from wsproto.connection import Connection, ConnectionType
from wsproto.events import CloseConnection

from harness.recorder import close_code
from harness.recorder.close_code import install


@pytest.fixture
def lenient() -> Iterator[None]:
    undo = install()
    assert undo is not None
    yield
    undo()


def closed(code: int, reason: bytes = b"why") -> tuple[int, str | None]:
    """What an app is told of a frame of the origin."""
    app = Connection(ConnectionType.CLIENT)
    app.receive_data(bytes([0x88, 2 + len(reason)]) + code.to_bytes(2) + reason)
    (event,) = app.events()
    assert isinstance(event, CloseConnection)
    if event.code == code:
        assert app.send(event.response())[2:]
    return event.code, event.reason


@pytest.mark.usefixtures("lenient")
@pytest.mark.parametrize(
    ("code", "told"),
    [(1014, 1014), (1000, 1000), (1013, 1013), (4000, 4000), (1015, 1002), (1016, 1002), (9, 1002)],
)
def test_codes(code: int, told: int) -> None:
    assert closed(code)[0] == told


@pytest.mark.usefixtures("lenient")
@pytest.mark.parametrize(("reason", "told"), [(b"why", (1014, "why")), (b"", (1014, ""))])
def test_the_reason_stays(reason: bytes, told: tuple[int, str]) -> None:
    assert closed(1014, reason) == told


@pytest.mark.usefixtures("lenient")
def test_a_reason_that_is_no_text_stays_an_error() -> None:
    assert closed(1014, b"\xff")[0] == 1007


def test_it_is_unknown_again_when_undone() -> None:
    undo = install()
    assert undo is not None
    undo()
    assert closed(1014)[0] == 1002


def test_a_wsproto_that_nobody_looked_at_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(close_code, "import_module", lambda _: SimpleNamespace())
    assert install() is None
    monkeypatch.setattr(close_code, "import_module", lambda _: wsproto.frame_protocol)
    undo = install()
    assert undo is not None
    undo()
