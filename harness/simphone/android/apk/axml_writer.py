"""Writes binary XML that the real `aapt2` reads.

The string pool is UTF-16 and begins with the attribute names in the order of
the resource-id map; attributes are sorted by id, as the platform expects.
"""

from __future__ import annotations

import struct

from harness.simphone.android.apk.axml import (
    END_ELEMENT,
    NO_STRING,
    RESOURCE_IDS,
    RESOURCE_MAP,
    START_ELEMENT,
    STRING_POOL,
    XML,
    Element,
    Value,
)

ANDROID = "http://schemas.android.com/apk/res/android"
START_NAMESPACE, END_NAMESPACE = 0x0100, 0x0101
IDS_BY_NAME = {name: number for number, name in RESOURCE_IDS.items()}


def write(root: Element) -> bytes:
    """The bytes of an XML file with `root`; known names get Android's namespace."""
    names = sorted(_attribute_names(root), key=IDS_BY_NAME.__getitem__)
    pool = [*names, ANDROID, "android"]
    for text in _texts(root):
        if text not in pool:
            pool.append(text)
    strings = {text: index for index, text in enumerate(pool)}
    ids = struct.pack(f"<{len(names)}I", *(IDS_BY_NAME[name] for name in names))
    prefix, uri = strings["android"], strings[ANDROID]
    body = b"".join(
        [
            string_pool(pool),
            struct.pack("<HHI", RESOURCE_MAP, 8, 8 + len(ids)) + ids,
            _node(START_NAMESPACE, struct.pack("<II", prefix, uri)),
            _element(root, strings),
            _node(END_NAMESPACE, struct.pack("<II", prefix, uri)),
        ]
    )
    return struct.pack("<HHI", XML, 8, 8 + len(body)) + body


def string_pool(texts: list[str]) -> bytes:
    """A UTF-16 string pool chunk."""
    data, offsets = bytearray(), list[int]()
    for text in texts:
        encoded = text.encode("utf-16-le")
        offsets.append(len(data))
        data += struct.pack("<H", len(encoded) // 2) + encoded + b"\0\0"
    data += b"\0" * (-len(data) % 4)
    start = 28 + 4 * len(offsets)
    return (
        struct.pack("<HHI", STRING_POOL, 28, start + len(data))
        + struct.pack("<5I", len(texts), 0, 0, start if texts else 0, 0)
        + struct.pack(f"<{len(offsets)}I", *offsets)
        + bytes(data)
    )


def _attribute_names(element: Element) -> set[str]:
    names = {name for name in element.attributes if name in IDS_BY_NAME}
    return names.union(*(_attribute_names(child) for child in element.children))


def _texts(element: Element) -> list[str]:
    found = [element.tag]
    for name, value in element.attributes.items():
        if name not in IDS_BY_NAME:
            found.append(name)
        if isinstance(value, str):
            found.append(value)
    for child in element.children:
        found.extend(_texts(child))
    return found


def _element(element: Element, strings: dict[str, int]) -> bytes:
    order = sorted(element.attributes, key=lambda name: IDS_BY_NAME.get(name, 1 << 32))
    attributes = b"".join(_attribute(n, element.attributes[n], strings) for n in order)
    name = strings[element.tag]
    head = struct.pack("<IIHHHHHH", NO_STRING, name, 20, 20, len(order), 0, 0, 0)
    return (
        _node(START_ELEMENT, head + attributes)
        + b"".join(_element(child, strings) for child in element.children)
        + _node(END_ELEMENT, struct.pack("<II", NO_STRING, name))
    )


def _attribute(name: str, value: Value, strings: dict[str, int]) -> bytes:
    namespace = strings[ANDROID] if name in IDS_BY_NAME else NO_STRING
    if isinstance(value, bool):
        raw, kind, data = NO_STRING, 0x12, 0xFFFFFFFF if value else 0
    elif isinstance(value, int):
        raw, kind, data = NO_STRING, 0x10, value
    else:
        raw, kind, data = strings[value], 0x03, strings[value]
    return struct.pack("<IIIHBBI", namespace, strings[name], raw, 8, 0, kind, data)


def _node(kind: int, body: bytes) -> bytes:
    """A chunk of the tree: header of 16 bytes with line number and no comment."""
    return struct.pack("<HHIII", kind, 16, 16 + len(body), 1, NO_STRING) + body
