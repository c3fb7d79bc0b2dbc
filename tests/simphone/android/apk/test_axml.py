import struct

import pytest

from harness.simphone.android.apk.axml import UTF8_FLAG, AxmlError, Element, parse
from harness.simphone.android.apk.axml_writer import write

TREE = Element(
    "manifest",
    {"package": "com.x", "versionCode": 7, "versionName": "1.é"},
    [Element("application", {"debuggable": True, "label": "Ünï"}), Element("uses-sdk")],
)


def test_what_was_written_is_read_again() -> None:
    assert parse(write(TREE)) == TREE


@pytest.mark.parametrize("data", [b"", b"<manifest/>", b"\x03\0\x08\0\xff\0\0\0"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(AxmlError):
        parse(data)


def test_a_cut_file_is_refused() -> None:
    data = write(TREE)
    with pytest.raises(AxmlError):
        parse(data[: len(data) // 3])


def test_values_are_read_as_asked() -> None:
    element = Element("x", {"a": "5", "b": 6, "c": "true", "d": "@7f000001"})
    assert (element.number("a"), element.number("b"), element.number("d", 3)) == (5, 6, 3)
    assert element.flag("c")
    assert not element.flag("missing")
    assert element.text("b") == "6"


@pytest.mark.parametrize("text", ["short", "Ünï", "long " * 60])
def test_utf8_pools_are_read_too(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("harness.simphone.android.apk.axml_writer.string_pool", _utf8_pool)
    tree = Element("manifest", {"package": text})
    assert parse(write(tree)) == tree


def _utf8_pool(texts: list[str]) -> bytes:
    data, offsets = bytearray(), list[int]()
    for text in texts:
        offsets.append(len(data))
        data += _length(len(text)) + _length(len(text.encode())) + text.encode() + b"\0"
    data += b"\0" * (-len(data) % 4)
    start = 28 + 4 * len(offsets)
    head = struct.pack("<HHI", 1, 28, start + len(data))
    sizes = struct.pack("<5I", len(texts), 0, UTF8_FLAG, start, 0)
    return head + sizes + struct.pack(f"<{len(offsets)}I", *offsets) + bytes(data)


def _length(number: int) -> bytes:
    return bytes([number]) if number < 0x80 else bytes([0x80 | number >> 8, number & 0xFF])
