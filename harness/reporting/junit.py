"""junit.xml of several runs or jobs as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - lxml ships no types


def join_junit(files: Iterable[Path], target: Path, more: Sequence[Any] = ()) -> None:
    """Every suite of every file, and the elements `more`, under one root.

    A file that is not there or cannot be read is left out.
    """
    root = etree.Element("testsuites")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for file in files:
        if not file.is_file():
            continue
        try:
            found = etree.parse(file, parser).getroot()
        except etree.XMLSyntaxError:
            continue
        root.extend([found] if found.tag == "testsuite" else list(found))
    root.extend(more)
    target.write_bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def lost_suite(phone: str, why: str) -> Any:  # noqa: ANN401 - lxml ships no types
    """A suite of one error: the job of a phone ended without results."""
    suite = etree.Element("testsuite", name=phone, tests="1", errors="1", failures="0", skipped="0")
    case = etree.SubElement(suite, "testcase", classname="harness", name=f"job of {phone}")
    etree.SubElement(case, "error", message=why)
    return suite
