"""Which phones of a host's devices.yaml are there now, with their labels."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence

from harness.adapters.adb.discovery import list_phones
from harness.domain.device import DeviceEntry
from harness.lab.offer import Offer
from harness.ports import InstrumentError
from harness.session.ledger import account_key

LOOK_TIMEOUT = 2.0


def offers_of(entries: Sequence[DeviceEntry], host: str, labels: Mapping[str, str]) -> list[Offer]:
    """An entry that is started on demand is always there; others when adb or their port says so.

    `labels` of the host go to each of its phones; model and API level are added where the
    phone tells them, each tag of the entry becomes a label tag=….
    """
    try:
        seen = {phone.name: phone for phone in list_phones(entries) if phone.known}
    except InstrumentError:
        seen = {}
    found: list[Offer] = []
    for entry in entries:
        status = seen.get(entry.name)
        if not _there(entry, status.state if status is not None else "absent"):
            continue
        own = dict(labels)
        if status is not None and status.model:
            own["model"] = status.model
        if status is not None and status.api:
            own["api"] = str(status.api)
        account = account_key(entry.account.user) if entry.account.user else ""
        found.append(Offer(host, entry.name, own, entry.tags, account))
    return found


def _there(entry: DeviceEntry, state: str) -> bool:
    if entry.launch or entry.avd is not None or state == "device":
        return True
    host, colon, port = (entry.serial or "").rpartition(":")
    if not colon or not port.isdigit() or entry.adb is not None:
        return False
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=LOOK_TIMEOUT):
            return True
    except OSError:
        return False
