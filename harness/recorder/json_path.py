"""Reads values of a JSON document by the dotted paths that app profiles use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

MISSING: Final = object()
"""Returned where a path leads nowhere; null is a value."""


def look_up(document: object, path: str) -> object:
    """The value at "a.b.0.c" (a number is an index of a list), or MISSING."""
    value = document
    for part in path.split("."):
        if isinstance(value, dict):
            value = cast("dict[str, Any]", value).get(part, MISSING)
        elif isinstance(value, list) and part.isdigit():
            items = cast("list[Any]", value)
            value = items[int(part)] if int(part) < len(items) else MISSING
        else:
            return MISSING
        if value is MISSING:
            return MISSING
    return value


def first(document: object, paths: Iterable[str]) -> object:
    """The value at the first path that exists, or MISSING."""
    for path in paths:
        value = look_up(document, path)
        if value is not MISSING:
            return value
    return MISSING


def as_int(value: object) -> int | None:
    """Whole numbers, also written as text; None for anything else."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.strip().lstrip("-").isdigit():
        return int(value)
    return None


def as_value(value: object) -> int | str | None:
    """For comparison: lists count by their length, objects by being there."""
    if value is None or value is MISSING:
        return None
    if isinstance(value, list):
        return len(cast("list[Any]", value))
    if isinstance(value, dict):
        return len(cast("dict[str, Any]", value))
    if isinstance(value, str):
        return value[:200]
    number = as_int(value)
    return number if number is not None else str(value)
