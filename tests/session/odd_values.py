"""Recordings that are whole, with values in them that no tool writes."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from tests.session.old_dumps import tnetstring

IN_JSON: tuple[Any, ...] = (
    float("inf"), float("nan"), -1, 0, 1e308, 10**400, "", None, [], {}, True, "x" * 5000,
    "\ud800", [[]], {"a": 1}, 2**63, "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00",
)  # fmt: skip
IN_DUMP: tuple[Any, ...] = (
    float("inf"), float("nan"), -1, 0, 1e308, -1e308, 10**40, "", None, [], {}, True, b"",
    b"\xff\xfe", "x" * 300, b"x y", "\u2028", "http://[", 70_000, 2**63, [b"x"], {"a": 1}, 1000,
    [[b"a", b"b"], [b"", b""]],
)  # fmt: skip
Place = tuple[str | int, ...]


def with_an_odd_value(data: bytes, chance: random.Random) -> bytes:
    """A HAR or a row of flows with one value changed; anything else as it is."""
    try:
        if data[:1].isdigit():
            flow, rest = tnetstring.pop(memoryview(data))
            return tnetstring.dumps(_changed(flow, IN_DUMP, chance)) + bytes(rest)
        document = json.loads(data.decode("utf-8-sig"))
        return json.dumps(_changed(document, IN_JSON, chance)).encode()
    except (ValueError, TypeError, RecursionError):
        return data  # broken before


def _changed(whole: Any, odd: tuple[Any, ...], chance: random.Random) -> Any:
    place = chance.choice(list(_places(whole)) or [()])
    return _put(whole, place, chance.choice(odd))


def _places(value: Any, place: Place = ()) -> Iterator[Place]:
    if place:
        yield place
    parts: Any = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    for name, part in parts:
        yield from _places(part, (*place, name))


def _put(value: Any, place: Place, new: Any) -> Any:
    if not place:
        return new
    value[place[0]] = _put(value[place[0]], place[1:], new)
    return value
