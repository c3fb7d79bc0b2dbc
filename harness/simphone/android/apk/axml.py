"""Reads binary XML (AXML), the form of AndroidManifest.xml inside an APK.

Layout after AOSP's ResourceTypes.h: a file header, a string pool (UTF-8 or
UTF-16), a map from attribute names to resource ids, then element chunks.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

STRING_POOL, RESOURCE_MAP, XML = 0x0001, 0x0180, 0x0003
START_ELEMENT, END_ELEMENT = 0x0102, 0x0103
UTF8_FLAG = 0x100
NO_STRING = 0xFFFFFFFF
TYPE_REFERENCE, TYPE_STRING, TYPE_INT_HEX, TYPE_BOOL = 0x01, 0x03, 0x11, 0x12

RESOURCE_IDS = {  # of android.R.attr; obfuscated APKs leave the names out
    0x01010001: "label",
    0x01010003: "name",
    0x01010010: "exported",
    0x0101000F: "debuggable",
    0x01010018: "authorities",
    0x01010021: "targetPackage",
    0x01010027: "scheme",
    0x01010028: "host",
    0x0101020C: "minSdkVersion",
    0x0101021B: "versionCode",
    0x0101021C: "versionName",
    0x01010270: "targetSdkVersion",
    0x01010272: "testOnly",
    0x01010280: "allowBackup",
}

Value = str | int | bool


class AxmlError(ValueError):
    """The bytes are not binary XML, or are cut off."""


@dataclass(slots=True)
class Element:
    """One XML element. References to resources are texts like `@7f0e0012`."""

    tag: str
    attributes: dict[str, Value] = field(default_factory=dict[str, Value])
    children: list[Element] = field(default_factory=list["Element"])

    def all(self, tag: str) -> list[Element]:
        return [child for child in self.children if child.tag == tag]

    def text(self, name: str, default: str = "") -> str:
        value = self.attributes.get(name, default)
        return value if isinstance(value, str) else str(value)

    def number(self, name: str, default: int = 0) -> int:
        value = self.attributes.get(name, default)
        try:
            return int(value)
        except ValueError:
            return default

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.attributes.get(name, default)
        return value == "true" if isinstance(value, str) else bool(value)


def parse(data: bytes) -> Element:
    """The root element; raises AxmlError."""
    try:
        return _parse(data)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise AxmlError(f"binary XML is damaged: {error}") from error


def _parse(data: bytes) -> Element:
    if len(data) < 8 or struct.unpack_from("<H", data)[0] != XML:
        raise AxmlError("not binary XML")
    strings: list[str] = []
    ids: list[int] = []
    root: Element | None = None
    stack: list[Element] = []
    for kind, offset, size in _chunks(data):
        if kind == STRING_POOL:
            strings = _strings(data, offset)
        elif kind == RESOURCE_MAP:
            ids = list(struct.unpack_from(f"<{(size - 8) // 4}I", data, offset + 8))
        elif kind == START_ELEMENT:
            element = _element(data, offset, strings, ids)
            if stack:
                stack[-1].children.append(element)
            root = root or element
            stack.append(element)
        elif kind == END_ELEMENT:
            stack.pop()
    if root is None:
        raise AxmlError("binary XML holds no element")
    return root


def _chunks(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(type, offset, size) of each chunk after the file header."""
    offset = 8
    while offset + 8 <= len(data):
        kind, _, size = struct.unpack_from("<HHI", data, offset)
        if size < 8:
            raise AxmlError(f"chunk of {size} bytes at {offset}")
        yield kind, offset, size
        offset += size


def _strings(data: bytes, offset: int) -> list[str]:
    count, _, flags, start, _ = struct.unpack_from("<5I", data, offset + 8)
    offsets = struct.unpack_from(f"<{count}I", data, offset + 28)
    base = offset + start
    read = _utf8 if flags & UTF8_FLAG else _utf16
    return [read(data, base + position) for position in offsets]


def _utf16(data: bytes, at: int) -> str:
    length = struct.unpack_from("<H", data, at)[0]
    at += 2
    if length & 0x8000:
        length = (length & 0x7FFF) << 16 | struct.unpack_from("<H", data, at)[0]
        at += 2
    return data[at : at + 2 * length].decode("utf-16-le", "surrogatepass")


def _utf8(data: bytes, at: int) -> str:
    _, at = _short(data, at)  # length in characters, not needed
    length, at = _short(data, at)
    return data[at : at + length].decode("utf-8", "surrogatepass")


def _short(data: bytes, at: int) -> tuple[int, int]:
    value = data[at]
    if value & 0x80:
        return (value & 0x7F) << 8 | data[at + 1], at + 2
    return value, at + 1


def _element(data: bytes, offset: int, strings: list[str], ids: list[int]) -> Element:
    header = struct.unpack_from("<H", data, offset + 2)[0]
    body = offset + header
    _, name, first, size, count = struct.unpack_from("<IIHHH", data, body)
    element = Element(strings[name])
    for index in range(count):
        at = body + first + index * size
        _, key, raw, _, _, kind, value = struct.unpack_from("<IIIHBBI", data, at)
        label = strings[key]
        if key < len(ids):
            label = RESOURCE_IDS.get(ids[key], label)
        element.attributes[label] = _value(kind, value, raw, strings)
    return element


def _value(kind: int, value: int, raw: int, strings: list[str]) -> Value:
    if kind == TYPE_STRING:
        return strings[value]
    if kind == TYPE_BOOL:
        return value != 0
    if kind == TYPE_REFERENCE:
        return f"@{value:08x}"
    if 0x10 <= kind <= 0x1F:
        signed = kind != TYPE_INT_HEX and value >= 0x80000000
        return value - 0x100000000 if signed else value
    return strings[raw] if raw != NO_STRING else ""
