"""Takes the phone's network away for a while, and gives it back as it was.

Airplane mode where adb does not come over that network; else only the app is cut off,
which Android 14 and later can do (`cmd connectivity`, chain 3 of the firewall).
"""

from __future__ import annotations

import ipaddress
import re
import shlex
import time

from harness.adapters.adb.text.network import read_connectivity
from harness.adapters.attach.journal import Cut
from harness.ports import DeviceControl, InstrumentError

SETTLE = 10.0
"""Seconds until a radio that was switched has followed."""

_POLL = 0.3
_ADDRESS = re.compile(r"\binet6?\s+(?:addr:\s*)?([0-9a-fA-F.:]+)")
_AIRPLANE = "cmd connectivity airplane-mode"
_CHAIN = "cmd connectivity set-chain3-enabled"
_PACKAGE = "cmd connectivity set-package-networking-enabled"


class CannotCutError(Exception):
    """The network cannot be taken from this phone without losing it; the text says why."""


def own_addresses(text: str) -> set[str]:
    """Addresses in what `ip -o addr` or `ifconfig -a` prints, those of the loopback left out."""
    found: set[str] = set()
    for match in _ADDRESS.findall(text):
        try:
            address = ipaddress.ip_address(match)
        except ValueError:
            continue
        if not address.is_loopback:
            found.add(str(address))
    return found


def adb_needs_network(serial: str, addresses: set[str]) -> bool:
    """Whether adb reaches the phone over the phone's own network.

    A serial without an address is a cable or an emulator's own channel. A name that is
    not an address counts as one of the phone's: it cannot be told apart from here.
    """
    if "._adb" in serial:  # found by mDNS, hence in its Wi-Fi
        return True
    host, colon, _ = serial.rpartition(":")
    if not colon:
        return False
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host != "localhost"
    return str(address) in addresses


def plan_cut(device: DeviceControl, package: str) -> Cut | None:
    """How to cut `package` off here; None = the phone is without network as it is.

    Raises CannotCutError and InstrumentError("adb", …).
    """
    state = device.shell(
        "settings get global airplane_mode_on; settings get global wifi_on;"
        " settings get global mobile_data"
    ).stdout.split()
    airplane, wifi, data = (*state, "0", "0", "0")[:3]
    if not _has_network(device):
        return None
    listing = device.shell("ip -o addr 2>/dev/null || ifconfig -a").stdout
    if not adb_needs_network(device.serial, own_addresses(listing)):
        if device.shell(_AIRPLANE).stdout.strip() in ("enabled", "disabled"):
            way = "airplane" if airplane == "0" else "radios"
            return Cut(way, wifi=wifi in "12", data=data == "1")
        return Cut("radios", wifi=wifi in "12", data=data == "1")
    chain = device.shell(f"cmd connectivity get-package-networking-enabled {shlex.quote(package)}")
    if not chain.ok or ":" not in chain.stdout:
        raise CannotCutError(
            f"adb reaches {device.name} over the phone's own network, and this Android cannot cut"
            " off a single app (it can from 14 on); connect the phone by cable"
        )
    before = device.shell("cmd connectivity get-chain3-enabled")
    return Cut("package", package=package, chain=before.ok and "enabled" in before.stdout)


def cut(device: DeviceControl, plan: Cut) -> None:
    """Cuts it and checks. Raises InstrumentError("adb", …); the caller undoes it then."""
    commands = _commands(plan)
    result = device.shell(" && ".join(commands))
    deadline = time.monotonic() + SETTLE
    while not _is_cut(device, plan):
        if time.monotonic() >= deadline:
            raise InstrumentError(
                "adb",
                f"take the network from {device.name}",
                f"{' && '.join(commands)!r} gave exit {result.exit_code}"
                f" {result.stderr.strip()}, and the network is still there",
                advice="Cut the phone off by hand and run the scenario with --attended.",
            )
        time.sleep(_POLL)


def undo_commands(plan: Cut) -> list[str]:
    """Shell commands that give back what `plan` took."""
    if plan.way == "airplane":
        return [f"{_AIRPLANE} disable"]
    if plan.way == "radios":
        radios = (("wifi", plan.wifi), ("data", plan.data))
        return [f"svc {radio} enable" for radio, was_on in radios if was_on]
    found = [f"{_PACKAGE} true {shlex.quote(plan.package or '')}"]
    return found if plan.chain else [*found, f"{_CHAIN} false"]


def undo(device: DeviceControl, plan: Cut) -> list[str]:
    """Gives the network back; returns what is still off (nothing when all is well)."""
    commands = undo_commands(plan)
    deadline = time.monotonic() + SETTLE
    while True:
        for command in commands:
            device.shell(command)
        if not _still_off(device, plan):
            return []
        if time.monotonic() >= deadline:
            return [f"the network is still off; give it back by: {'; '.join(commands)}"]
        time.sleep(_POLL)


def _commands(plan: Cut) -> list[str]:
    if plan.way == "airplane":
        return [f"{_AIRPLANE} enable"]
    if plan.way == "radios":
        radios = (("wifi", plan.wifi), ("data", plan.data))
        return [f"svc {radio} disable" for radio, was_on in radios if was_on]
    return [f"{_CHAIN} true", f"{_PACKAGE} false {shlex.quote(plan.package or '')}"]


def _has_network(device: DeviceControl) -> bool:
    text = device.shell("dumpsys -t 5 connectivity || dumpsys connectivity").stdout
    return read_connectivity(text).network is not False


def _is_cut(device: DeviceControl, plan: Cut) -> bool:
    if plan.way == "package":
        return _package_rule(device, plan) == "deny"
    return not _has_network(device)


def _still_off(device: DeviceControl, plan: Cut) -> bool:
    if plan.way == "airplane":
        return device.shell(_AIRPLANE).stdout.strip() == "enabled"
    if plan.way == "package":
        return _package_rule(device, plan) == "deny"
    values = device.shell("settings get global wifi_on; settings get global mobile_data").stdout
    wifi, data = (*values.split(), "0", "0")[:2]
    return (plan.wifi and wifi not in "12") or (plan.data and data != "1")


def _package_rule(device: DeviceControl, plan: Cut) -> str:
    name = shlex.quote(plan.package or "")
    answer = device.shell(f"cmd connectivity get-package-networking-enabled {name}").stdout
    return answer.strip().rpartition(":")[2]
