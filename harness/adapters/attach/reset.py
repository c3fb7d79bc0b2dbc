"""Puts a phone back as the journal says it was, after a run or after an interrupted one."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from harness.adapters.adb.film import sweep
from harness.adapters.attach import dead_man, network_cut, quic, user_store, wireguard_app
from harness.adapters.attach import trust as system_trust
from harness.adapters.attach.journal import Entry, Journal, owner_lives
from harness.adapters.attach.settings_journal import PROXY, read_settings, restore_settings
from harness.ports import DeviceControl, InstrumentError

_LOOPBACK = ("127.0.0.1:", "localhost:", "[::1]:")
_PARKING = 10_000
"""Added to the phone port: a port nobody uses keeps the target known to the adb server."""
_SETTLE = 0.3


def put_back(
    device: DeviceControl,
    entry: Entry,
    *,
    before_disarm: Callable[[], None] | None = None,
) -> list[str]:
    """Undoes what `entry` tells, in the safe order; returns what could not be undone.

    The network and the settings first (apps lose the proxy), then the loop that guards
    them, then the reverse entry, then the trust. One part that fails does not keep the
    others back.
    """
    disarm = before_disarm or (lambda: dead_man.disarm(device))
    left: list[str] = []

    def attempt(what: str, action: Callable[[], list[str]]) -> None:
        try:
            left.extend(action())
        except InstrumentError as error:
            left.append(f"{what}: {error}")

    attempt("network", lambda: _network(device, entry))
    attempt("tunnel", lambda: _tunnel(device, entry))
    attempt("settings", lambda: _settings(device, entry))
    if entry.dead_man and not left:  # while settings are wrong, the loop is our last hope
        attempt("dead-man loop", lambda: _none(disarm))
    attempt("reverse entry", lambda: _reverse(device, entry))
    attempt("QUIC", lambda: quic.unblock(device) if entry.quic else [])
    attempt("certificate", lambda: _trust(device, entry))
    attempt("certificate's file", lambda: user_store.withdraw(device) if entry.offered else [])
    return left


def reset_phone(device: DeviceControl, *, journals: Path | None = None) -> list[str]:
    """Mends what an interrupted run left changed; says in sentences what was done.

    Empty when there was nothing to do. A proxy on the phone's loopback that is not ours
    is only reported. Raises InstrumentError("adb", …) when the phone could not be mended.
    """
    journal = Journal(device.serial, journals)
    entry = journal.load()
    if entry is None:
        return _film(device) + _foreign_proxy(device)
    if owner_lives(entry):
        return [f"{device.name} is in use by process {entry.pid} and was left alone"]
    film = _film(device)
    before = read_settings(device)
    left = put_back(device, entry)
    if left:
        raise InstrumentError(
            "adb",
            f"put {device.name} back as it was",
            "; ".join(left),
            advice="Unlock the phone, check the cable, and run harness reset again.",
        )
    journal.close()
    changed = [key for key, value in entry.settings.items() if before.get(key) != value]
    mended = film + [
        f"{key} was {before.get(key) or 'not set'} and is {entry.settings[key] or 'not set'} again"
        for key in changed
    ]
    if entry.network is not None:
        mended.append(f"the network of {device.name} had been taken away and was given back")
    if entry.tunnel is not None and entry.tunnel.by_hand:
        mended += wireguard_app.steps_to_remove()
    if entry.offered:
        mended += [
            f"if our certificate was installed on {device.name}, remove it there: {step}"
            for step in user_store.steps_to_remove(_api(device))
        ]
    mended.append(f"removed what an interrupted run (process {entry.pid}) left on {device.name}")
    return mended


def _api(device: DeviceControl) -> int:
    text = device.shell("getprop ro.build.version.sdk").stdout.strip()
    return int(text) if text.isdigit() else 0


def _settings(device: DeviceControl, entry: Entry) -> list[str]:
    wrong = restore_settings(device, entry.settings)
    return [f"setting {key} could not be restored" for key in wrong]


def _network(device: DeviceControl, entry: Entry) -> list[str]:
    return [] if entry.network is None else network_cut.undo(device, entry.network)


def _tunnel(device: DeviceControl, entry: Entry) -> list[str]:
    return [] if entry.tunnel is None else wireguard_app.undo(device, entry.tunnel)


def _none(action: Callable[[], None]) -> list[str]:
    action()
    return []


def _reverse(device: DeviceControl, entry: Entry) -> list[str]:
    if entry.reverse is None or entry.reverse not in device.reverse_list():
        return []
    phone_port, host_port = entry.reverse
    parking = phone_port + _PARKING
    device.reverse(parking, host_port)
    device.remove_reverse(phone_port)
    time.sleep(_SETTLE)  # connections that apps had opened already reach the server
    device.remove_reverse(parking)
    return []


def _trust(device: DeviceControl, entry: Entry) -> list[str]:
    if entry.trust is None:
        return []
    if not device.is_root() and not device.root():
        return ["our certificate needs adb root to be removed; a reboot removes it too"]
    return system_trust.remove(device, entry.trust)


def _film(device: DeviceControl) -> list[str]:
    """Only a phone whose adb was restarted meanwhile still has one: else it sweeps by itself."""
    swept = sweep(device)
    return [f"removed the film of an interrupted run from {device.name}"] if swept else []


def _foreign_proxy(device: DeviceControl) -> list[str]:
    value = read_settings(device)[PROXY]
    if value is None or not value.startswith(_LOOPBACK):
        return []
    told = (
        f"http_proxy of {device.name} points to {value}, but no journal of ours tells of it: "
        "it was left; take it away with: adb shell settings put global http_proxy :0"
    )
    return [told]
