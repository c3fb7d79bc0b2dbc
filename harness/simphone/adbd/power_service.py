"""Services that restart adbd or the phone: root, unroot, tcpip, usb, remount, reboot."""

from __future__ import annotations

import asyncio
from typing import Protocol

from harness.simphone.adbd.stream import Stream
from harness.simphone.contracts import PhoneParts

RESTART_DELAY = 0.05  # seconds from the answer to the restart; the host reads it meanwhile


class Restart(Protocol):
    """What these services can do to the daemon."""

    @property
    def in_android(self) -> bool:
        """Whether the phone runs Android, not a recovery."""
        ...

    def drop_connections(self) -> None:
        """Breaks all connections, as a restarting adbd does."""
        ...

    async def reboot(self, into: str = "") -> None:
        """Closes the port, restarts the phone, listens again (not in a boot loader)."""
        ...


NAMES = frozenset({"root", "unroot", "tcpip", "usb", "remount", "reboot"})


async def power(phone: PhoneParts, restart: Restart, stream: Stream, service: str) -> None:
    """Answers one of NAMES. The phone's shell jobs outlive all but `reboot`."""
    name, _, argument = service.partition(":")
    stream.accept()
    if name == "reboot":
        await stream.close()
        await asyncio.sleep(RESTART_DELAY)
        _become(phone, root=False)
        await restart.reboot(argument)
        return
    text, restarts = _answer(phone, name, argument)
    await stream.write(text.encode())
    await stream.close()
    if restarts:
        await asyncio.sleep(RESTART_DELAY)
        restart.drop_connections()


def _answer(phone: PhoneParts, name: str, argument: str) -> tuple[str, bool]:
    """What adbd prints, and whether it restarts then (AOSP `adb/daemon/restart_service.cpp`)."""
    match name:
        case "root":
            return _root(phone)
        case "unroot" if not phone.adb_root:
            return "adbd not running as root\n", False
        case "unroot":
            _become(phone, root=False)
            return "restarting adbd as non root\n", True
        case "tcpip" if not (argument.isdecimal() and 0 < int(argument) <= 0xFFFF):
            return f"invalid port {argument}\n", False
        case "tcpip":
            return f"restarting in TCP mode port: {argument}\n", True
        case "usb":
            return "restarting in USB mode\n", True
        case _ if not phone.adb_root:
            return 'Not running as root. Try "adb root" first.\n', False
        case _:
            return "remount succeeded\n", False


def _root(phone: PhoneParts) -> tuple[str, bool]:
    if phone.adb_root:
        return "adbd is already running as root\n", False
    if phone.spec.profile != "userdebug":
        return "adbd cannot run as root in production builds\n", False
    _become(phone, root=True)
    return "restarting adbd as root\n", True


def _become(phone: PhoneParts, *, root: bool) -> None:
    phone.adb_root = root
    phone.properties.set("service.adb.root", "1" if root else "0")
