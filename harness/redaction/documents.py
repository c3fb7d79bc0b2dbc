"""JSON values, by the names of their keys and by what their strings look like."""

from __future__ import annotations

import json
from typing import Any, cast

from harness.redaction.names import Names, Treatment
from harness.redaction.pseudonym import Pseudonyms
from harness.redaction.texts import DROPPED, free_text

_DEEPEST = 40
_LONGEST_STRING = 4096
_SECONDS = range(946_684_800, 4_102_444_800)  # 2000 … 2100 as Unix time


def redact_json(
    value: object,
    names: Names,
    pseudonyms: Pseudonyms,
    *,
    name: str = "",
    secret: bool = False,
    depth: int = 0,
) -> object:
    """The same shape: secrets dropped, identifiers tagged, everything else kept.

    `name` is the key that the value stands under; below a secret name all is secret.
    """
    if depth > _DEEPEST:
        return DROPPED
    treatment = Treatment.DROP if secret else names.treatment(name)
    below = treatment is Treatment.DROP
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value)
        return {
            free_text(key, pseudonyms): redact_json(
                item, names, pseudonyms, name=key, secret=below, depth=depth + 1
            )
            for key, item in pairs.items()
        }
    if isinstance(value, list):
        items = cast("list[Any]", value)
        return [
            redact_json(item, names, pseudonyms, name=name, secret=below, depth=depth + 1)
            for item in items
        ]
    return _leaf(value, treatment, names, pseudonyms, depth)


def _leaf(
    value: object, treatment: Treatment, names: Names, pseudonyms: Pseudonyms, depth: int
) -> object:
    if value is None or isinstance(value, bool) or value == "":
        return value
    if treatment is Treatment.DROP:
        return DROPPED
    if treatment is Treatment.PSEUDONYM:
        return pseudonyms.tag(str(value))
    if isinstance(value, int):
        return value if _harmless(value) else pseudonyms.tag(str(value))
    if isinstance(value, str):
        return _string(value, names, pseudonyms, depth)
    return value


def _harmless(value: int) -> bool:
    """Counts and moments; a longer number is an identifier or a phone number."""
    return (
        abs(value) < 10**9
        or value in _SECONDS
        or value // 1000 in _SECONDS
        or value // 1_000_000 in _SECONDS
    )


def _string(value: str, names: Names, pseudonyms: Pseudonyms, depth: int) -> str:
    if value[0] in "{[" and value[-1] in "}]":
        try:
            inner = json.loads(value)
        except ValueError:
            pass
        else:
            clean = redact_json(inner, names, pseudonyms, depth=depth + 1)
            return json.dumps(clean, ensure_ascii=False, separators=(",", ":"))
    if value.isdigit():
        return value if _harmless(int(value[:40])) else pseudonyms.tag(value)
    return free_text(value[:_LONGEST_STRING], pseudonyms)
