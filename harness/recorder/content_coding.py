"""Undoes a body's content-encoding, strictly and with a limit.

mitmproxy's own decoders forgive a cut gzip stream, which Android's does not, and know
no limit, so that a small hostile body could fill the memory.
"""

from __future__ import annotations

import io
import zlib
from importlib import import_module
from typing import Any

MOST = 16 * 1024 * 1024
"""Bytes of a decoded body; what grows beyond is not decoded."""
KNOWN = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd", "identity", ""})
"""Codings that can be undone. TikTok's ttzip is zstd with a dictionary that nobody has."""


class CutBodyError(ValueError):
    """The coded body is damaged or ends too early."""


class TooLargeError(ValueError):
    """The decoded body would be larger than MOST."""


def decode(raw: bytes, coding: str) -> bytes:
    """The body without its coding (one of KNOWN). Raises CutBodyError or TooLargeError."""
    if coding in ("", "identity") or not raw:
        return raw
    try:
        if coding == "br":
            return _brotli(raw)
        if coding == "zstd":
            return _zstd(raw)
        return _deflated(raw, raw_allowed=coding == "deflate")
    except zlib.error as error:
        raise CutBodyError(str(error)) from error


def _deflated(raw: bytes, *, raw_allowed: bool) -> bytes:
    try:
        return _inflate(raw, 47)  # gzip or zlib, told by the head
    except zlib.error:
        if not raw_allowed:
            raise
        return _inflate(raw, -15)  # some servers send deflate without its head


def _inflate(raw: bytes, window: int) -> bytes:
    stream = zlib.decompressobj(window)
    data = stream.decompress(raw, MOST)
    if stream.unconsumed_tail:
        raise TooLargeError(f"more than {MOST} bytes")
    if not stream.eof:
        raise CutBodyError("the compressed stream has no end")
    return data


def _brotli(raw: bytes) -> bytes:
    brotli: Any = import_module("brotli")
    stream = brotli.Decompressor()
    try:
        data: bytes = stream.process(raw, output_buffer_limit=MOST)
    except brotli.error as error:
        raise CutBodyError(str(error)) from error
    if len(data) > MOST or (len(data) == MOST and not stream.is_finished()):
        raise TooLargeError(f"more than {MOST} bytes")
    if not stream.is_finished():
        raise CutBodyError("the compressed stream has no end")
    return data


def _zstd(raw: bytes) -> bytes:
    zstandard: Any = import_module("zstandard")
    reader = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(raw), read_across_frames=True)
    try:
        data: bytes = reader.read(MOST + 1)
    except zstandard.ZstdError as error:
        raise CutBodyError(str(error)) from error
    if len(data) > MOST:
        raise TooLargeError(f"more than {MOST} bytes")
    return data
