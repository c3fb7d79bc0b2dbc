"""JSON as it is found on the wire."""

from __future__ import annotations

import json

import pytest

from harness.recorder.json_text import read_json

DOCUMENT = {"name": "Zoë", "items": [1, 2]}
TEXT = json.dumps(DOCUMENT, ensure_ascii=False)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        b")]}'\n" + TEXT.encode(),
        b")]}',\n" + TEXT.encode(),
        b"while(1);" + TEXT.encode(),
        b"for(;;);" + TEXT.encode(),
    ],
)
def test_one_document(data: bytes) -> None:
    assert read_json(data) == DOCUMENT


@pytest.mark.parametrize(
    "data", [b'{"a":1}\n{"a":2}\n', b'{"a":1}\r\n\r\n{"a":2}', b'\x1e{"a":1}\n\x1e{"a":2}\n']
)
def test_one_document_a_line(data: bytes) -> None:
    assert read_json(data) == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1',
        b'{"a":1}\n{"a":',
        b"<html>",
        b"not json",
        b"oops\n1\n",
        b")]}'",
        b"\xff\xfe{",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"a": 1} {"b": 2}',
    ],
)
def test_what_is_none(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_json(data)
