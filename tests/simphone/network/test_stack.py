"""The network stack's loopback table, proxy setting and ways to have no way out."""

from __future__ import annotations

import asyncio
import errno
import socket
from typing import cast

import pytest

from harness.simphone.contracts import SYSTEM_UID, FileSystem
from harness.simphone.network.firewall import Firewall
from harness.simphone.network.internet import Internet
from harness.simphone.network.stack import PhoneNetwork
from harness.simphone.network.udp_sockets import HEAD
from tests.simphone.stand_ins import DictFiles, DictSettings, Radio


def test_the_firewall_cuts_one_app_off() -> None:
    firewall = Firewall(denied={10180})
    files = cast("FileSystem", DictFiles())
    network = PhoneNetwork(DictSettings(), files, Radio(), Internet(), firewall)
    assert network.online(10180)  # the chain is not on
    firewall.chain_enabled = True
    assert not network.online(10180)
    assert network.online(10181)
    assert network.online()
    for host, wanted in (("127.0.0.1", PermissionError), ("www.example", socket.gaierror)):
        with pytest.raises(wanted):
            asyncio.run(network.connect(host, 443, uid=10180))


def make(
    proxy: str | None = None, *, online: bool = True, internet: Internet | None = None
) -> PhoneNetwork:
    settings = DictSettings()
    if proxy is not None:
        settings.put("global", "http_proxy", proxy)
    files = cast("FileSystem", DictFiles())
    return PhoneNetwork(settings, files, Radio(online), internet or Internet())


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (None, None),
        ("", None),
        (":0", None),
        ("null", None),
        ("127.0.0.1:0", None),
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("proxy.test:3128", ("proxy.test", 3128)),
        ("nonsense", None),
    ],
)
def test_proxy_setting(setting: str | None, expected: tuple[str, int] | None) -> None:
    assert make(setting).proxy() == expected


@pytest.mark.parametrize(
    ("host", "online", "broken", "code"),
    [
        ("127.0.0.1", True, "", errno.ECONNREFUSED),
        ("192.0.2.7", False, "", errno.ENETUNREACH),
        ("192.0.2.7", True, "", errno.EHOSTUNREACH),
        ("known.test", True, "no_internet", errno.EHOSTUNREACH),
    ],
)
def test_no_way_out(host: str, online: bool, broken: str, code: int) -> None:
    network = make(online=online)
    if broken:
        setattr(network.way_out, broken, True)
    with pytest.raises(OSError, match=r".*") as caught:
        asyncio.run(network.connect(host, 443))
    assert caught.value.errno == code


@pytest.mark.parametrize(
    ("online", "broken"), [(False, False), (True, True), (True, False)], ids=["off", "dns", "name"]
)
def test_names_without_address(online: bool, broken: bool) -> None:
    network = make(online=online)
    network.way_out.dns_broken = broken
    with pytest.raises(socket.gaierror):
        asyncio.run(network.connect("unknown.test", 443))


@pytest.mark.parametrize(
    ("dropped", "uid", "port", "waits"),
    [
        (True, 10_100, 443, True),
        (True, 10_100, 80, False),
        (True, SYSTEM_UID, 443, False),
        (False, 10_100, 443, False),
    ],
)
def test_an_app_waits_for_quic_before_it_takes_tcp(
    dropped: bool, uid: int, port: int, waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        shown.append(network.udp.table())

    shown: list[bytes] = []
    monkeypatch.setattr("harness.simphone.network.stack.asyncio.sleep", sleep)
    network = make(internet=Internet({("known.test", 1): ("127.0.0.1", 1)}))
    network.way_out.quic_dropped = dropped
    with pytest.raises(ConnectionRefusedError):
        asyncio.run(network.connect("known.test", port, uid=uid))
    assert bool(slept) is waits
    assert bool(shown) is waits
    assert all(b" 010012C6:01BB 01" in table for table in shown)
    assert network.udp.table() == HEAD, "it is gone again"


def test_loopback_and_names_reach_local_sockets() -> None:
    async def run() -> None:
        async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"hello")
            writer.close()

        server = await asyncio.start_server(greet, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        internet = Internet({("known.test", 443): ("127.0.0.1", port)})
        network = make(internet=internet)
        network.listen(8080, port)
        for host, where in (("127.0.0.1", 8080), ("known.test", 443)):
            reader, writer = await network.connect(host, where)
            assert await reader.read() == b"hello"
            writer.close()
        with pytest.raises(ConnectionRefusedError):
            await network.connect("known.test", 80)
        network.unlisten(8080)
        with pytest.raises(ConnectionRefusedError):
            await network.connect("localhost", 8080)
        server.close()

    asyncio.run(run())


def test_resolve_lines() -> None:
    internet = Internet({("a.test", 443): ("127.0.0.1", 5), ("gone.test", 443): ("x.invalid", 443)})
    internet.dead.add("gone.test")
    assert list(internet.resolve_lines()) == [
        "a.test:443:127.0.0.1:5",
        "gone.test:443:x.invalid:443",
        "198.18.0.1:443:127.0.0.1:5",
        "198.18.0.2:443:x.invalid:443",
    ]
    with pytest.raises(socket.gaierror):
        internet.locate("gone.test", 443)
