"""The verdicts in a terminal: one table, then one block a failure, within 80 columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from harness.domain.advice import told_apart
from harness.domain.verdict import Verdict
from harness.domain.vocabulary import ControlResult, Outcome, Party
from harness.reporting import words
from harness.reporting.card import counted
from harness.reporting.evidence_words import plain
from harness.reporting.foreign_text import harmless

COLOURS = {
    Outcome.PASSED: "green",
    Outcome.FAILED: "red",
    Outcome.BLOCKED: "yellow",
    Outcome.INCONCLUSIVE: "yellow",
    Outcome.NOT_RUN: "dim",
}

MOST_CALLS = 12
"""Rows of calls in a terminal; more is for --json."""


def table(verdicts: Sequence[Verdict], title: str = "") -> Table:
    """One row a verdict."""
    drawn = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Scenario", "Phone", "Outcome", "Party", "Sure", "Rule"):
        drawn.add_column(heading, no_wrap=heading in {"Outcome", "Party", "Sure"})
    for verdict in verdicts:
        passed = verdict.outcome is Outcome.PASSED
        drawn.add_row(
            Text(verdict.scenario or "capture"),
            Text(verdict.device.name if verdict.device else "–"),
            Text(verdict.outcome, style=COLOURS[verdict.outcome]),
            Text("–" if passed and verdict.party is Party.NONE else verdict.party),
            words.percent(verdict.confidence),
            Text(verdict.rule, style="dim"),
        )
    return drawn


def block(verdict: Verdict) -> Group:
    """What a person needs of one verdict: sentence, reasons, controls, advice."""
    lines: list[Text | Padding] = [
        Text(harmless(plain(verdict.summary)), style=f"bold {COLOURS[verdict.outcome]}"),
        Text(
            f"{words.sureness(verdict.confidence)} ({words.percent(verdict.confidence)});"
            f" {words.VISIBILITIES[verdict.visibility]}",
            style="dim",
        ),
    ]
    decisive, beside = counted(verdict)
    lines += [_indented(f"• {claim.statement}") for claim in decisive]
    if beside:
        lines.append(_indented(f"• Looked at as well: {len(beside)} more, on the page", "dim"))
    for control in verdict.controls:
        if control.result is not ControlResult.NOT_MADE:
            mark = "✓" if control.result is ControlResult.OK else "✗"
            lines.append(_indented(f"{mark} {control.statement}", "dim"))
    said = told_apart(verdict.advice)
    lines += [_indented(f"→ {text}") for text in said.do]
    lines += [_indented(f"⊘ {text}") for text in said.do_not]
    return Group(*lines)


def _indented(text: str, style: str = "") -> Padding:
    return Padding(Text(harmless(text), style=style), (0, 0, 0, 2))


def _of_a_call(verdict: Verdict) -> bool:
    """On one exchange of a bare capture, beside the verdict on the capture as a whole."""
    return verdict.scenario is None and verdict.step is not None


def calls_table(verdicts: Sequence[Verdict]) -> Table:
    """The failed exchanges of a bare capture, a row each; the first MOST_CALLS."""
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Call that failed", "Party", "Sure", "Rule"):
        drawn.add_column(heading, no_wrap=heading in {"Party", "Sure"}, overflow="fold")
    for verdict in verdicts[:MOST_CALLS]:
        drawn.add_row(
            Text(harmless(verdict.step or "")),
            Text(verdict.party),
            words.percent(verdict.confidence),
            Text(verdict.rule, style="dim"),
        )
    return drawn


def print_verdicts(console: Console, verdicts: Sequence[Verdict], title: str = "") -> None:
    """The table, then a block for everything that did not pass; calls only as rows."""
    calls = [verdict for verdict in verdicts if _of_a_call(verdict)]
    judged = [verdict for verdict in verdicts if not _of_a_call(verdict)]
    console.print(table(judged, title))
    for verdict in judged:
        if verdict.outcome not in {Outcome.PASSED, Outcome.NOT_RUN}:
            console.print(block(verdict))
            console.print()
    if calls:
        console.print(calls_table(calls))
    if len(calls) > MOST_CALLS:
        console.print(f"{len(calls) - MOST_CALLS} more calls failed; --json lists them.")
