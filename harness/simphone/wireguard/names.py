"""Questions for an IPv4 address and their answers (RFC 1035), as an app's resolver asks them."""

from __future__ import annotations

import socket
import struct

_ADDRESS, _INTERNET = 1, 1
NO_SUCH_NAME = 3


def question(number: int, name: str) -> bytes:
    """One question, recursion desired."""
    labels = b"".join(bytes([len(part)]) + part for part in name.encode("idna").split(b"."))
    head = struct.pack(">HHHHHH", number, 0x0100, 1, 0, 0, 0)
    return head + labels + b"\0" + struct.pack(">HH", _ADDRESS, _INTERNET)


def answer(data: bytes) -> tuple[int, str]:
    """(the question's number, the first address).

    Raises socket.gaierror: the name is unknown, or the resolver failed; ValueError for what is
    no answer.
    """
    if len(data) < 12:
        raise ValueError("no DNS message")
    number, flags, questions, answers, _, _ = struct.unpack_from(">HHHHHH", data)
    if flags & 15:
        unknown = flags & 15 == NO_SUCH_NAME
        said = "Name or service not known" if unknown else "Temporary failure in name resolution"
        raise socket.gaierror(socket.EAI_NONAME if unknown else socket.EAI_AGAIN, said)
    at = 12
    for _ in range(questions):
        at = _past_name(data, at) + 4
    for _ in range(answers):
        at = _past_name(data, at)
        kind, _, _, size = struct.unpack_from(">HHIH", data, at)
        at += 10
        if kind == _ADDRESS and size == 4:
            return number, socket.inet_ntoa(data[at : at + 4])
        at += size
    raise socket.gaierror(socket.EAI_NONAME, "No address associated with hostname")


def _past_name(data: bytes, at: int) -> int:
    while at < len(data):
        size = data[at]
        if size == 0:
            return at + 1
        if size >= 0xC0:
            return at + 2
        at += size + 1
    raise ValueError("a name that does not end")
