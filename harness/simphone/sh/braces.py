"""mksh's brace expansion: `a{b,c}d` is two words, before anything else is expanded."""

from __future__ import annotations

from itertools import pairwise

from harness.simphone.sh.syntax import Text, Word


def braced(word: Word) -> list[Word]:
    """The words that a word stands for; braces within one unquoted piece of text count."""
    for place, part in enumerate(word):
        if isinstance(part, Text) and not part.quoted and "{" in part.text:
            found = _alternatives(part.text)
            if found is not None:
                head, choices, tail = found
                before, after = word[:place], word[place + 1 :]
                return [
                    expanded
                    for choice in choices
                    for expanded in braced((*before, Text(head + choice + tail), *after))
                ]
    return [word]


def _alternatives(text: str) -> tuple[str, list[str], str] | None:
    """What is before the first `{…,…}`, its pieces, and what is behind it."""
    for start, char in enumerate(text):
        if char != "{":
            continue
        depth, commas = 0, [start]
        for end in range(start, len(text)):
            depth += (text[end] == "{") - (text[end] == "}")
            if text[end] == "," and depth == 1:
                commas.append(end)
            if depth == 0:
                if len(commas) > 1:
                    edges = [*commas, end]
                    pieces = [text[a + 1 : b] for a, b in pairwise(edges)]
                    return text[:start], pieces, text[end + 1 :]
                break
    return None
