"""QUIC past the proxy is noted from the phone's sockets."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from harness.adapters.attach import quic_watch
from harness.adapters.attach.quic_watch import QuicWatch, watch_quic
from harness.domain.facts import Facts
from harness.domain.facts.capture import QuicAttempt
from harness.domain.observation import Observation
from harness.ports import InstrumentError, ShellResult
from tests.adapters.attach.phone_stand_in import StandIn


class Kept:
    """An ObservationLog in a list."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Facts]] = []

    def write(
        self, kind: str, facts: Facts, *, scenario: str | None = None, step: str | None = None
    ) -> Observation:
        self.seen.append((kind, facts))
        return Observation("i", 0.0, 0.0, "adb", "h", kind, facts, None, scenario, step)


ROW = " 1: 0100A8C0:9C40 {remote}:{port} 01 0:0 00:0 0 {uid} 0 1 2 0 0\n"
APP = 10_245


def row(remote: str = "01D3FB8E", port: str = "01BB", uid: int = APP) -> str:
    return ROW.format(remote=remote, port=port, uid=uid)


class Sockets(StandIn):
    """A phone whose tables of sockets differ from look to look; the last one stays."""

    def __init__(self, *tables: str | None) -> None:
        super().__init__()
        self.tables = list(tables)
        self.looks = 0

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        assert command == "cat /proc/net/udp /proc/net/udp6"
        table = self.tables[min(self.looks, len(self.tables) - 1)]
        self.looks += 1
        if table is None:
            return ShellResult(command, "", "cat: /proc/net/udp: Permission denied", 1)
        if table == "away":
            raise InstrumentError("adb", command, "device offline")
        return ShellResult(command, table, "", 0)


def until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ([row()], ["142.251.211.1"]),
        ([row(uid=10_246) + row(port="0035") + row(remote="00000000", port="0000")], []),
        ([row(uid=1_010_245)], ["142.251.211.1"]),  # the same app of a second user
        (["", row(), row(), row() + row("02D3FB8E")], ["142.251.211.1", "142.251.211.2"]),
        ([row(), "", row()], ["142.251.211.1", "142.251.211.1"]),
        ([row(), "away", row()], ["142.251.211.1"]),
    ],
    ids=["there at once", "others", "second user", "comes later", "comes again", "phone away"],
)
def test_peers_of_the_app_are_told_as_they_appear(
    tables: list[str], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quic_watch, "PAUSE", 0.001)
    phone, kept = Sockets(*tables), Kept()
    watch = QuicWatch(phone, APP, kept)

    watch.start()
    until(lambda: phone.looks > len(tables))
    watch.stop()
    watch.stop()

    assert kept.seen == [("quic.attempt", QuicAttempt(remote)) for remote in told]


@pytest.mark.parametrize("there", [True, False])
def test_the_app_is_known_by_its_user_id(*, there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_device: object, package: str) -> int | None:
        assert package == "com.a"
        return APP if there else None

    monkeypatch.setattr(quic_watch, "read_uid", read)
    kept = Kept()
    if there:
        watch_quic(Sockets(row()), "com.a", kept).stop()
        assert len(kept.seen) == 1
    else:
        with pytest.raises(InstrumentError, match=r"on stand-in: no user id of com\.a"):
            watch_quic(Sockets(row()), "com.a", kept)


def test_a_phone_that_shows_no_sockets_cannot_do_it() -> None:
    with pytest.raises(InstrumentError, match=r"record QUIC on stand-in.*exit 1.*leave or block"):
        QuicWatch(Sockets(None), APP, Kept()).start()
