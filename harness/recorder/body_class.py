"""What kind of body an answer has, and whether it can be read at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from harness.recorder import content_coding
from harness.recorder.json_text import read_json

_BODILESS = frozenset({204, 205, 304})
_TEXT_ENDS = ("xml", "javascript", "x-www-form-urlencoded", "x-ndjson", "graphql", "csv")
_JSON_ENDS = ("json", "jsonl", "jsonlines", "json-seq")
_LARGEST_JSON: Final = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it was understood. `kind` is one of Exchange.body's words."""

    kind: str
    decoded: bytes | None = None  # without content-encoding; None = not decodable
    document: object = None  # parsed JSON


def read_body(
    raw: bytes | None,
    *,
    status: int,
    method: str,
    content_type: str,
    content_encoding: str,
) -> Body:
    """`raw` as it was on the wire; None = it was not kept."""
    if raw is None or method == "HEAD" or status < 200 or status in _BODILESS:
        return Body("none")
    if not raw:
        return Body("empty", b"")
    coding = content_encoding.strip().lower()
    kind = content_type.partition(";")[0].strip().lower()
    if coding not in content_coding.KNOWN:
        return Body("undecodable")
    try:
        decoded = content_coding.decode(raw, coding)
    except content_coding.CutBodyError:
        return Body("malformed")
    except content_coding.TooLargeError:
        return Body("undecodable")
    if not decoded:
        return Body("empty", b"")
    return _by_content(decoded, kind)


def _by_content(data: bytes, kind: str) -> Body:
    start = data[:64].lstrip().lower()
    if "protobuf" in kind or kind.startswith("application/grpc"):
        return Body("protobuf", data)
    if start.startswith((b"<!doctype html", b"<html")) or kind == "text/html":
        return Body("html", data)
    says_json = kind.endswith(_JSON_ENDS)
    if (says_json or start[:1] in (b"{", b"[")) and len(data) <= _LARGEST_JSON:
        try:
            return Body("json", data, read_json(data))
        except ValueError:
            if says_json:
                return Body("malformed", data)
    if says_json and start.startswith(b"<"):
        return Body("html", data)
    if kind.startswith("text/") or kind.endswith(_TEXT_ENDS):
        return Body("text", data)
    if not kind and _is_text(data[:512]):
        return Body("text", data)
    return Body("binary", data)


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(data) - 4 and b"\0" not in data
    return b"\0" not in data
