"""mitmproxy's file format (tnetstrings) at half its cost.

The states of the two connections make up most of a flow and are the same for all flows
of a connection: they are encoded once and put in as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, cast


class Encoded(bytes):
    """A value that is encoded already."""


def encode(value: object) -> bytes:
    """As mitmproxy.io.tnetstring.dumps; raises TypeError for what that cannot store."""
    encoder = _BY_TYPE.get(type(value))
    if encoder is None:
        raise TypeError(f"a flow holds no {type(value).__name__}")
    return encoder(value)


def _list(value: Any) -> bytes:  # noqa: ANN401 - any list
    data = b"".join([encode(item) for item in cast("Iterable[object]", value)])
    return b"%d:%b]" % (len(data), data)


def _dict(value: Any) -> bytes:  # noqa: ANN401 - any dict
    pieces: list[bytes] = []
    for key, item in cast("Mapping[object, object]", value).items():
        pieces += (_name(key), encode(item))
    data = b"".join(pieces)
    return b"%d:%b}" % (len(data), data)


def _text(value: str) -> bytes:
    data = value.encode()
    return b"%d:%b;" % (len(data), data)


_name = lru_cache(maxsize=512, typed=True)(encode)
"""Of a value in a dict: the same few for all flows."""


def _bytes(value: bytes) -> bytes:
    return b"%d:%b," % (len(value), value)


def _number(data: bytes, kind: bytes) -> bytes:
    return b"%d:%b%b" % (len(data), data, kind)


_BY_TYPE: dict[type, Callable[[Any], bytes]] = {
    Encoded: lambda value: value,
    type(None): lambda _: b"0:~",
    bool: lambda value: b"4:true!" if value else b"5:false!",
    int: lambda value: _number(b"%d" % value, b"#"),
    float: lambda value: _number(repr(value).encode(), b"^"),
    bytes: _bytes,
    str: _text,
    list: _list,
    tuple: _list,
    dict: _dict,
}
