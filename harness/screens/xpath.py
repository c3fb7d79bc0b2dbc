"""Locator → XPath 1.0, always scoped to packages; the same text serves lxml and Appium."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.domain.locator import Element, Locator


def literal(text: str) -> str:
    """`text` as an XPath string; XPath 1.0 has no escapes, hence concat()."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = ', "\'", '.join(f"'{part}'" for part in text.split("'"))
    return f"concat({parts})"


def xpath_of(
    locator: Locator, packages: Sequence[str], elements: Mapping[str, Element] | None = None
) -> str:
    """The path that finds what `locator` means. `elements` resolves `within`."""
    step = f"*[{_condition(locator, packages)}]"
    path = f"//{step}"
    others = elements or {}
    if locator.within is not None:
        path = _any_of(others[locator.within], packages, others, f"//{step}")
    elif locator.beside is not None:
        path = _any_of(others[locator.beside], packages, others, f"/../{step}")
    if " | " in path:
        path = f"({path})"
    if locator.along is not None:
        path += f"[{_any_of(others[locator.along], packages, others, '')}]"
    if locator.position is not None:
        path = f"({path})[{'last()' if locator.position < 0 else locator.position}]"
    if locator.clickable_parent:
        path += "/ancestor-or-self::*[@clickable='true'][1]"
    return path


def _any_of(
    element: Element, packages: Sequence[str], elements: Mapping[str, Element], tail: str
) -> str:
    return " | ".join(xpath_of(locator, packages, elements) + tail for locator in element.locators)


def _condition(locator: Locator, packages: Sequence[str]) -> str:
    parts = [_any("@package", packages, contains=False)]
    for attribute, values in (
        ("@text", locator.texts),
        ("@content-desc", locator.descs),
        ("@hint", locator.hints),
    ):
        if values:
            parts.append(_any(attribute, values, contains=locator.contains))
    if locator.id is not None:
        parts.append(_ends("@resource-id", _id_tail(locator.id)))
    if locator.class_name is not None:
        parts.append(_ends("@class", locator.class_name))
    parts += [f"@{name}='{str(value).lower()}'" for name, value in sorted(locator.flags.items())]
    return " and ".join(parts)


def _id_tail(name: str) -> str:
    return name if ":" in name else f":id/{name}"


def _any(attribute: str, values: Sequence[str], *, contains: bool) -> str:
    tests = [
        f"contains({attribute}, {literal(value)})" if contains else f"{attribute}={literal(value)}"
        for value in values
    ]
    return tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"


def _ends(attribute: str, tail: str) -> str:
    return f"substring({attribute}, string-length({attribute}) - {len(tail) - 1})={literal(tail)}"
