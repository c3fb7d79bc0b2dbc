"""Shell patterns: `*`, `?`, `[…]`; and file names that match them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from harness.simphone.storage.view import FsView

Pieces = Sequence[tuple[str, bool]]
"""Text with whether it is quoted; quoted text matches itself."""


def has_pattern(pieces: Pieces) -> bool:
    """Whether unquoted text holds a pattern character."""
    return any(not quoted and re.search(r"[*?\[]", text) for text, quoted in pieces)


def to_regex(pieces: Pieces) -> str:
    """The regular expression of a pattern."""
    out: list[str] = []
    for text, quoted in pieces:
        out.append(re.escape(text) if quoted else _translate(text))
    return "".join(out)


def matches(pieces: Pieces, text: str) -> bool:
    """Whether the whole of `text` matches."""
    return re.fullmatch(to_regex(pieces), text, re.DOTALL) is not None


def strip(text: str, pieces: Pieces, operator: str) -> str:
    """`text` without the shortest (`#`, `%`) or longest (`##`, `%%`) match at one end."""
    pattern = re.compile(to_regex(pieces), re.DOTALL)
    size = len(text)
    lengths: Iterable[int] = range(size + 1)
    if len(operator) == 2:
        lengths = reversed(range(size + 1))
    for length in lengths:
        if operator[0] == "#" and pattern.fullmatch(text, 0, length):
            return text[length:]
        if operator[0] == "%" and pattern.fullmatch(text, size - length):
            return text[: size - length]
    return text


def replace(text: str, pieces: Pieces, new: str, *, every: bool) -> str:
    """`${text/pattern/new}`."""
    return re.sub(to_regex(pieces), lambda _m: new, text, count=0 if every else 1)


def expand_files(pieces: Pieces, view: FsView) -> list[str]:
    """Sorted paths that match; empty if none does."""
    segments = _split_at_slashes(pieces)
    found = [""]
    if segments and not segments[0]:
        found, segments = ["/"], segments[1:]
    for segment in segments:
        literal = "".join(text for text, _ in segment)
        next_found: list[str] = []
        for folder in found:
            prefix = folder if not folder or folder.endswith("/") else folder + "/"
            if not segment:
                next_found.append(prefix)
            elif not has_pattern(segment):
                if view.exists(prefix + literal, follow=False):
                    next_found.append(prefix + literal)
            else:
                next_found += [prefix + name for name in _names(prefix, segment, view)]
        found = next_found
    return sorted(found)


def _names(folder: str, segment: Pieces, view: FsView) -> list[str]:
    pattern = re.compile(to_regex(segment), re.DOTALL)
    hidden = segment[0][0].startswith(".")
    try:
        names = view.listdir(folder or ".")
    except OSError:
        return []
    return [n for n in names if (hidden or not n.startswith(".")) and pattern.fullmatch(n)]


def _split_at_slashes(pieces: Pieces) -> list[list[tuple[str, bool]]]:
    segments: list[list[tuple[str, bool]]] = [[]]
    for text, quoted in pieces:
        first, *others = text.split("/")
        if first:
            segments[-1].append((first, quoted))
        segments += [[(other, quoted)] if other else [] for other in others]
    return segments


def _translate(text: str) -> str:
    out: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        at += 1
        if char == "*":
            out.append(".*")
        elif char == "?":
            out.append(".")
        elif char == "[" and (end := _bracket_end(text, at)) > 0:
            out.append(_bracket(text[at:end]))
            at = end + 1
        else:
            out.append(re.escape(char))
    return "".join(out)


def _bracket_end(text: str, at: int) -> int:
    first = at + 1 if text[at : at + 1] in {"!", "^"} else at
    if text.startswith("[:", first):
        first -= 1
    end = first + 1
    while end < len(text) and text[end] != "]":
        named = text.startswith("[:", end) and text.find(":]", end) > 0
        end = text.find(":]", end) + 2 if named else end + 1
    return end if end < len(text) else -1


def _bracket(body: str) -> str:
    negate = body[:1] in {"!", "^"}
    body = body[1:] if negate else body
    for name, chars in (("digit", "0-9"), ("alpha", "A-Za-z"), ("alnum", "0-9A-Za-z"),
                        ("space", r"\s"), ("upper", "A-Z"), ("lower", "a-z")):  # fmt: skip
        body = body.replace(f"[:{name}:]", chars)
    body = body.replace("[", r"\[")
    return f"[{'^' if negate else ''}{body}]"
