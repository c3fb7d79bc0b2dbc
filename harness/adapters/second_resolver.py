"""The control second_resolver: does another resolver than this machine's know the name?

One DNS question over UDP (RFC 1035), for addresses of the name only.
"""

import contextlib
import os
import secrets
import socket
import struct
import time
from ipaddress import ip_address

from harness.domain.facts.control import ControlMade
from harness.domain.resolve import ResolveMap

NAME = "second_resolver"
USUAL = (("9.9.9.9", 53), ("1.1.1.1", 53))
"""Public resolvers of two owners; HARNESS_RESOLVER=ADDR[:PORT] asks another one instead."""

_NOERROR, _NXDOMAIN = 0, 3
_A = 1
_HEAD = struct.Struct(">HHHHHH")


def resolvers() -> tuple[tuple[str, int], ...]:
    """Whom to ask, in order. Raises ValueError for a setting that is no address."""
    chosen = os.environ.get("HARNESS_RESOLVER", "")
    if not chosen:
        return USUAL
    address, _, port = chosen.partition(":")
    ip_address(address)
    return ((address, int(port or 53)),)


def second_resolver(
    host: str, port: int, *, resolve: ResolveMap, timeout: float = 1.0
) -> ControlMade:
    """Asks the first resolver that answers within `timeout` seconds each. Never raises.

    ok: it knows an address. failed: it says that the name does not exist, has no
    address, or cannot be found out. not_made: none answered, or no name was to be
    looked up, because the host is sent to a chosen address.
    """
    begun = time.monotonic()
    target = f"{host}:{port}"
    place = resolve.lookup(host, port)
    name = place[0] if place is not None else host
    with contextlib.suppress(ValueError):
        ip_address(name)
        told = f"{host} was not asked of a second resolver: it stands for a chosen address."
        return ControlMade(NAME, "not_made", told, target)
    try:
        asked = resolvers()
    except ValueError as error:
        told = f"HARNESS_RESOLVER: {error}; write ADDR[:PORT]."
        return ControlMade(NAME, "not_made", told, target)
    for place in asked:
        answer = _ask(place, name, timeout)
        if answer is None:
            continue
        result, said = _read(answer)
        told = f"The resolver {place[0]} says of {host}: {said}."
        return ControlMade(NAME, result, told, target, {"dns": said}, _since(begun))
    told = f"No second resolver answered ({', '.join(address for address, _ in asked)})."
    return ControlMade(NAME, "not_made", told, target, seconds=_since(begun))


def _since(begun: float) -> float:
    return round(time.monotonic() - begun, 4)


def question(name: str, number: int) -> bytes:
    """The packet that asks for `name`'s IPv4 addresses. Raises UnicodeError."""
    labels = [label.encode("idna") for label in name.rstrip(".").split(".")]
    asked = b"".join(bytes([len(label)]) + label for label in labels)
    return _HEAD.pack(number, 0x0100, 1, 0, 0, 0) + asked + b"\0" + struct.pack(">HH", _A, 1)


def _ask(place: tuple[str, int], name: str, timeout: float) -> bytes | None:
    """The resolver's answer to our question, or None."""
    number = secrets.randbelow(1 << 16)
    try:
        packet = question(name, number)
        family = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.settimeout(timeout)
            sock.connect(place)
            sock.send(packet)
            answer = sock.recv(4096)
    except (OSError, UnicodeError):
        return None
    ours = len(answer) >= _HEAD.size and _HEAD.unpack_from(answer)[0] == number
    return answer if ours and answer[2] & 0x80 else None


def _read(answer: bytes) -> tuple[str, str]:
    """(result, what was said) of an answer's head."""
    _, flags, _, answers, _, _ = _HEAD.unpack_from(answer)
    code = flags & 0xF
    if code == _NOERROR:
        return ("ok", "it has an address") if answers else ("failed", "it has no address")
    if code == _NXDOMAIN:
        return "failed", "the name does not exist"
    return "failed", f"it cannot be found out (code {code})"
