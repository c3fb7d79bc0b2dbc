"""`shared_prefs/*.xml`: Android's own format for settings of an app."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

Value = str | bool | int

HEAD = b"<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n"


def write_preferences(values: Mapping[str, Value]) -> bytes:
    """The file; texts, truth values and whole numbers keep their type."""
    root = ET.Element("map")
    for key, value in values.items():
        if isinstance(value, bool):
            ET.SubElement(root, "boolean", name=key, value="true" if value else "false")
        elif isinstance(value, int):
            ET.SubElement(root, "long", name=key, value=str(value))
        else:
            ET.SubElement(root, "string", name=key).text = value
    ET.indent(root, "    ")
    return HEAD + ET.tostring(root) + b"\n"


def read_preferences(data: bytes) -> dict[str, Value]:
    """The values by key; none for what is no such file."""
    try:
        root = ET.fromstring(data)  # noqa: S314 - the app's own file
    except ET.ParseError:
        return {}
    found: dict[str, Value] = {}
    for item in root:
        key, value = str(item.get("name")), item.get("value", "")
        if item.tag == "string":
            found[key] = item.text or ""
        elif item.tag == "boolean":
            found[key] = value == "true"
        elif item.tag in ("int", "long") and value.lstrip("-").isdigit():
            found[key] = int(value)
    return found
