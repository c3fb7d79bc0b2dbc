"""A confusion matrix as SVG: rows what truly happened, columns what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from harness.reporting.foreign_text import shorten

CELL_WIDTH, CELL_HEIGHT, LEFT, HEAD = 84, 34, 110, 46
RIGHT, WRONG = "#0a7d43", "#b8152b"


def draw_matrix(counts: Mapping[tuple[str, str], int], labels: Sequence[str], *, title: str) -> str:
    """`counts` by (truth, verdict), both of `labels`; what is missing is 0. "" without labels.

    The shade of a cell is its share of the row. Right answers lie on the diagonal; a number
    stands in each cell, so nothing hangs on colour alone.
    """
    if not labels:
        return ""
    width = LEFT + CELL_WIDTH * len(labels) + 8
    height = HEAD + CELL_HEIGHT * len(labels) + 8
    whole = sum(counts.values())
    right = sum(counts.get((label, label), 0) for label in labels)
    name = shorten(title, 60)
    spoken = f"{name}: {right} of {whole} name the true party. Rows: truth; columns: verdict"
    opening = (
        f'<svg class="matrix" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
    )
    style = f"font:12px system-ui,sans-serif;max-width:{width}px"
    parts = [f'{opening} style="{style}" fill="currentColor" role="img"']
    parts.append(f' aria-label="{escape(spoken)}"><text x="4" y="14" font-weight="600">')
    parts.append(f"{escape(name)}: {right} of {whole} name the true party</text>")
    for column, label in enumerate(labels):
        x = LEFT + (column + 0.5) * CELL_WIDTH
        parts.append(_text(x, HEAD - 8, label, "middle"))
    for row, truth in enumerate(labels):
        top = HEAD + row * CELL_HEIGHT
        parts.append(_text(LEFT - 8, top + CELL_HEIGHT / 2 + 4, truth, "end"))
        of_row = sum(counts.get((truth, label), 0) for label in labels)
        for column, said in enumerate(labels):
            count = counts.get((truth, said), 0)
            left = LEFT + column * CELL_WIDTH
            parts.append(_cell(left, top, count, of_row, right=truth == said))
    return "".join([*parts, "</svg>"])


def _cell(left: float, top: float, count: int, of_row: int, *, right: bool) -> str:
    share = count / of_row if of_row else 0.0
    colour = RIGHT if right else WRONG
    number = _text(left + CELL_WIDTH / 2, top + CELL_HEIGHT / 2 + 4, str(count), "middle")
    return (
        f'<rect x="{left + 1}" y="{top + 1}" width="{CELL_WIDTH - 2}" height="{CELL_HEIGHT - 2}" '
        f'rx="4" fill="{colour}" fill-opacity="{0.45 * share:.2f}" stroke="currentColor" '
        f'stroke-opacity="0.2"/>{number if count else ""}'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(shorten(text, 14))}</text>'
