"""The loss list in a terminal: what was lost first, within 80 columns."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.loss.loss import Fate, LossList
from harness.reporting.loss_words import SHORT, TONES, gaps, had_left_and_away, size

COLOURS = {"bad": "red", "open": "yellow", "good": "green"}
MOST_ROWS = 40


def print_losses(console: Console, losses: LossList) -> None:
    """The advice, the table of things, the classes in numbers, and what was not seen."""
    console.print(Text(losses.advice, style="bold"))
    if losses.rows:
        console.print(things(losses))
    left_out = len(losses.rows) - MOST_ROWS
    if left_out > 0:
        console.print(Text(f"… and {left_out} more; --json has them all", style="dim"))
    for entry in losses.classes:
        sizes = f"{size(entry.had_size)} → {size(entry.left_size)}" if entry.had_size else ""
        console.print(
            Text(f"{entry.label}: {had_left_and_away(entry)}  {sizes}".rstrip(), style="dim")
        )
    for copy in losses.copies:
        console.print(Text(copy.told, style="green" if copy.kept else "red"))
    for line in gaps(losses.unseen):
        console.print(Text(f"not visible: {line}", style="yellow"))


def things(losses: LossList) -> Table:
    """One row a thing, the worst first, in the order of the list otherwise."""
    order = list(Fate)
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("What", "Where it lived", "Fate"):
        drawn.add_column(heading, no_wrap=heading == "Fate")
    for row in sorted(losses.rows, key=lambda row: order.index(row.fate))[:MOST_ROWS]:
        drawn.add_row(
            Text(row.item),
            Text(row.where),
            Text(SHORT[row.fate], style=COLOURS[TONES[row.fate]]),
        )
    return drawn
