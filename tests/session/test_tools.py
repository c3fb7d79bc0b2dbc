"""Servers of a run: what may be done to them, and what is never ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.server import AdbServer
from harness.domain.device import AdbAddress, DeviceEntry
from harness.domain.recovery import Means
from harness.ports import InstrumentError
from harness.session import tools
from harness.session.shared_servers import ServerAddresses
from harness.session.tools import RunTools
from tests.answers import always

USB = DeviceEntry("usb", serial="R58N")
NET = DeviceEntry("net", serial="10.0.0.2:5555", may_reboot=True)
FAR = DeviceEntry("far", serial="R1", adb=AdbAddress("10.0.0.9", 5037))


class Server(AdbServer):
    """Of ours or of others, alive or not; notes that it was stopped."""

    def __init__(self, *, ours: bool, alive: bool = True) -> None:
        super().__init__(AdbLink("127.0.0.1", 5999))
        self._ours, self._alive = ours, alive
        self.stopped = 0

    @property
    def ours(self) -> bool:
        return self._ours

    def alive(self) -> bool:
        return self._alive

    def stop(self) -> None:
        self.stopped += 1


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Ports at which a server was started."""
    ports: list[int] = []

    def start(port: int, **_: object) -> AdbServer:
        ports.append(port)
        return Server(ours=True)

    monkeypatch.setattr(tools, "start_server", start)
    return ports


def using(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch, *entries: DeviceEntry
) -> RunTools:
    monkeypatch.setattr(tools, "use_server", always(server))
    made = RunTools(folder)
    for entry in entries:
        made.adb(entry)
    return made


@pytest.mark.parametrize(
    ("ours", "entries", "means"),
    [
        (True, (NET,), Means(own_server=True, own_appium=False, may_reboot=True)),
        (False, (USB,), Means(own_server=False, own_appium=False)),
        (True, (USB, NET), Means(own_server=True, own_appium=False, alone=False)),
    ],
    ids=["own", "lent", "shared"],
)
def test_what_recovery_may_do(
    ours: bool,
    entries: tuple[DeviceEntry, ...],
    means: Means,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = using(Server(ours=ours), tmp_path, monkeypatch, *entries)

    assert made.means(entries[0]) == means


def test_our_server_is_started_again_at_its_port(
    started: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(ours=True)
    made = using(server, tmp_path, monkeypatch, NET)

    made.restart_adb(NET)

    assert (server.stopped, started) == (1, [5999])


@pytest.mark.parametrize(("alive", "begun"), [(True, []), (False, [5999])])
def test_a_server_of_others_is_never_ended_but_replaced_once_it_is_gone(
    alive: bool,
    begun: list[int],
    started: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Server(ours=False, alive=alive)
    made = using(server, tmp_path, monkeypatch, USB)

    if alive:
        with pytest.raises(InstrumentError, match="not ours"):
            made.restart_adb(USB)
    else:
        made.restart_adb(USB)

    assert (server.stopped, started) == (0, begun)


def test_a_server_of_another_machine_is_only_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "answers", always(True))
    made = RunTools(tmp_path)
    made.adb(FAR)

    assert made.server(FAR) is None
    assert not made.means(FAR).local_server
    with pytest.raises(InstrumentError, match="another machine"):
        made.restart_adb(FAR)


def test_servers_that_the_run_keeps_are_left_to_it(tmp_path: Path) -> None:
    shared = ServerAddresses(5999, None, "http://127.0.0.1:4723", 71, adb_tcp_pid=72)
    made = RunTools(tmp_path, shared)

    means = made.means(NET)

    assert (means.kept, means.own_server, means.own_appium, means.local_server) == (
        True, False, False, False,
    )  # fmt: skip
    assert (made.pid_of("adb", NET), made.pid_of("appium", NET)) == (72, 71)
    assert not made.means(USB).kept
    made.close()
