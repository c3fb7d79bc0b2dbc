"""What passes undecrypted."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from mitmproxy import http
from mitmproxy.proxy.layers import TCPLayer
from mitmproxy.test import taddons

from harness.adapters.proxy.orders import Orders, write_orders
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.control_file import ControlFile
from harness.recorder.pass_through import PassThrough, is_refusal
from tests.recorder.flows import flow, hello, tls_data
from tests.recorder.recording_stand_in import PROFILE, Kept


class Bench:
    def __init__(self, tmp_path: Path, host: str, **settings: Any) -> None:
        self.control = tmp_path / "control.json"
        self.table, self.kept = ConnectionTable(), Kept(**settings)
        self.table.recording = self.kept
        self.addon = PassThrough(self.table)
        self.addon.use(self.kept, ControlFile(self.control))
        self.flow: http.HTTPFlow = flow()
        self.client = self.flow.client_conn.id
        self.table.begin(self.client, None)
        self.table.ask(self.client, host, 443)

    def passes(self, sni: str | None) -> bool:
        data = hello(self.flow, sni)
        self.addon.tls_clienthello(data)
        return data.ignore_connection


@pytest.mark.parametrize(
    ("host", "sni", "passed"),
    [
        ("api.pinned.test", None, True),
        ("10.0.0.1", "API.pinned.test", True),
        ("open.test", "open.test", False),
    ],
)
def test_ordered_hosts_pass(tmp_path: Path, host: str, sni: str | None, *, passed: bool) -> None:
    bench = Bench(tmp_path, host)
    assert not bench.passes(sni)
    write_orders(bench.control, Orders(("*.Pinned.test",)))
    assert bench.passes(sni) is passed
    facts = bench.table.facts(bench.client)
    assert facts is not None
    assert facts.passed_through is passed


def test_other_apps_pass_by_name_even_if_they_asked_for_an_address(tmp_path: Path) -> None:
    bench = Bench(tmp_path, "10.0.0.1", profile=PROFILE, foreign_pass=True)
    assert bench.passes("mail.other.org")
    assert bench.table.foreign(bench.client)
    ours = Bench(tmp_path, "10.0.0.1", profile=PROFILE, foreign_pass=True)
    assert not ours.passes("api1.example.com")


def test_a_host_that_refuses_us_passes_after_some_refusals(tmp_path: Path) -> None:
    bench = Bench(tmp_path, "api.test", auto_pass_after=2)
    bench.flow.client_conn.error = "The client does not trust the proxy's certificate"
    for passed in (False, True, True):
        bench.addon.tls_failed_client(tls_data(bench.flow, client=True))
        assert bench.passes("api.test") is passed
    assert bench.kept.kinds == ["proxy.log"]
    assert "api.test is passed through" in bench.kept.seen[0][1].text


def test_by_default_refusals_change_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path, "api.test")
    for _ in range(5):
        bench.addon.refused(bench.client)
    assert not bench.passes("api.test")


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        ("The client does not trust the proxy's certificate for a (tlsv1 alert unknown ca)", True),
        ("The client may not trust the proxy's certificate for a (…)", True),
        ("The client disconnected during the handshake. … does not trust the proxy's …", True),
        ("connection closed early", False),
        ("Client and mitmproxy cannot agree on a TLS version to use.", False),
    ],
)  # fmt: skip
def test_is_refusal(error: str, *, refusal: bool) -> None:
    assert is_refusal(error) is refusal


@pytest.mark.parametrize(
    ("start", "taken"),
    [(b"\x16\x03\x01\x00\x05hello", True), (b"GET / HTTP/1.1", False), (b"", False)],
)
def test_the_layer_is_chosen_for_tls_only(tmp_path: Path, start: bytes, *, taken: bool) -> None:
    bench = Bench(tmp_path, "pinned.test")
    write_orders(bench.control, Orders(("pinned.test",)))
    context = SimpleNamespace(
        client=bench.flow.client_conn, server=bench.flow.server_conn, layers=[], options=None
    )
    data = cast("Any", SimpleNamespace(layer=None, context=context, data_client=lambda: start))
    with taddons.context():
        bench.addon.next_layer(data)
    assert isinstance(data.layer, TCPLayer) is taken
    if taken:
        assert data.layer.flow is not None, "sizes are counted"
