"""From a test's end to its verdict: ends the try, judges, tells pytest and Allure."""

from __future__ import annotations

import allure
import msgspec
import pytest

from harness.domain.advice import told_apart
from harness.domain.verdict import Verdict
from harness.plugin.state import RAISED, STATE, VERDICT
from harness.reporting.allure_losses import attach_losses
from harness.reporting.loss_content import losses_of
from harness.screens.errors import BlockedError
from harness.session.scenario_run import ScenarioRun
from harness.session.steps import NotRunError

SKIPPED = (BlockedError, NotRunError)
"""What ends a scenario without a claim about the product: shown as skipped, with its reason."""


def judged(item: pytest.Item, run: ScenarioRun, error: BaseException | None) -> Verdict:
    """Ends the try and stores its verdict on the item."""
    run.end(error)
    verdict = item.config.stash[STATE].run.judge(run)
    item.stash[VERDICT] = verdict
    item.user_properties.extend(properties(verdict))
    attach(run, verdict)
    item.config.hook.pytest_harness_verdict(item=item, verdict=verdict)
    return verdict


def raised_in(item: pytest.Item, call: pytest.CallInfo[None]) -> BaseException | None:
    """What really ended the test, before it became a skip."""
    kept = item.stash.get(RAISED, None)
    return kept if kept is not None else (call.excinfo.value if call.excinfo else None)


def properties(verdict: Verdict) -> list[tuple[str, object]]:
    """For junit.xml."""
    return [
        ("outcome", str(verdict.outcome)),
        ("party", str(verdict.party)),
        ("confidence", f"{verdict.confidence:.2f}"),
        ("rule", verdict.rule),
        ("verdict", verdict.id),
    ]


def section(verdict: Verdict) -> str:
    """For pytest's own report of the test."""
    lines = [
        f"{verdict.outcome}, {verdict.party} ({verdict.confidence:.0%}), rule {verdict.rule}",
        verdict.summary,
    ]
    lines += [f"  {item.level}: {item.statement}" for item in verdict.evidence]
    lines += [f"  control {item.name}: {item.statement}" for item in verdict.controls]
    said = told_apart(verdict.advice)
    lines += [f"  to do: {line}" for line in said.do]
    lines += [f"  not to do: {line}" for line in said.do_not]
    return "\n".join(lines)


def attach(run: ScenarioRun, verdict: Verdict) -> None:
    """The verdict and the traffic for Allure; without Allure this does nothing."""
    kinds = allure.attachment_type
    body = msgspec.json.format(msgspec.json.encode(verdict), indent=1).decode()
    allure.attach(body, "verdict.json", kinds.JSON)
    losses = losses_of(run.folder)
    if losses is not None:
        attach_losses(losses)
    har = run.folder / "capture.har"
    if har.exists():
        allure.attach.file(str(har), "capture.har", "application/json", "har")
    log = run.session.logcat_file
    if log.exists():
        tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-500:]
        allure.attach("\n".join(tail), "logcat.txt", kinds.TEXT)
