"""Bodies pass as they come, with a bounded copy for reading.

mitmproxy holds a body until it is complete; then a truncated, dripping or endless one
reaches the app as a 502 or as silence, which is our doing and not the origin's. So
every answer is streamed, and what the recorder reads is a copy of limited size.
"""

from __future__ import annotations

from mitmproxy import http

LARGEST_COPY = 2 * 1024 * 1024
"""Bytes of one body that are kept for reading."""
LARGE_UPLOAD = 1024 * 1024
_COPY = "harness.body"
_MEDIA = ("image/", "video/", "audio/", "font/")
_ENDLESS = ("text/event-stream", "application/grpc", "multipart/x-mixed-replace")


class BodyCopy:
    """What mitmproxy calls for each piece of a streamed body; hands it on unchanged."""

    __slots__ = ("_kept", "_limit", "size")

    def __init__(self, limit: int = LARGEST_COPY) -> None:
        self.size = 0
        """Bytes seen so far."""
        self._limit = limit
        self._kept: bytearray | None = bytearray() if limit else None

    def __call__(self, chunk: bytes) -> bytes:
        self.size += len(chunk)
        if self._kept is not None:
            if self.size > self._limit:
                self._kept = None  # half a body tells nothing
            else:
                self._kept += chunk
        return chunk

    @property
    def data(self) -> bytes | None:
        """The body so far, or None where it is not kept."""
        return None if self._kept is None else bytes(self._kept)


def copy_of(flow: http.HTTPFlow) -> BodyCopy | None:
    """The copy of the flow's answer, if it was streamed."""
    found: object = flow.metadata.get(_COPY)
    return found if isinstance(found, BodyCopy) else None


def limit_for(content_type: str) -> int:
    """How much of a body of this kind is kept."""
    kind = content_type.strip().lower()
    return 0 if kind.startswith((*_MEDIA, *_ENDLESS, "application/octet-stream")) else LARGEST_COPY


class Streaming:
    """Turns streaming on for every answer and for large uploads."""

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        length = flow.request.headers.get("content-length", "")
        grpc = flow.request.headers.get("content-type", "").startswith("application/grpc")
        if grpc or (length.isdigit() and int(length) > LARGE_UPLOAD):
            flow.request.stream = True

    def responseheaders(self, flow: http.HTTPFlow) -> None:
        response = flow.response
        if response is None or response.status_code == 101:
            return
        copy = BodyCopy(limit_for(response.headers.get("content-type", "")))
        flow.metadata[_COPY] = copy
        response.stream = copy
