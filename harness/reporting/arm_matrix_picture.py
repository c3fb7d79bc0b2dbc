"""What each way of removing an app costs on each Android, as SVG: rows ways, columns releases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from harness.reporting.foreign_text import shorten

CELL, ROW, LEFT, HEAD, LINE = 27, 30, 96, 76, 17
LEAST_WIDTH = 400
"""The line below the title needs it."""
COLOURS = {"kept": "#cfe8d5", "cache": "#fbe6b4", "lost": "#f3b9bd", "refused": "#e4e6ea"}
INK, QUIET, WRONG = "#1c2330", "#5b6472", "#b8152b"
LEGEND = (
    ("kept", "nothing is lost"),
    ("cache", "only caches and compiled code go"),
    ("lost", "so many drafts and videos are lost for good"),
    ("refused", "this Android refuses it"),
)


@dataclass(frozen=True, slots=True)
class ArmCell:
    """`shade` is one of COLOURS; `text` stands in the cell, `spoken` is read out and shown when
    one points at it. `flawed`: the harness told something of it wrongly, or it did not work."""

    shade: str
    text: str
    spoken: str
    flawed: bool = False


def draw_arms(
    cells: Mapping[tuple[str, str], ArmCell],
    rows: Sequence[tuple[str, str]],
    columns: Sequence[str],
    *,
    title: str,
    told: str,
) -> str:
    """`cells` by (row, column); `rows` are names and labels. "" without any.

    `told` is the line below the title: how many files were told right.
    """
    if not rows or not columns:
        return ""
    width = max(LEFT + CELL * len(columns) + 8, LEAST_WIDTH)
    below = HEAD + ROW * len(rows)
    height = below + 14 + LINE * (len(LEGEND) + 1)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' style="font:11px system-ui,sans-serif;width:100%;max-width:{2 * width}px"'
        f' fill="{INK}" aria-label="{escape(f"{title}. {told}")}">'
        f'<rect width="{width}" height="{height}" rx="6" fill="#ffffff"/>'
    )
    parts = [
        opening,
        _text(8, 18, title, weight="600"),
        _text(8, 34, told, fill=QUIET, size=9.5),
        _text(LEFT - 6, HEAD - 8, "Android API", anchor="end", fill=QUIET, size=9.5),
    ]
    for index, column in enumerate(columns):
        parts.append(_text(LEFT + (index + 0.5) * CELL, HEAD - 8, column, anchor="middle"))
    for number, (name, label) in enumerate(rows):
        top = HEAD + number * ROW
        parts.append(_text(LEFT - 6, top + ROW / 2 + 4, label, anchor="end"))
        for index, column in enumerate(columns):
            cell = cells.get((name, column))
            if cell is not None:
                parts.append(_cell(LEFT + index * CELL, top, cell))
    for number, (shade, words) in enumerate(LEGEND):
        y = below + 14 + LINE * number
        parts.append(_box(8, y, 12, 12, COLOURS[shade]))
        parts.append(_text(26, y + 10, words, size=9.5))
    flaw = below + 14 + LINE * len(LEGEND)
    parts.append(_box(8, flaw, 12, 12, "#ffffff", WRONG))
    parts.append(_text(26, flaw + 10, "something was told wrongly here", size=9.5))
    return "".join([*parts, "</svg>"])


def _cell(left: float, top: float, cell: ArmCell) -> str:
    edge = WRONG if cell.flawed else None
    middle = left + CELL / 2
    return (
        f"<g><title>{escape(cell.spoken)}</title>"
        f"{_box(left + 1, top + 1, CELL - 2, ROW - 2, COLOURS[cell.shade], edge)}"
        f"{_text(middle, top + ROW / 2 + 4, cell.text, anchor='middle')}</g>"
    )


def _box(
    left: float, top: float, width: float, height: float, fill: str, edge: str | None = None
) -> str:
    line = f' stroke="{edge}" stroke-width="2"' if edge else ' stroke="#c9ced6" stroke-width=".5"'
    return (
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" rx="3"'
        f' fill="{fill}"{line}/>'
    )


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    fill: str = INK,
    size: float = 11,
    weight: str = "400",
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{fill}" font-size="{size:g}"'
        f' font-weight="{weight}">{escape(shorten(text, 80))}</text>'
    )
