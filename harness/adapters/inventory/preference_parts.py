"""The entries of a preferences file as keyed hashes; no value leaves this module."""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - lxml ships no types

from harness.domain.parts import Parts, PreferencePart
from harness.redaction.pseudonym import Pseudonyms


def read_preferences(content: bytes, known: Collection[str], tags: Pseudonyms) -> Parts:
    """SharedPreferences XML. Names of `known` stay in clear: names may hold account ids."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return Parts(problem=f"it is no preferences file: {_first_line(error)}")
    if root.tag != "map" or root.getroottree().docinfo.doctype:  # Android writes none
        return Parts(problem="it is no preferences file")
    entries: list[PreferencePart] = []
    for entry in root.iterchildren(etree.Element):
        name = entry.get("name") or ""
        entries.append(
            PreferencePart(
                name if name in known else tags.tag(name),
                tags.tag(etree.tostring(entry, with_tail=False, method="c14n")),
            )
        )
    return Parts(preferences=tuple(sorted(entries, key=lambda part: (part.key, part.value))))


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
