"""What can go wrong with a screen, apart from our instruments failing."""

from __future__ import annotations


class SourceError(Exception):
    """The page source is no XML: the server on the phone answered garbage."""


class ElementGoneError(Exception):
    """What was on the screen a moment ago is not there any more."""


class ElementMissingError(Exception):
    """No locator of an element matched in the time given; our data may have drifted."""

    def __init__(self, page: str, element: str, tried: tuple[str, ...], waited: float) -> None:
        self.page = page
        self.element = element
        self.tried = tried
        self.waited = waited
        ways = "; ".join(tried)
        super().__init__(
            f"{element!r} of page {page!r} was not found within {waited:.0f} s. Tried: {ways}"
        )


class BlockedError(Exception):
    """A gate stands in the way that a person must answer; never solved by us."""

    def __init__(self, reason: str, text: str) -> None:
        self.reason = reason
        self.text = text
        super().__init__(f"blocked: {text} ({reason})")
