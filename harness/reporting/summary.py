"""summary.md: the verdicts as Markdown, for the page of a CI job."""

from __future__ import annotations

import re
from pathlib import Path

from harness.domain.vocabulary import Outcome, Party
from harness.reporting import words
from harness.reporting.answer import answers
from harness.reporting.foreign_text import shorten
from harness.reporting.run_record import RunRecord

MARKS = {
    Outcome.PASSED: "✅",
    Outcome.FAILED: "❌",
    Outcome.BLOCKED: "✋",
    Outcome.INCONCLUSIVE: "❔",
    Outcome.NOT_RUN: "➖",
}
MOST_ROWS = 200
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~@]|:(?=//)|!(?=\[))")
_HTML = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def write_summary(record: RunRecord) -> Path:
    """Writes summary.md into the run folder; append it to $GITHUB_STEP_SUMMARY or the like."""
    path = record.folder / "summary.md"
    path.write_text(summary(record), encoding="utf-8")
    return path


def summary(record: RunRecord) -> str:
    """One paragraph an incident, then one row a verdict. Foreign text cannot become markup."""
    lines: list[str] = []
    if record.simulated:
        lines += ["> Simulated: the phone and the service of this run.", ""]
    for lead in answers(record):
        lines += [f"### {escape(lead.sentence)}", ""]
        said = [f"**{escape(lead.sure)}** ({lead.percent} of 100)"]
        said += [f"at fault: **{escape(lead.who)}**"]
        said += [f"since {escape(lead.since)} or before"] if lead.since else []
        lines += ["; ".join(said) + ".", ""]
        for heading, listed in (("What to do", lead.do), ("What not to do", lead.do_not)):
            if listed:
                lines += [f"**{heading}**", "", *(f"- {escape(text)}" for text in listed), ""]
    lines += ["| Scenario | Phone | Outcome | At fault | Sure | Rule |", "|---" * 6 + "|"]
    for item in record.tries[:MOST_ROWS]:
        verdict = item.verdict
        fault = "" if verdict.party is Party.NONE else words.PARTIES[verdict.party]
        cells = (
            words.scenario(verdict),
            verdict.device.name if verdict.device else "",
            f"{MARKS[verdict.outcome]} {words.OUTCOMES[verdict.outcome]}",
            fault,
            words.percent(verdict.confidence),
            verdict.rule,
        )
        lines.append(f"| {' | '.join(escape(shorten(cell, 80)) for cell in cells)} |")
    if len(record.tries) > MOST_ROWS:
        lines.append(f"\n{len(record.tries) - MOST_ROWS} more in verdicts.json.")
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """One line that no Markdown reader takes for markup, a link or a mention."""
    return _SPECIAL.sub(r"\\\1", shorten(text, 400)).translate(_HTML)
