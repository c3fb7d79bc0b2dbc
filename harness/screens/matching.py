"""Which locator of an element matches on a screen, and which ones before it died."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.domain.locator import Dialog, Element, LocatorBook, Page
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
    """What a person taps to be rid of the dialog."""
    if dialog.dismiss is None:
        return None
    return _match(source, dialog.dismiss, dialog.packages or packages, {})


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
