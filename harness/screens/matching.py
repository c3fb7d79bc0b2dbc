"""Which locator of an element matches on a screen, and which ones before it died."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.domain.locator import Dialog, Element, LocatorBook, Page
from harness.screens.cover import cover_of
from harness.screens.source import PageSource
from harness.screens.xpath import xpath_of


@dataclass(frozen=True, slots=True)
class Match:
    """Where an element is. `died` are the better locators that found nothing."""

    xpath: str
    matched: str
    died: tuple[str, ...] = ()


def match_element(
    source: PageSource, page: Page, name: str, packages: Sequence[str]
) -> Match | None:
    """The best locator of `name` that finds something, or None."""
    return _match(source, page.elements[name], packages, page.elements)


def match_dialog(
    source: PageSource, dialogs: Sequence[Dialog], packages: Sequence[str]
) -> Dialog | None:
    """The first dialog that is on the screen."""
    for dialog in dialogs:
        scope = dialog.packages or packages
        if _match(source, dialog.marker, scope, {}) is not None:
            return dialog
    return None


def dismissal(source: PageSource, dialog: Dialog, packages: Sequence[str]) -> Match | None:
    """What a person taps to be rid of the dialog: of several with the same words the topmost
    that a tap reaches, since the page below may have a button "Continue" as well."""
    if dialog.dismiss is None:
        return None
    scope = dialog.packages or packages
    for locator in dialog.dismiss.locators:
        xpath = xpath_of(locator, scope, {})
        for number in range(source.count(xpath), 0, -1):
            one = f"({xpath})[{number}]"
            if _takes_a_tap(source, one):
                return Match(one, str(locator))
    return _match(source, dialog.dismiss, scope, {})


def _takes_a_tap(source: PageSource, xpath: str) -> bool:
    node = source.first(xpath)
    return (
        node is not None and node.attrib.get("enabled") != "false" and not cover_of(source, xpath)
    )


def recognise(source: PageSource, book: LocatorBook, packages: Sequence[str]) -> str | None:
    """Name of the first page one of whose markers is on the screen."""
    for page in book.pages.values():
        if any(match_element(source, page, name, packages) for name in page.marker):
            return page.name
    return None


def _match(
    source: PageSource, element: Element, packages: Sequence[str], elements: dict[str, Element]
) -> Match | None:
    died: list[str] = []
    for locator in element.locators:
        xpath = xpath_of(locator, packages, elements)
        if source.count(xpath):
            return Match(xpath, str(locator), tuple(died))
        died.append(str(locator))
    return None
