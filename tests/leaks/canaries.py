"""Values that must never be written down, in every form in which they might be."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

SHORTEST = 6
"""Characters; a shorter value is found by chance."""


@dataclass(frozen=True, slots=True)
class Canary:
    """A planted secret; `name` is what a report may say of it."""

    name: str
    value: str

    def __post_init__(self) -> None:
        if len(self.value) < SHORTEST:
            raise ValueError(f"{self.name}: a canary needs {SHORTEST} characters or more")


def encodings(value: str) -> dict[str, bytes]:
    """Name of the form → its bytes, all in lower case."""
    data = value.encode()
    found = {
        "plain": data,
        "UTF-16": value.encode("utf-16-le"),
        "URL": quote(value, safe="").encode(),
        "URL form": quote_plus(value).encode(),
        "URL, every byte": "".join(f"%{byte:02X}" for byte in data).encode(),
        "HTML": html.escape(value).encode(),
        "JSON": json.dumps(value)[1:-1].encode(),
        "hex": data.hex().encode(),
        "XOR 5": bytes(byte ^ 5 for byte in data),
        "XOR 5 in hex": bytes(byte ^ 5 for byte in data).hex().encode(),
        "reversed": data[::-1],
    }
    found |= dict(_base64(data))
    return {name: form.lower() for name, form in found.items()}


def _base64(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The characters that depend on `data` alone, wherever it lies in a longer text."""
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + data + b"\0\0")
        core = whole[-(-shift * 8 // 6) : (shift + len(data)) * 8 // 6]
        yield f"base64 at {shift}", core
        yield f"base64url at {shift}", core.replace(b"+", b"-").replace(b"/", b"_")
