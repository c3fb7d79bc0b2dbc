"""Puts the verdict on Allure's result before it is written: labels and message prefix.

Allure's status stays as pytest gave it; a verdict never changes pass or fail.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import allure_commons
from allure_commons import model2

from harness.domain.verdict import Verdict
from harness.domain.vocabulary import Outcome
from harness.reporting import words

# Allure's records are made by attrs without annotations: typed here, once.
_label: Callable[..., Any] = model2.Label
_parameter: Callable[..., Any] = model2.Parameter
_details: Callable[..., Any] = model2.StatusDetails

SEVERITY = {Outcome.FAILED: "critical", Outcome.INCONCLUSIVE: "minor"}


class AllureVerdicts:
    """A plugin of allure_commons: hold the verdict of the test that ends next."""

    def __init__(self) -> None:
        self._pending: Verdict | None = None

    def expect(self, verdict: Verdict) -> None:
        """The next result that Allure closes belongs to this verdict."""
        self._pending = verdict

    @allure_commons.hookimpl(tryfirst=True)
    def report_result(self, result: Any) -> None:  # noqa: ANN401  # allure ships no types
        """Called by allure_commons for each closed test, before the writers."""
        verdict, self._pending = self._pending, None
        if verdict is not None:
            label(result, verdict)


def label(result: Any, verdict: Verdict) -> None:  # noqa: ANN401  # allure ships no types
    """Adds labels, a description and the `[party]` prefix that categories match."""
    names = {
        "epic": "Diagnosis",
        "feature": (verdict.scenario or "capture").replace("_", " "),
        "severity": SEVERITY.get(verdict.outcome, "normal"),
        "party": verdict.party,
        "outcome": verdict.outcome,
        "rule": verdict.rule,
        "layer": verdict.layer,
        "incident": verdict.incident,
        "device": verdict.device.name if verdict.device else None,
    }
    result.labels.extend(_label(name, str(value)) for name, value in names.items() if value)
    device = verdict.device
    if device is not None:
        kind = "simulated" if device.simulated else "not simulated"
        shown = f"{device.model or device.name} ({kind})"
        result.parameters.append(_parameter(name="phone", value=shown, excluded=True))
    result.description = description(verdict)
    if verdict.outcome is Outcome.PASSED:
        return
    details = result.statusDetails or _details()
    details.message = f"[{verdict.party}] {verdict.summary}\n\n{details.message or ''}".rstrip()
    result.statusDetails = details


def description(verdict: Verdict) -> str:
    """Markdown: the sentence, how sure, the evidence, the controls."""
    sure = f"{words.sureness(verdict.confidence)} ({words.percent(verdict.confidence)})"
    lines = [f"**{verdict.summary}**", "", f"{sure}; rule `{verdict.rule}`", ""]
    lines += [f"- {item.level}: {item.statement}" for item in verdict.evidence]
    lines += [f"- control {c.name}: {c.result} – {c.statement}" for c in verdict.controls]
    lines += [f"- speaks against it: {item.statement}" for item in verdict.conflicts]
    return "\n".join(lines)
