"""Which of the texts that the profile knows are on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from harness.domain.facts.screen import ScreenMessage
from harness.domain.profile import TextMeaning
from harness.screens.source import PageSource, Shown


@lru_cache(maxsize=4096)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def find_messages(
    source: PageSource,
    meanings: Sequence[TextMeaning],
    packages: Iterable[str],
    *,
    clean: Callable[[str], str] = str,
) -> tuple[ScreenMessage, ...]:
    """Each known message once, with its text as shown, in the order of the screen.

    Toasts belong to the app's package too. What stands in fields is not a message.
    """
    found: dict[str, ScreenMessage] = {}
    for node in source.shown(packages):
        for text in _texts(node):
            for meaning in meanings:
                if meaning.id not in found and says(meaning, text):
                    found[meaning.id] = ScreenMessage(meaning.id, clean(text)[:200])
    return tuple(found.values())


@lru_cache(maxsize=16384)
def _any_of(languages: tuple[tuple[str, ...], ...], text: str) -> bool:
    """Kept, since most texts of a screen are there at the next look as well."""
    return any(_pattern(pattern).search(text) for patterns in languages for pattern in patterns)


def says(meaning: TextMeaning, text: str) -> bool:
    """One of the patterns of any language is in the text."""
    return _any_of(tuple(meaning.patterns.values()), text)


def _texts(node: Shown) -> Iterable[str]:
    if node.password or node.class_name.endswith("EditText"):
        return ()
    return tuple(dict.fromkeys(text for text in (node.text, node.desc) if text.strip()))
