"""Bodies of requests and answers as they may be kept."""

from __future__ import annotations

import hashlib
import json
import re

from harness.redaction.addresses import redact_pairs
from harness.redaction.documents import compact, redact_json
from harness.redaction.names import Names
from harness.redaction.pseudonym import Pseudonyms
from harness.redaction.texts import DROPPED, free_text

LARGEST = 512 * 1024
"""Bytes; a larger body is kept by size and hash only."""

_PART_NAME = re.compile(r'name="?([^";\r\n]*)"?', re.IGNORECASE)


def redact_body(data: bytes, content_type: str, names: Names, pseudonyms: Pseudonyms) -> bytes:
    """The body without secrets; what cannot be read as text by size and keyed hash.

    `data` is decoded already (no content-encoding).
    """
    if not data:
        return b""
    kind = content_type.partition(";")[0].strip().lower()
    if len(data) > LARGEST:
        return _stand_in(data, pseudonyms)
    if kind == "application/x-www-form-urlencoded":
        return redact_pairs(data.decode("utf-8", "replace"), names, pseudonyms).encode()
    if kind == "multipart/form-data":
        return _multipart(data, content_type, pseudonyms)
    if kind.endswith(("json", "javascript")) or data[:1] in (b"{", b"["):
        clean = _json(data, names, pseudonyms)
        if clean is not None:
            return clean
    if kind.startswith("text/") or kind.endswith(("json", "xml")):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return _stand_in(data, pseudonyms)
        return free_text(text, pseudonyms).encode()
    return _stand_in(data, pseudonyms)


def _json(data: bytes, names: Names, pseudonyms: Pseudonyms) -> bytes | None:
    try:
        value: object = json.loads(data)
    except (ValueError, RecursionError):
        return None
    clean = redact_json(value, names, pseudonyms)
    text = compact(clean)
    return text.encode("utf-8", "replace")  # a lone surrogate is no text


def _multipart(data: bytes, content_type: str, pseudonyms: Pseudonyms) -> bytes:
    """Names and sizes of the parts; no part's content is kept."""
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if found is None:
        return _stand_in(data, pseudonyms)
    boundary = b"--" + found[1].encode()
    lines: list[bytes] = []
    for part in data.split(boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = _PART_NAME.search(head.decode("utf-8", "replace"))
        label = name[1] if name else "?"
        lines.append(
            b'%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s (%d bytes)\r\n'
            % (boundary, label.encode(), DROPPED.encode(), max(len(content) - 2, 0))
        )
    return b"".join(lines) + boundary + b"--\r\n"


def _stand_in(data: bytes, pseudonyms: Pseudonyms) -> bytes:
    # A keyed hash: a plain one of a short body could be found by trying all bodies.
    digest = pseudonyms.tag(hashlib.sha256(data).digest())
    return f"[body of {len(data)} bytes, {digest}]".encode()
