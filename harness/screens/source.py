"""The page source of UiAutomator2 as a tree of windows.

Windows of the keyboard and the status bar come first or last as they like, so every
look is scoped by package (tiktok-app reference 2.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - lxml ships no types

from harness.screens.errors import SourceError


@dataclass(frozen=True, slots=True)
class Shown:
    """One node as a person would see it."""

    package: str
    class_name: str
    text: str
    desc: str
    id: str
    password: bool
    hint: str

    @property
    def placeholder(self) -> bool:
        """An empty field shows its hint as text; nobody typed that."""
        return self.class_name.endswith("EditText") and self.text == self.hint != ""


class PageSource:
    """Reads the XML as the server writes it; raises SourceError for what is no XML."""

    def __init__(self, text: str) -> None:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        try:
            self._root: Any = etree.fromstring(text.encode("utf-8", "replace"), parser)
        except etree.XMLSyntaxError as error:
            raise SourceError(f"the page source is no XML: {error}") from error

    def packages(self) -> list[str]:
        """Packages in the order of their windows."""
        return list(dict.fromkeys(node.package for node in self.shown() if node.package))

    def shown(self, packages: Iterable[str] | None = None) -> Iterator[Shown]:
        """All nodes, or those of some packages, in document order."""
        wanted = None if packages is None else frozenset(packages)
        for element in self._root.iter():
            get = element.attrib.get
            package = str(get("package", ""))
            if not package or (wanted is not None and package not in wanted):
                continue
            yield Shown(
                package=package,
                class_name=str(get("class", element.tag)),
                text=str(get("text", "")),
                desc=str(get("content-desc", "")),
                id=str(get("resource-id", "")),
                password=get("password") == "true",
                hint=str(get("hint", "")),
            )

    def count(self, xpath: str) -> int:
        """How many nodes an XPath finds."""
        return len(self._find(xpath))

    def attribute(self, xpath: str, name: str) -> str | None:
        """An attribute of the first node that an XPath finds."""
        found = self._find(xpath)
        return None if not found else found[0].attrib.get(name)

    def tree(self) -> Any:  # noqa: ANN401 - lxml ships no types
        """A copy of the element tree, for what is to be stored."""
        return etree.fromstring(etree.tostring(self._root))

    def first(self, xpath: str) -> Any | None:  # noqa: ANN401 - lxml ships no types
        """The first node that an XPath finds."""
        found = self._find(xpath)
        return found[0] if found else None

    def _find(self, xpath: str) -> list[Any]:
        found = _compiled(xpath)(self._root)
        return [node for node in found if hasattr(node, "attrib")]


@lru_cache(maxsize=1024)
def _compiled(xpath: str) -> Any:  # noqa: ANN401 - lxml ships no types
    """The locators of a profile are asked for at every look."""
    return etree.XPath(xpath)
