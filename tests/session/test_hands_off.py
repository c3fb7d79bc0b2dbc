"""The app started again with a host passed through."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from harness.adapters.observation_file import ObservationWriter
from harness.adapters.observation_tail import Tail
from harness.domain.facts.traffic import Connection
from harness.ports import InstrumentError, TrafficTap
from harness.session import hands_off
from harness.session.hands_off import HandsOff, hosts_to_try
from tests.attribution.build import connection, exchange, failed, no_client_tls, observe

HOST = "api.shop.example"


class Tap:
    def __init__(self) -> None:
        self.orders: list[list[str]] = []

    def pass_through(self, hosts: Sequence[str]) -> None:
        self.orders.append(list(hosts))


class App:
    """Asks at its start; its connections are written down when it ends."""

    def __init__(self, wire: ObservationWriter, *lines: Connection) -> None:
        self.wire, self.lines, self.life = wire, lines, list[str]()

    def start(self) -> None:
        self.life.append("start")

    def stop(self) -> None:
        if "start" in self.life:
            for line in self.lines:
                self.wire.write("connection", line)
        self.life.append("stop")


def tunnel(**changes: Any) -> Connection:
    return connection(host=HOST, passed_through=True, closed=3.0, **changes)


@pytest.mark.parametrize(
    ("lines", "result"),
    [
        ((tunnel(bytes_up=900, bytes_down=5000),), "ok"),
        ((tunnel(bytes_up=900, bytes_down=0),), "failed"),
        # An app that dislikes the origin's certificate is gone after the handshake.
        ((tunnel(bytes_up=600, bytes_down=4000, opened=2.9),), "failed"),
        ((tunnel(bytes_up=600, bytes_down=20_000, opened=2.9),), "ok"),
        ((connection(host="other.example", passed_through=True, bytes_down=9000),), "not_made"),
        ((), "not_made"),
    ],
)
def test_is_the_app_well_without_us(
    tmp_path: Path, lines: tuple[Connection, ...], result: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands_off, "SECONDS", 0.05)
    tap, file = Tap(), tmp_path / "proxy.jsonl"
    with ObservationWriter(file, source="proxy", host="h") as wire:
        app = App(wire, *lines)
        trial = HandsOff(app, cast("TrafficTap", tap), Tail(file), ("pinned",), lambda _: None)
        made, seen = trial.pass_through([HOST])
    assert (made.name, made.result, made.target) == ("pass_through", result, HOST)
    assert made.stages == {"trial": result}
    assert len(seen) == len(lines)
    assert tap.orders == [["pinned", HOST], ["pinned"]]  # and as it was before
    assert app.life == ["stop", "start", "stop"]


def test_what_was_passed_before_is_put_back_also_when_the_phone_fails(tmp_path: Path) -> None:
    class Gone(App):
        def start(self) -> None:
            raise InstrumentError("adb", "start", "gone")

    tap, file = Tap(), tmp_path / "proxy.jsonl"
    with ObservationWriter(file, source="proxy", host="h") as wire:
        trial = HandsOff(Gone(wire), cast("TrafficTap", tap), Tail(file), (), lambda _: None)
        with pytest.raises(InstrumentError):
            trial.pass_through([HOST])
    assert tap.orders[-1] == []


def test_only_what_may_be_our_doing_is_tried() -> None:
    refused = "The client does not trust the proxy's certificate for a (tlsv1 alert unknown ca)"
    alert = "OpenSSL Error([('SSL routines', '', 'tls alert handshake failure')])"
    seen = observe(
        no_client_tls(refused, host="a.example"),
        failed(alert, host="b.example"),
        exchange(host="c.example", status=503),
        connection(host="d.example", passed_through=True),
        no_client_tls(refused, host="a.example"),
    )
    assert hosts_to_try(seen) == ["a.example", "b.example"]
