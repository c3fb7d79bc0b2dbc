"""What of a screen shows other people and is never written down, by the locator data."""

from __future__ import annotations

from collections.abc import Sequence

from harness.domain.locator import LocatorBook
from harness.screens.xpath import xpath_of


def private_paths(book: LocatorBook, packages: Sequence[str]) -> list[str]:
    """Paths of the private elements of all pages: each is scoped to its own page, so that
    a page that was recognised wrongly hides nothing less."""
    return list(
        dict.fromkeys(
            xpath_of(locator, packages, page.elements)
            for page in book.pages.values()
            for name in page.private
            for locator in page.elements[name].locators
        )
    )
