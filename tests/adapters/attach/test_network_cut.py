"""Taking the network and giving it back, on a stand-in that has radios and a firewall."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.attach import network_cut
from harness.adapters.attach.attach import Attachment
from harness.adapters.attach.journal import Cut, Journal
from harness.adapters.attach.network_cut import (
    CannotCutError,
    adb_needs_network,
    own_addresses,
    plan_cut,
)
from harness.adapters.attach.reset import reset_phone
from harness.adapters.proxy.certificate import make_authority
from harness.ports import InstrumentError, ProxyAddress
from tests.adapters.attach.phone_stand_in import StandIn

APP = "org.example.app"
IP_ADDR = """1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever
31: wlan0    inet 192.168.1.7/24 brd 192.168.1.255 scope global wlan0
31: wlan0    inet6 fe80::1c2d:3eff:fe4f:5a6b/64 scope link
"""
IFCONFIG = """wlan0     Link encap:UNSPEC
          inet addr:10.0.2.16  Bcast:10.0.2.255  Mask:255.255.255.0
          inet6 addr: fec0::15/64 Scope: Site
lo        Link encap:Local Loopback
          inet addr:127.0.0.1  Mask:255.0.0.0
"""
NETWORK = "Active default network: 100\nNetworkAgentInfo{ network{100} Transports: WIFI Capabilities: INTERNET&VALIDATED }\n"  # noqa: E501 - one line of the dump
NO_NETWORK = "Active default network: none\n"


class Radios(StandIn):
    """Airplane mode, two radios and, from API 34 on, a firewall for single apps."""

    def __init__(self, *, firewall: bool = True, airplane_command: bool = True) -> None:
        super().__init__()
        self.firewall = firewall
        self.airplane_command = airplane_command
        self.settings |= {"airplane_mode_on": "0", "wifi_on": "1", "mobile_data": "1"}
        self.denied: set[str] = set()
        self.chain = False
        self.stuck = False  # what is switched stays as it is

    def _run(self, command: str) -> tuple[str, int]:
        if "dumpsys" in command:
            return (NETWORK if self.online() else NO_NETWORK), 0
        if command.startswith("ip -o"):
            return IP_ADDR, 0
        if " && " in command or command.startswith(("cmd", "svc")):
            results = [self._switch(part.split()) for part in command.split(" && ")]
            return results[-1]
        return super()._run(command)

    def online(self) -> bool:
        on = self.settings["wifi_on"] == "1" or self.settings["mobile_data"] == "1"
        return on and self.settings["airplane_mode_on"] == "0"

    def _switch(self, words: list[str]) -> tuple[str, int]:
        match words:
            case ["svc", radio, state]:
                key = {"wifi": "wifi_on", "data": "mobile_data"}[radio]
                self._set(key, "1" if state == "enable" else "0")
            case ["cmd", "connectivity", "airplane-mode", *state]:
                if not self.airplane_command:
                    return "", 255
                if not state:
                    on = self.settings["airplane_mode_on"] == "1"
                    return ("enabled\n" if on else "disabled\n"), 0
                self._set("airplane_mode_on", "1" if state == ["enable"] else "0")
            case ["cmd", "connectivity", verb, *rest] if self.firewall:
                return self._firewall(verb, rest), 0
            case _:
                return "", 255
        return "", 0

    def _firewall(self, verb: str, rest: list[str]) -> str:
        if verb == "get-chain3-enabled":
            return "chain:enabled\n" if self.chain else "chain:disabled\n"
        if verb == "get-package-networking-enabled":
            return f"{rest[0]}:{'deny' if rest[0] in self.denied else 'default'}\n"
        if verb == "set-chain3-enabled":
            self.chain = rest == ["true"]
        elif not self.stuck:
            (self.denied.discard if rest[0] == "true" else self.denied.add)(rest[1])
        return ""

    def _set(self, key: str, value: str) -> None:
        if not self.stuck:
            self.settings[key] = value


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_cut, "SETTLE", 0.0)
    monkeypatch.setattr("harness.adapters.attach.reset._SETTLE", 0.0)
    monkeypatch.setattr("harness.adapters.attach.settings_journal._PAUSE", 0.0)


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> ProxyAddress:
    authority = make_authority(tmp_path_factory.mktemp("ca"))
    return ProxyAddress("127.0.0.1", 15802, authority.certificate, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (IP_ADDR, {"192.168.1.7", "fe80::1c2d:3eff:fe4f:5a6b"}),
        (IFCONFIG, {"10.0.2.16", "fec0::15"}),
        ("", set[str]()),
        ("inet 999.1.1.1/8", set[str]()),
    ],
)
def test_the_phones_own_addresses(text: str, found: set[str]) -> None:
    assert own_addresses(text) == found


@pytest.mark.parametrize(
    ("serial", "needs"),
    [
        ("28161FDH2000XX", False),  # a cable
        ("emulator-5554", False),
        ("127.0.0.1:41234", False),  # a port of this machine that leads to it
        ("localhost:5555", False),
        ("192.168.1.7:5555", True),
        ("[fe80::1c2d:3eff:fe4f:5a6b]:5555", True),
        ("192.168.1.99:5555", False),  # another machine that forwards
        ("phone.lan:5555", True),  # cannot be told apart
        ("adb-28161FDH2000XX-a1b2._adb-tls-connect._tcp", True),
    ],
)
def test_whether_adb_comes_over_the_phones_network(serial: str, needs: bool) -> None:
    assert adb_needs_network(serial, own_addresses(IP_ADDR)) is needs


@pytest.mark.parametrize(
    ("serial", "changes", "plan"),
    [
        ("28161FDH2000XX", {}, Cut("airplane", wifi=True, data=True)),
        ("28161FDH2000XX", {"airplane_command": False}, Cut("radios", wifi=True, data=True)),
        ("192.168.1.7:5555", {}, Cut("package", package=APP)),
    ],
)
def test_the_way_is_chosen_by_facts(serial: str, changes: dict[str, bool], plan: Cut) -> None:
    phone = Radios(**changes)
    phone.serial = serial

    assert plan_cut(phone, APP) == plan
    assert phone.online()


def test_a_phone_without_network_needs_no_cut() -> None:
    phone = Radios()
    phone.settings["airplane_mode_on"] = "1"

    assert plan_cut(phone, APP) is None


def test_an_old_phone_reached_over_its_wifi_cannot_be_cut() -> None:
    phone = Radios(firewall=False)
    phone.serial = "192.168.1.7:5555"
    phone._firewall = lambda verb, rest: ""  # type: ignore[method-assign] - Android 13

    with pytest.raises(CannotCutError, match="by cable"):
        plan_cut(phone, APP)


@pytest.mark.parametrize(
    ("serial", "changes"),
    [
        ("28161FDH2000XX", {}),
        ("28161FDH2000XX", {"airplane_command": False}),
        ("192.168.1.7:5555", {}),
    ],
)
def test_cut_and_given_back(
    proxy: ProxyAddress, tmp_path: Path, serial: str, changes: dict[str, bool]
) -> None:
    phone = Radios(**changes)
    phone.serial = serial
    attachment = Attachment(phone, proxy, journals=tmp_path)
    attachment.attach()
    before = dict(phone.settings)

    assert attachment.cut_network(APP)

    assert attachment.network_cut
    assert (APP in phone.denied) if serial.startswith("192") else not phone.online()
    undo = phone.files["/data/local/tmp/harness-dm/undo.sh"]
    assert "airplane-mode disable" in undo or "enable" in undo or APP in undo
    attachment.restore_network()
    attachment.restore_network()
    assert not attachment.network_cut
    assert (phone.settings, phone.denied, phone.chain) == (before, set(), False)
    attachment.detach()


def test_the_journal_tells_of_the_cut_before_it_is_made(
    proxy: ProxyAddress, tmp_path: Path
) -> None:
    phone = Radios()
    attachment = Attachment(phone, proxy, journals=tmp_path)
    attachment.attach()

    def watch(command: str) -> bool:
        if "airplane-mode enable" in command:
            entry = Journal(phone.serial, tmp_path).load()
            assert entry is not None
            assert entry.network is not None
        return False

    phone.broken = watch
    assert attachment.cut_network(APP)


def test_reset_gives_back_what_a_killed_run_took(
    proxy: ProxyAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = Radios()
    attachment = Attachment(phone, proxy, journals=tmp_path)
    attachment.attach()
    attachment.cut_network(APP)
    assert not phone.online()

    told = reset_phone(phone, journals=tmp_path)

    assert phone.online()
    assert any("network" in sentence for sentence in told)
    assert not list(tmp_path.iterdir())


def test_a_detach_gives_the_network_back_as_well(proxy: ProxyAddress, tmp_path: Path) -> None:
    phone = Radios()
    attachment = Attachment(phone, proxy, journals=tmp_path)
    attachment.attach()
    attachment.cut_network(APP)

    attachment.detach()

    assert phone.online()


def test_a_cut_that_does_not_happen_is_undone_and_said(proxy: ProxyAddress, tmp_path: Path) -> None:
    phone = Radios()
    attachment = Attachment(phone, proxy, journals=tmp_path)
    attachment.attach()
    phone.stuck = True

    with pytest.raises(InstrumentError, match="the network is still there"):
        attachment.cut_network(APP)

    assert not attachment.network_cut


def test_a_network_that_stays_off_is_said_and_stays_in_the_journal(
    proxy: ProxyAddress, tmp_path: Path
) -> None:
    phone = Radios()
    attachment = Attachment(phone, proxy, journals=tmp_path)
    attachment.attach()
    attachment.cut_network(APP)
    phone.stuck = True

    with pytest.raises(InstrumentError, match="airplane-mode disable"):
        attachment.restore_network()

    entry = Journal(phone.serial, tmp_path).load()
    assert entry is not None
    assert entry.network is not None


def test_nothing_is_cut_before_the_phone_is_attached(proxy: ProxyAddress, tmp_path: Path) -> None:
    with pytest.raises(InstrumentError, match="not attached"):
        Attachment(Radios(), proxy, journals=tmp_path).cut_network(APP)


def test_a_loop_that_is_started_again_knows_of_the_cut(proxy: ProxyAddress, tmp_path: Path) -> None:
    phone = Radios()
    attachment = Attachment(phone, proxy, journals=tmp_path)
    attachment.attach()
    attachment.cut_network(APP)
    phone.files.clear()
    phone.loop = False

    attachment.mend()

    assert "/data/local/tmp/harness-dm/undo.sh" in phone.files
    attachment.detach()
