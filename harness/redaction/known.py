"""Takes known secret values of this run out of a text, in every form an app sends them.

TikTok sends user name and password with each byte XOR 5, in hex (szdc/tiktok-api);
others use URL encoding, base64 or hex.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, quote_plus

SECRET = "<secret>"  # noqa: S105 - the mark that stands for a secret, not one
SHORTEST = 3
"""Characters; a shorter value would be found everywhere and is left to the field names."""


def _base64_forms(data: bytes) -> Iterable[str]:
    """The characters of base64 that only depend on `data`, at each of 3 alignments."""
    if len(data) < 5:
        return
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + data).decode().rstrip("=")
        first = -(-shift * 8 // 6)  # the first characters mix with what stands before
        last = (shift + len(data)) * 8 // 6
        core = encoded[first:last]
        yield core
        yield core.replace("+", "-").replace("/", "_")


def forms(secret: str) -> set[str]:
    """How the value may be written."""
    if len(secret) < SHORTEST:
        return set()
    data = secret.encode()
    found = {
        secret,
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
        "".join(f"%{byte:02X}" for byte in data),
        html.escape(secret),
        json.dumps(secret)[1:-1],
        data.hex(),
        bytes(byte ^ 5 for byte in data).hex(),
    }
    found.update(_base64_forms(data))
    return found


@lru_cache(maxsize=64)
def _pattern(secrets: tuple[str, ...]) -> tuple[re.Pattern[str] | None, tuple[str, ...]]:
    """The pattern that finds every form, and the forms in lower case for a quick look."""
    every = {form for secret in secrets for form in forms(secret)}
    if not every:
        return None, ()
    # Longest first: a value inside a longer one must not leave the rest of it behind.
    ordered = sorted(every, key=lambda form: (-len(form), form))
    pattern = re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE)
    return pattern, tuple({form.lower() for form in ordered})


def redact_texts(text: str, secrets: Iterable[str]) -> str:
    """`text` with `<secret>` in place of each known value, plain or encoded."""
    pattern, forms_low = _pattern(tuple(secrets))
    low = text.lower()
    # Most texts hold none, and looking for plain strings is many times as quick.
    for form in forms_low:
        if form in low:
            return text if pattern is None else pattern.sub(SECRET, text)
    return text
