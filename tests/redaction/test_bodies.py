"""Bodies by content type."""

import json

import pytest

from harness.redaction.bodies import LARGEST, redact_body
from harness.redaction.names import Names
from harness.redaction.pseudonym import Pseudonyms

TAGS = Pseudonyms(b"k" * 32)
NAMES = Names()


def body(data: bytes, kind: str) -> bytes:
    return redact_body(data, kind, NAMES, TAGS)


@pytest.mark.parametrize(
    ("data", "kind", "clean"),
    [
        (b"", "application/json", b""),
        (b'{"password":"x","n":1}', "application/json", b'{"password":"<dropped>","n":1}'),
        (b'{"password":"x"}', "text/plain", b'{"password":"<dropped>"}'),
        (b"password=x&n=1", "application/x-www-form-urlencoded", b"password=<dropped>&n=<dropped>"),
        (b"<h1>Down for maintenance</h1>", "text/html", b"<h1>Down for maintenance</h1>"),
        (b"not json password=abc", "application/json", b"not json password=<dropped>"),
    ],
)
def test_texts(data: bytes, kind: str, clean: bytes) -> None:
    assert body(data, kind) == clean


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x08\x96\x01secret", "application/x-protobuf"),
        (b"\xff\xfe secret", "text/plain"),
        (b'{"a":"secret ' + b"x" * LARGEST + b'"}', "application/json"),
        (b"secret", "multipart/form-data"),
    ],
)
def test_the_unreadable_and_the_huge_are_size_and_hash(data: bytes, kind: str) -> None:
    clean = body(data, kind)
    assert clean.startswith(b"[body of %d bytes, ~" % len(data))
    assert b"secret" not in clean
    assert body(data, kind) == clean, "the same body has the same hash"


def test_numbers_beyond_64_bits_and_lone_surrogates_survive() -> None:
    clean = json.loads(body(b'{"x":1e400,"y":"\\ud83d"}', "application/json"))
    assert set(clean) == {"x", "y"}


def test_parts_are_named_and_measured() -> None:
    data = (
        b'--B\r\nContent-Disposition: form-data; name="avatar"; filename="anna.png"\r\n\r\n'
        b"12345\r\n--B--\r\n"
    )
    clean = body(data, 'multipart/form-data; boundary="B"')
    assert b'name="avatar"' in clean
    assert b"5 bytes" in clean
    assert b"12345" not in clean
    assert b"anna.png" not in clean
