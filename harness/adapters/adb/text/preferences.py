"""shared_prefs/*.xml: Android's own format of an app's preferences."""

from __future__ import annotations

from xml.etree import ElementTree as ET


def read_preferences(data: bytes) -> dict[str, str]:
    """Name → text of strings, numbers and switches; {} for what is no such file."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return {}  # Android never writes these; they could blow up the reader
    try:
        root = ET.fromstring(data)  # noqa: S314 - no DTD, see above
    except ET.ParseError:
        return {}
    found: dict[str, str] = {}
    for item in root:
        name = item.get("name")
        if name is not None:
            found[name] = item.text or "" if item.tag == "string" else item.get("value", "")
    return found
