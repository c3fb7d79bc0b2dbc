"""What can go wrong with a screen, apart from our instruments failing."""

from __future__ import annotations


class SourceError(Exception):
    """The page source is no XML: the server on the phone answered garbage."""


class ElementGoneError(Exception):
    """What was on the screen a moment ago is not there any more."""


class ElementMissingError(Exception):
    """No locator of an element matched in the time given; our data may have drifted."""

    def __init__(
        self,
        page: str,
        element: str,
        tried: tuple[str, ...],
        waited: float,
        covered_by: str = "",
    ) -> None:
        """`covered_by`: words of what lies in the way, when that is why."""
        self.page = page
        self.element = element
        self.tried = tried
        self.waited = waited
        self.covered_by = covered_by
        what = f"{element!r} of page {page!r}"
        super().__init__(
            f"{what} could not be reached within {waited:.0f} s: something that the locator "
            f"data do not know lies over it, {covered_by!r}"
            if covered_by
            else f"{what} was not found within {waited:.0f} s. Tried: {'; '.join(tried)}"
        )


class BlockedError(Exception):
    """A gate stands in the way that a person must answer; never solved by us."""

    def __init__(self, reason: str, text: str) -> None:
        self.reason = reason
        self.text = text
        super().__init__(f"blocked: {text} ({reason})")
