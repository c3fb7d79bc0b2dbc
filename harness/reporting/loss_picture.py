"""One picture: what you had → what is left, by class (inline SVG)."""

from __future__ import annotations

from html import escape

from harness.loss.fate import ORDER
from harness.loss.loss import ClassTotal, Fate, LossList
from harness.reporting.loss_words import SHORT, had_and_left

WIDTH, LABEL, NUMBERS, ROW = 760, 250, 110, 30
BAR = WIDTH - LABEL - NUMBERS
COLOURS = {
    Fate.SURVIVED: "#2a9d5c",
    Fate.RESTORED: "#7cc79a",
    Fate.ON_SERVER: "#4c9be8",
    Fate.NOT_CHECKED: "#d99a2b",
    Fate.ABSENT: "#6b5fb5",
    Fate.NOT_VISIBLE: "#8d94a1",
    Fate.LOST: "#c0182f",
}


def draw_losses(losses: LossList) -> str:
    """A bar a class, each as long as the next: its parts are what became of the things.

    An empty string when there is no class. Texts are escaped; colours are named below.
    """
    if not losses.classes:
        return ""
    height = ROW * (len(losses.classes) + 2) + 6
    spoken = "; ".join(f"{entry.label}: {_spoken(entry)}" for entry in losses.classes)
    parts = [
        (
            f'<svg class="losses" viewBox="0 0 {WIDTH} {height}" role="img"'
            f' aria-label="{escape(f"What you had and what is left. {spoken}")}">'
        ),
        f'<text class="s" x="{WIDTH}" y="16" text-anchor="end">had → left</text>',
    ]
    for index, entry in enumerate(losses.classes):
        parts.append(_row(entry, (index + 1) * ROW))
    parts.append(_legend(losses, (len(losses.classes) + 1) * ROW))
    return "".join([*parts, "</svg>"])


def _row(entry: ClassTotal, top: int) -> str:
    label = entry.label[0].upper() + entry.label[1:]
    parts = [
        f"<g><title>{escape(f'{label}: {_spoken(entry)}')}</title>",
        f'<text x="{LABEL - 10}" y="{top + 16}" text-anchor="end">{escape(_shorten(label))}</text>',
    ]
    left = float(LABEL)
    for fate, share in _shares(entry):
        width = share * BAR
        parts.append(
            f'<rect x="{left:.1f}" y="{top + 2}" width="{max(width - 1, 1):.1f}"'
            f' height="{ROW - 10}" fill="{COLOURS[fate]}"/>'
        )
        left += width
    numbers = escape(had_and_left(entry))
    parts.append(f'<text x="{WIDTH}" y="{top + 16}" text-anchor="end">{numbers}</text></g>')
    return "".join(parts)


def _shares(entry: ClassTotal) -> list[tuple[Fate, float]]:
    """Parts of the bar, what is left first. A class that cannot be seen is one part."""
    if entry.had is None or not entry.had:
        return [(Fate.NOT_VISIBLE, 1.0)]
    return [
        (fate, entry.fates[fate] / entry.had) for fate in reversed(ORDER) if entry.fates.get(fate)
    ]


def _legend(losses: LossList, top: int) -> str:
    used = {fate for entry in losses.classes for fate, _ in _shares(entry)}
    parts: list[str] = []
    left = LABEL
    for fate in reversed(ORDER):
        if fate in used:
            text = SHORT[fate]
            parts.append(
                f'<rect x="{left}" y="{top + 6}" width="10" height="10" fill="{COLOURS[fate]}"/>'
                f'<text class="s" x="{left + 14}" y="{top + 15}">{escape(text)}</text>'
            )
            left += 28 + 7 * len(text)
    return "".join(parts)


def _spoken(entry: ClassTotal) -> str:
    if entry.had is None:
        return "cannot be seen"
    return ", ".join(
        f"{entry.fates[fate]} {SHORT[fate]}" for fate in ORDER if entry.fates.get(fate)
    )


def _shorten(text: str, most: int = 34) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
