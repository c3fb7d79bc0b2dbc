"""Breaks text into lines that fit, with an ellipsis at the cut."""

from __future__ import annotations

from functools import lru_cache

from harness.simphone.ui.render.fonts import text_width

ELLIPSIS = "…"


@lru_cache(maxsize=4096)
def wrap(text: str, *, size: int, bold: bool, width: int, max_lines: int = 0) -> tuple[str, ...]:
    """Lines of at most `width` pixels; `max_lines` 0 means no limit.

    Breaks at spaces and newlines; a longer word is broken where it must be.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph, size, bold, width)
    if max_lines and len(lines) > max_lines:
        rest = lines[max_lines - 1] + " " + lines[max_lines]
        lines = [*lines[: max_lines - 1], ellipsize(rest, size=size, bold=bold, width=width)]
    return tuple(lines)


def ellipsize(text: str, *, size: int, bold: bool, width: int) -> str:
    """`text` cut to `width` pixels with an ellipsis; unchanged when it fits."""
    if text_width(text, size, bold) <= width:
        return text
    kept = fitting(text, size=size, bold=bold, width=width - text_width(ELLIPSIS, size, bold))
    return text[:kept].rstrip() + ELLIPSIS


def fitting(text: str, *, size: int, bold: bool, width: int) -> int:
    """How many leading characters of `text` fit into `width` pixels."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle], size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _wrap_paragraph(paragraph: str, size: int, bold: bool, width: int) -> list[str]:
    if text_width(paragraph, size, bold) <= width:
        return [paragraph]
    lines: list[str] = []
    line = ""
    for word in paragraph.split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while word and text_width(word, size, bold) > width:
            kept = max(1, fitting(word, size=size, bold=bold, width=width))
            lines.append(word[:kept])
            word = word[kept:]
        line = word
    if line:
        lines.append(line)
    return lines
