"""mitmproxy's file format (tnetstrings) at half its cost.

The states of the two connections make up most of a flow and are the same for all flows
of a connection: they are encoded once and put in as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast


class Encoded(bytes):
    """A value that is encoded already."""


def encode(value: object) -> bytes:
    """As mitmproxy.io.tnetstring.dumps; raises TypeError for what that cannot store."""
    if isinstance(value, Encoded):
        return value
    encoder = _BY_TYPE.get(type(value))
    if encoder is None:
        raise TypeError(f"a flow holds no {type(value).__name__}")
    return encoder(value)


def _sized(data: bytes, kind: bytes) -> bytes:
    return b"%d:%b%b" % (len(data), data, kind)


def _list(value: Any) -> bytes:  # noqa: ANN401 - any list
    return _sized(b"".join(map(encode, cast("Iterable[object]", value))), b"]")


def _dict(value: Any) -> bytes:  # noqa: ANN401 - any dict
    items = cast("Mapping[object, object]", value).items()
    return _sized(b"".join(encode(part) for item in items for part in item), b"}")


_BY_TYPE: dict[type, Callable[[Any], bytes]] = {
    type(None): lambda _: b"0:~",
    bool: lambda value: b"4:true!" if value else b"5:false!",
    int: lambda value: _sized(b"%d" % value, b"#"),
    float: lambda value: _sized(repr(value).encode(), b"^"),
    bytes: lambda value: _sized(value, b","),
    str: lambda value: _sized(value.encode(), b";"),
    list: _list,
    tuple: _list,
    dict: _dict,
}
