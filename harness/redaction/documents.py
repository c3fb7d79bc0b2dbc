"""JSON values, by the names of their keys and by what their strings look like."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, cast

from harness.redaction.names import Names, Treatment
from harness.redaction.pseudonym import Pseudonyms
from harness.redaction.texts import DROPPED, free_text

_DEEPEST = 40
_LONGEST_STRING = 4096
_LONGEST_REPEATED = 64
"""Characters of a key; what is longer is not remembered."""
_SECONDS = range(946_684_800, 4_102_444_800)  # 2000 … 2100 as Unix time

compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON without blanks; made once, because making it takes as long as a small document."""


def redact_json(value: object, names: Names, pseudonyms: Pseudonyms) -> object:
    """The same shape: secrets dropped, identifiers tagged, everything else kept.

    A value is treated by the key that it stands under; below a secret name all is secret.
    """
    return _clean(value, names, pseudonyms, "", 0, secret=False)


def _clean(
    value: object, names: Names, pseudonyms: Pseudonyms, name: str, depth: int, *, secret: bool
) -> object:
    if depth > _DEEPEST:
        return DROPPED
    treatment = Treatment.DROP if secret else names.treatment(name)
    below = treatment is Treatment.DROP
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value)
        return {
            _key(key, pseudonyms) if len(key) <= _LONGEST_REPEATED else free_text(key, pseudonyms):
            _clean(item, names, pseudonyms, key, depth + 1, secret=below)
            for key, item in pairs.items()
        }  # fmt: skip
    if isinstance(value, list):
        items = cast("list[Any]", value)
        return [_clean(item, names, pseudonyms, name, depth + 1, secret=below) for item in items]
    if value is None or value == "" or isinstance(value, bool):
        return value
    if below:
        return DROPPED
    if treatment is Treatment.PSEUDONYM:
        return pseudonyms.tag(str(value))
    if isinstance(value, str):
        return _string(value, names, pseudonyms, depth)
    if isinstance(value, int):
        return value if _harmless(value) else pseudonyms.tag(str(value))
    return value


_key = lru_cache(maxsize=1024)(free_text)
"""The same few hundred keys stand in all answers of a service."""


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
            clean = _clean(inner, names, pseudonyms, "", depth + 1, secret=False)
            return compact(clean)
    if value.isdigit():
        return value if _harmless(int(value[:40])) else pseudonyms.tag(value)
    return free_text(value[:_LONGEST_STRING], pseudonyms)
