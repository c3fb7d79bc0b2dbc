"""Bodies as a HAR keeps them: decoded text or base64, whole, cut by the tool, or left out."""

from __future__ import annotations

import base64
import binascii
from typing import Any, cast

from harness.recorder.body_class import Body, read_body


def body_of(answer: dict[str, Any], method: str) -> Body:
    """The answer's body. What the tool left out or cut is "none", never "malformed": that
    word is for what the origin sent."""
    found: object = answer.get("content")
    content = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    size, status = _whole(content.get("size")), _whole(answer.get("status"))
    raw = b"" if size == 0 else _raw(content)
    body = read_body(
        raw,
        status=status if status is not None else 200,
        method=method,
        content_type=str(content.get("mimeType") or ""),
        content_encoding="",  # a HAR holds the decoded text (HAR 1.2, "content")
    )
    cut = raw is not None and size is not None and size > len(raw)
    return Body("none") if cut and body.kind in {"malformed", "empty"} else body


def request_problem(request: dict[str, Any], status: int) -> str | None:
    """A body that calls itself JSON and is none; looked at where the origin refused it."""
    found: object = request.get("postData")
    data = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    raw = _raw(data)
    if not 400 <= status < 500 or not raw:
        return None
    body = read_body(
        raw,
        status=200,
        method="POST",
        content_type=str(data.get("mimeType") or ""),
        content_encoding="",
    )
    cut = (_whole(request.get("bodySize")) or 0) > len(raw)
    return "the request's body is no whole JSON" if body.kind == "malformed" and not cut else None


def _raw(part: dict[str, Any]) -> bytes | None:
    """None where no text is kept, or in an encoding that HAR does not know."""
    text, encoding = part.get("text"), part.get("encoding")
    if not isinstance(text, str):
        return None
    if not encoding:
        return text.encode("utf-8", "surrogatepass")
    if str(encoding).lower() != "base64":
        return None
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return None


def _whole(value: object) -> int | None:
    usable = isinstance(value, int | float) and not isinstance(value, bool)
    number = cast("float", value) if usable else -1
    return int(number) if 0 <= number < 2**53 else None
