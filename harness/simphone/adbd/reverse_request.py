"""`reverse:` requests and answers as text (AOSP `adb/adb_listeners.cpp`, `services.cpp`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class ReverseAction(Enum):
    FORWARD = auto()
    LIST = auto()
    REMOVE = auto()
    REMOVE_ALL = auto()


@dataclass(frozen=True, slots=True)
class ReverseRequest:
    """`local` is the phone's side, `remote` the host's."""

    action: ReverseAction
    local: str = ""
    remote: str = ""
    rebind: bool = True


class ReverseError(Exception):
    """The request fails; the text is what adb prints."""


def parse_reverse(service: str) -> ReverseRequest:
    """Reads `reverse:…`. Raises ReverseError for anything else."""
    command = service.removeprefix("reverse:")
    if command == "list-forward":
        return ReverseRequest(ReverseAction.LIST)
    if command == "killforward-all":
        return ReverseRequest(ReverseAction.REMOVE_ALL)
    if command.startswith("killforward:"):
        return ReverseRequest(ReverseAction.REMOVE, local=command.removeprefix("killforward:"))
    if command.startswith("forward:"):
        rest = command.removeprefix("forward:")
        rebind = not rest.startswith("norebind:")
        local, _, remote = rest.removeprefix("norebind:").partition(";")
        if local and remote and not remote.startswith("*"):
            return ReverseRequest(ReverseAction.FORWARD, local, remote, rebind)
    raise ReverseError(f"bad forward: {command}")


def phone_port(local: str) -> int:
    """The port of `tcp:PORT` (0 = any). Raises ReverseError for what cannot be listened on."""
    kind, _, number = local.partition(":")
    if kind != "tcp":
        raise ReverseError(f"cannot bind listener: {local}: only tcp is played by this phone")
    if not number.isdecimal() or int(number) > 0xFFFF:
        raise ReverseError(f"cannot bind listener: bad port number '{number}'")
    return int(number)


def okay() -> bytes:
    return b"OKAY"


def okay_with_port(port: int) -> bytes:
    """The answer to `tcp:0`."""
    return b"OKAY" + counted(str(port))


def fail(text: str) -> bytes:
    return b"FAIL" + counted(text)


def counted(text: str) -> bytes:
    """A text with its length in front, as four hex digits."""
    encoded = text.encode()
    return f"{len(encoded):04x}".encode() + encoded
