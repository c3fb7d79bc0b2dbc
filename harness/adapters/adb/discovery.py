"""Which phones are known and attached, in what state, and what can be seen on each."""

from __future__ import annotations

from collections.abc import Sequence

from harness.adapters.adb.device import AdbDevice, states
from harness.adapters.adb.identity import read_identity
from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.server import USUAL_PORT, answers, wanted_port
from harness.domain.device import DeviceEntry, PhoneStatus
from harness.domain.facts.device import DeviceIdentity
from harness.ports import InstrumentError

NOT_STARTED = "not started"
"""State of an entry that has a launch command or an AVD and is not running."""


def list_phones(entries: Sequence[DeviceEntry]) -> list[PhoneStatus]:
    """Entries first, in their order, then attached phones that no entry names.

    Starts no server and no phone: without a server every phone is absent.
    """
    usual = AdbLink("127.0.0.1", wanted_port() or USUAL_PORT)
    attached = _states(usual)
    found = [_of_entry(entry, usual, attached) for entry in entries]
    known = {entry.serial for entry in entries}
    for serial, state in attached.items():
        if serial not in known:
            found.append(_status(serial, serial, usual, state, known=False))
    return found


def _of_entry(entry: DeviceEntry, usual: AdbLink, attached: dict[str, str]) -> PhoneStatus:
    if entry.serial is None:
        return PhoneStatus(entry.name, None, known=True, state=NOT_STARTED)
    if entry.adb is not None:
        link = AdbLink(entry.adb.host, entry.adb.port)
        attached = _states(link)
    else:
        link = usual
    state = attached.get(entry.serial, "absent")
    return _status(entry.name, entry.serial, link, state, known=True, entry=entry)


def _states(link: AdbLink) -> dict[str, str]:
    return states(link) if answers(link) else {}


def _status(
    name: str,
    serial: str,
    link: AdbLink,
    state: str,
    *,
    known: bool,
    entry: DeviceEntry | None = None,
) -> PhoneStatus:
    if state != "device":
        return PhoneStatus(name, serial, known, state, cannot=(state_advice(state),))
    try:
        identity = read_identity(AdbDevice(name, serial, link))
    except InstrumentError as error:
        return PhoneStatus(name, serial, known, "offline", cannot=(str(error),))
    can, cannot = abilities(identity, entry)
    return PhoneStatus(
        name,
        serial,
        known,
        state,
        identity.model,
        identity.api,
        identity.simulated,
        identity.rootable,
        can,
        cannot,
    )


def state_advice(state: str) -> str:
    """What a person does about a phone that is not ready."""
    return {
        "unauthorized": "unlock the phone and allow USB debugging for this computer",
        "offline": "plug the cable again, or: adb reconnect offline",
        "absent": "plug it in and switch USB debugging on, or correct its serial",
        "recovery": "restart the phone into Android",
        "authorizing": "unlock the phone and allow USB debugging for this computer",
        "no permissions": "add the udev rule of the phone's maker",
    }.get(state, f"the phone is in state {state}")


def abilities(
    identity: DeviceIdentity, entry: DeviceEntry | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(what can be done and seen, what cannot and why)."""
    capture = entry.capture if entry is not None else "decrypt"
    can = ["screens", "log"]
    cannot: list[str] = []
    if capture == "none":
        cannot.append("traffic: its entry says capture: none")
    else:
        can.append("capture of traffic (adb reverse and http_proxy)")
    if identity.rootable:
        can.append("app files (adb root)")
        if entry is not None and entry.may_change_trust:
            trust = "" if capture == "decrypt" else f"its entry says capture: {capture}"
        else:
            trust = "its entry does not say may_change_trust: true"
    else:
        cannot.append("app files: a retail build gives no root")
        trust = "apps of a retail build trust only the system store"
    if capture != "none":
        if trust:
            cannot.append(f"open traffic: {trust}")
        else:
            can.append("open traffic (test CA in the system store)")
        if entry is not None and entry.user_certificate and capture == "decrypt":
            can.append("open traffic of apps that trust the user store (--attended)")
    if identity.api >= 30:
        can.append("exit reasons of processes")
    else:
        cannot.append("exit reasons of processes: kept from API 30 on")
    return tuple(can), tuple(cannot)
