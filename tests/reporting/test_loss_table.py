"""The loss list in a terminal of 80 columns."""

from dataclasses import replace
from io import StringIO

from rich.console import Console

from harness.loss.loss import LossList
from harness.reporting.loss_table import print_losses
from tests.reporting.test_loss_picture import LOSSES


def printed(losses: LossList) -> list[str]:
    console = Console(file=StringIO(), width=80, color_system=None)
    print_losses(console, losses)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().splitlines()


def test_advice_first_then_the_worst_then_what_was_not_seen() -> None:
    lines = printed(LOSSES)

    assert lines[0].startswith("Deleting the app cost 1 of 2 drafts")
    text = "\n".join(lines)
    table = text[text.index("What") :]
    assert table.index("draft 1 of 2") < table.index("draft 2 of 2")
    assert "drafts: 2 → 1  2.0 kB → 1.0 kB" in text
    assert lines[-1] == "not visible: No root. (sandbox)"
    assert max(map(len, lines)) <= 80


def test_long_lists_are_cut_and_say_so() -> None:
    lines = printed(replace(LOSSES, rows=LOSSES.rows * 20))

    assert "… and 40 more; --json has them all" in lines


def test_nothing_lost_and_nothing_had() -> None:
    lines = printed(replace(LOSSES, rows=(), classes=(), unseen=()))

    assert len(lines) <= 2
