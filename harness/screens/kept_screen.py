"""What may be kept of a screen: a page source without what people typed or wrote.

Rows of lists are other people's content (followers, comments, messages), so only words
that the app itself is known to show stay there. What the redaction changed is also told
as places on the screen, so that the picture can be masked there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - lxml ships no types

from harness.domain.locator import LocatorBook
from harness.domain.profile import TextMeaning
from harness.screens.messages import says
from harness.screens.numbers import read_count
from harness.screens.source import PageSource

SYSTEM_UI = "com.android.systemui"
"""Its texts are other apps' notifications."""

_TEXTS = ("text", "content-desc", "hint", "tooltip-text", "state-description", "pane-title")
_LISTS = ("RecyclerView", "ListView", "GridView")
_PAGER = "ViewPager2"  # is built on a RecyclerView, but its pages are the app's own
_HANDLE = re.compile(r"(?<![\w@.])@\w[\w.]{1,30}")
_SHORT = 3  # digits
_BOUNDS = re.compile(r"\[(-?\d+),(-?\d+)\]\[(-?\d+),(-?\d+)\]")

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the screen."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What may be stored, and where on the picture something was taken out."""

    xml: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class AppWords:
    """Words that the app is known to show by itself: those of its locators and meanings."""

    whole: frozenset[str]
    parts: tuple[str, ...]
    meanings: Sequence[TextMeaning] = ()

    def own(self, text: str) -> bool:
        """True for a label of the app, a number, or a text whose meaning is known."""
        low = text.strip().casefold()
        if low in self.whole or _is_counter(low):
            return True
        return any(part in low for part in self.parts) or any(
            says(meaning, text) for meaning in self.meanings
        )


def _is_counter(text: str) -> bool:
    """A localised counter; a bare row of digits may be a code that somebody was sent."""
    return read_count(text) is not None and (len(text) <= _SHORT or not text.isdigit())


def words_of(book: LocatorBook, meanings: Sequence[TextMeaning] = ()) -> AppWords:
    """All texts that the locators look for."""
    elements = [element for page in book.pages.values() for element in page.elements.values()]
    elements += [
        part for dialog in book.dialogs for part in (dialog.marker, dialog.dismiss) if part
    ]
    whole: set[str] = set()
    parts: set[str] = set()
    for locator in (locator for element in elements for locator in element.locators):
        words = {word.strip().casefold() for word in locator.texts + locator.descs + locator.hints}
        (parts if locator.contains else whole).update(words - {""})
    return AppWords(frozenset(whole), tuple(sorted(parts)), meanings)


def private(
    source: PageSource,
    *,
    own: AppWords,
    clean: Callable[[str], str],
    tag: Callable[[str], str],
    paths: Iterable[str] = (),
    hide: Iterable[str] = (SYSTEM_UI,),
) -> Kept:
    """The page source as it may be stored. `clean` takes secrets out of a text, `tag`
    gives the pseudonym of one; `paths` find what the locator data call private."""
    hidden = frozenset(hide)
    tree = source.tree()
    boxes: dict[Box, None] = {}
    named = [node for path in paths for node in tree.xpath(path)]
    others = {element for node in named for element in node.iter()}
    boxes |= dict.fromkeys(box for node in named for box in _box(node))
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        in_list = _in_list(element)
        for name in _TEXTS:
            value = str(element.attrib.get(name, ""))
            if not value:
                continue
            if element.attrib.get("package") in hidden:
                element.attrib[name] = "<hidden>"
                continue
            if element in others:
                element.attrib[name] = tag(value) if value.strip() else value
                continue
            element.attrib[name] = _kept(element, name, value, own, clean, tag, in_list=in_list)
            if element.attrib[name] != value:
                boxes |= dict.fromkeys(_box(element))
    data = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return Kept(data.decode("utf-8"), tuple(boxes))


def _kept(
    element: Any,  # noqa: ANN401 - lxml ships no types
    name: str,
    value: str,
    own: AppWords,
    clean: Callable[[str], str],
    tag: Callable[[str], str],
    *,
    in_list: bool,
) -> str:
    if name == "text" and value != element.attrib.get("hint", ""):
        if element.attrib.get("password") == "true":
            return "<secret>"
        field = str(element.attrib.get("class", element.tag)).endswith("EditText")
        if field and not own.own(value):  # old phones tell the hint as the text
            return "<typed>"
    without = clean(value)
    if without == value and in_list and not own.own(value):
        return tag(value)
    return _HANDLE.sub(lambda found: "@" + tag(found[0]), without)


def _in_list(element: Any) -> bool:  # noqa: ANN401 - lxml ships no types
    for ancestor in element.iterancestors():
        if str(ancestor.attrib.get("class", ancestor.tag)).endswith(_LISTS):
            parent = ancestor.getparent()
            kind = "" if parent is None else str(parent.attrib.get("class", parent.tag))
            if not kind.endswith(_PAGER):
                return True
    return False


def _box(element: Any) -> tuple[Box, ...]:  # noqa: ANN401 - lxml ships no types
    found = _BOUNDS.fullmatch(str(element.attrib.get("bounds", "")))
    if found is None:
        return ()
    left, top, right, bottom = (int(number) for number in found.groups())
    return ((left, top, right, bottom),) if right > left and bottom > top else ()
