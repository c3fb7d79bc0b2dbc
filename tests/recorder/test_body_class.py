"""Kinds of bodies."""

import gzip

import pytest

from harness.recorder.body_class import read_body

JSON = "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("raw", "kind", "coding", "is_"),
    [
        (b'{"a":1}', JSON, "", "json"),
        (b'  [{"a":1}]', "text/plain", "", "json"),
        (gzip.compress(b'{"a":1}', mtime=0), JSON, "gzip", "json"),
        (b"", JSON, "", "empty"),
        (gzip.compress(b"", mtime=0), JSON, "gzip", "empty"),
        (b'{"a":', JSON, "", "malformed"),
        (b"sorry", JSON, "", "malformed"),
        (gzip.compress(b'{"a":1}', mtime=0)[:-9], JSON, "gzip", "malformed"),
        (b"\x28\xb5\x2f\xfd", JSON, "ttzip", "undecodable"),
        (b"<!DOCTYPE html><p>maintenance", JSON, "", "html"),
        (b"<p>x", "text/html", "", "html"),
        (b"<error/>", "application/problem+json", "", "malformed"),
        (b"{broken", "text/plain", "", "text"),
        (b"hello", "", "", "text"),
        (b"a\x00b", "", "", "binary"),
        ("ü".encode() * 400 + b"\xc3", "", "", "text"),
        (b"\x89PNG", "image/png", "", "binary"),
        (b"\x08\x01", "application/x-protobuf", "", "protobuf"),
        (b"\x00\x00\x00", "application/grpc+proto", "", "protobuf"),
        (b"<a/>", "application/xml", "", "text"),
    ],
)
def test_kind(raw: bytes, kind: str, coding: str, is_: str) -> None:
    body = read_body(raw, status=200, method="GET", content_type=kind, content_encoding=coding)
    assert body.kind == is_


@pytest.mark.parametrize(
    ("raw", "status", "method"),
    [
        (None, 200, "GET"),
        (b"", 204, "GET"),
        (b"", 304, "GET"),
        (b"", 200, "HEAD"),
        (b"", 101, "GET"),
    ],
)
def test_no_body_is_due_or_kept(raw: bytes | None, status: int, method: str) -> None:
    body = read_body(raw, status=status, method=method, content_type=JSON, content_encoding="")
    assert body.kind == "none"


def test_the_document_comes_along() -> None:
    body = read_body(b'{"a":[1]}', status=200, method="GET", content_type=JSON, content_encoding="")
    assert body.document == {"a": [1]}
