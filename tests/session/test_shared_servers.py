"""Servers that all phones share: started once, started again at their address, ended by us."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.adapters.adb.link import AdbLink
from harness.domain.device import DeviceEntry
from harness.ports import InstrumentError
from harness.session import shared_servers
from harness.session import tools as tools_module
from harness.session.shared_servers import ServerAddresses, SharedServers
from harness.session.tools import RunTools


class Adb:
    started, pid = 0, 11

    def __init__(self, port: int) -> None:
        Adb.started += 1
        self.link, self.died, self.stopped = AdbLink("127.0.0.1", port), False, 0
        self.ours, self.answering = True, True

    def alive(self) -> bool:
        return self.answering

    def stop(self) -> None:
        self.stopped += 1


class Appium:
    url, pid, living, stopped, fails = "http://127.0.0.1:4", 7, True, 0, False
    answering = True

    def ready(self) -> bool:
        return self.answering

    def alive(self) -> bool:
        return self.living

    def restart(self) -> None:
        if self.fails:
            raise InstrumentError("appium", "start the server", "no node")
        self.living = self.answering = True

    def stop(self) -> None:
        self.stopped += 1


@pytest.fixture
def appium(monkeypatch: pytest.MonkeyPatch) -> Appium:
    made = Appium()

    def use(*, tcp: bool, log: Path) -> Adb:
        return Adb(1 if tcp else 2)

    def start(port: int, **_: object) -> Adb:
        return Adb(port)

    def own(_log: Path) -> Appium:
        return made

    monkeypatch.setattr(shared_servers, "use_server", use)
    monkeypatch.setattr(shared_servers, "start_server", start)
    monkeypatch.setattr(shared_servers.AppiumServer, "own", own)
    return made


TCP, USB = DeviceEntry("a", serial="127.0.0.1:5"), DeviceEntry("b", serial="XYZ")


def test_only_what_the_phones_need_is_started(appium: Appium, tmp_path: Path) -> None:
    assert SharedServers([TCP, TCP], tmp_path).addresses == ServerAddresses(
        1, None, "http://127.0.0.1:4", 7, adb_tcp_pid=11
    )
    assert SharedServers([USB], tmp_path).addresses.adb_usb == 2
    remote = DeviceEntry("c", serial="X", appium_url="http://x", adb=None)
    assert SharedServers([remote], tmp_path).addresses.appium is None


def test_what_died_is_started_again_at_its_address(appium: Appium, tmp_path: Path) -> None:
    servers = SharedServers([TCP], tmp_path)
    assert servers.mend() == []
    adb: Any = servers._adb[True]
    adb.died = True
    appium.living = False

    assert servers.mend() == [
        "the adb server at port 1 was lost and was started again",
        "the Appium server was lost and was started again",
    ]
    assert servers.addresses.adb_tcp == 1
    assert servers.mend() == []
    servers.close()
    assert appium.stopped == 1


def test_a_server_that_hangs_is_ended_and_one_that_is_only_slow_is_not(
    appium: Appium, tmp_path: Path
) -> None:
    now = [100.0]
    servers = SharedServers([TCP], tmp_path, clock=lambda: now[0])
    adb: Any = servers._adb[True]
    adb.answering = appium.answering = False
    for now[0] in (102.0, 106.0, 112.0, 118.0, 124.0, 130.0):
        assert servers.mend() == []
    appium.answering = True
    now[0] = 137.0

    assert servers.mend() == ["the adb server at port 1 was lost and was started again"]
    assert adb.stopped == 1


def test_a_server_of_others_is_never_ended(appium: Appium, tmp_path: Path) -> None:
    now = [100.0]
    servers = SharedServers([USB], tmp_path, clock=lambda: now[0])
    adb: Any = servers._adb[False]
    adb.ours = adb.answering = False
    for now[0] in (110.0, 160.0, 200.0):
        assert servers.mend() == []


def test_what_does_not_start_again_is_told(
    appium: Appium, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_port: int, **_: object) -> Adb:
        raise InstrumentError("adb", "start a server", "port taken")

    servers = SharedServers([TCP], tmp_path)
    adb: Any = servers._adb[True]
    adb.died, appium.living, appium.fails = True, False, True
    monkeypatch.setattr(shared_servers, "start_server", refuse)

    told = servers.mend()
    assert "did not start again" in told[0]
    assert "port taken" in told[0]
    assert "no node" in told[1]


def test_what_cannot_be_shared_is_left_to_each_phone(
    appium: Appium, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> Adb:
        raise InstrumentError("adb", "start", "no")

    monkeypatch.setattr(shared_servers, "use_server", fails)
    monkeypatch.setattr(shared_servers.AppiumServer, "own", fails)
    servers = SharedServers([TCP, USB], tmp_path)

    assert servers.addresses == ServerAddresses()
    assert servers.mend() == []
    servers.close()


def test_who_shares_a_server_uses_it_and_never_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = RunTools(tmp_path, ServerAddresses(15037, 25037, "http://127.0.0.1:4", 7))

    assert tools.adb(TCP) == AdbLink("127.0.0.1", 15037)
    assert tools.adb(USB) == AdbLink("127.0.0.1", 25037)
    monkeypatch.setattr(tools_module, "START_TIMEOUT", 0.0)
    assert tools.appium(TCP).url == "http://127.0.0.1:4"
    assert tools.appium(TCP).pid is None
    tools.close()
