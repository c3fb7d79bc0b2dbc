"""Which phones are known and attached, in what state, and what can be seen on each."""

from __future__ import annotations

from collections.abc import Sequence

from harness.adapters.adb.capability_probe import probe_phone
from harness.adapters.adb.device import AdbDevice, states
from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.server import USUAL_PORT, answers, wanted_port
from harness.adapters.profile_file import load_profile
from harness.adapters.setting_error import SettingError
from harness.domain.attach_way import HOW, AttachChoice, AttachWay, choose_way
from harness.domain.capabilities import Capabilities
from harness.domain.device import DeviceEntry, PhoneStatus
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


def link_of(entry: DeviceEntry) -> AdbLink:
    """The adb server that would be asked for this phone; it need not run."""
    if entry.adb is not None:
        return AdbLink(entry.adb.host, entry.adb.port)
    return AdbLink("127.0.0.1", wanted_port() or USUAL_PORT)


def _of_entry(entry: DeviceEntry, usual: AdbLink, attached: dict[str, str]) -> PhoneStatus:
    if entry.serial is None:
        return PhoneStatus(entry.name, None, known=True, state=NOT_STARTED)
    link = link_of(entry)
    if link != usual:
        attached = _states(link)
    return status_of(entry, link, attached.get(entry.serial, "absent"))


def status_of(entry: DeviceEntry, link: AdbLink, state: str) -> PhoneStatus:
    """A phone in a state that the server at `link` has told."""
    return _status(entry.name, str(entry.serial), link, state, known=True, entry=entry)


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
        packages = load_profile(entry.profile).packages if entry is not None else ()
        seen, now = probe_phone(AdbDevice(name, serial, link), packages)
    except SettingError as error:  # of its profile
        return PhoneStatus(name, serial, known, state, cannot=(str(error),))
    except InstrumentError as error:
        return PhoneStatus(name, serial, known, "offline", cannot=(str(error),))
    can, cannot = abilities(seen, entry)
    return PhoneStatus(
        name,
        serial,
        known,
        state,
        seen.model,
        seen.api,
        seen.simulated,
        seen.rootable,
        can,
        cannot,
        seen,
        now,
    )


def state_advice(state: str) -> str:
    """What a person does about a phone that is not ready."""
    return {
        "unauthorized": "unlock the phone and allow USB debugging for this computer",
        "offline": "plug the cable again, or: adb reconnect offline",
        "absent": "plug it in and switch USB debugging on, or correct its serial",
        "recovery": "restart the phone into Android: adb reboot",
        "sideload": "restart the phone into Android: adb reboot",
        "authorizing": "unlock the phone and allow USB debugging for this computer",
        "no permissions": "add the udev rule of the phone's maker",
    }.get(state, f"the phone is in state {state}")


def abilities(
    seen: Capabilities, entry: DeviceEntry | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(what can be done and seen, what cannot and why)."""
    capture = entry.capture if entry is not None else "decrypt"
    can = ["screens", "log"]
    cannot: list[str] = []
    choice = choose_way(entry) if entry is not None else AttachChoice(AttachWay.REVERSE, "")
    looked_at = choice.way is not AttachWay.NONE
    if looked_at:
        can.append(f"capture of traffic ({HOW[choice.way]})")
    else:
        cannot.append(f"traffic: {choice.because}")
    if seen.rootable:
        can.append("app files (adb root)")
        if entry is not None and entry.may_change_trust:
            trust = "" if capture == "decrypt" else f"its entry says capture: {capture}"
        else:
            trust = "its entry does not say may_change_trust: true"
    else:
        cannot.append("app files: a retail build gives no root")
        trust = "apps of a retail build trust only the system store"
    if looked_at:
        if trust:
            cannot.append(f"open traffic: {trust}")
        else:
            can.append("open traffic (test CA in the system store)")
        if entry is not None and entry.user_certificate and capture == "decrypt":
            can.append("open traffic of apps that trust the user store (--attended)")
    if seen.api >= 30:
        can.append("exit reasons of processes")
    else:
        cannot.append("exit reasons of processes: kept from API 30 on")
    return tuple(can), tuple(cannot)
