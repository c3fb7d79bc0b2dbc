"""Puts the verdict on Allure's result before it is written: labels and message prefix.

Allure's status stays as pytest gave it; a verdict never changes pass or fail.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import allure_commons
from allure_commons import model2

from harness.domain.advice import told_apart
from harness.domain.verdict import Verdict
from harness.domain.vocabulary import Outcome
from harness.reporting import words
from harness.reporting.evidence_words import plain

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
        "verdict": verdict.id,
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
    identify(result, verdict)
    result.description = description(verdict)
    if verdict.outcome is Outcome.PASSED:
        return
    details = result.statusDetails or _details()
    details.message = (
        f"[{verdict.party}] {plain(verdict.summary)}\n\n{details.message or ''}".rstrip()
    )
    result.statusDetails = details


def identify(result: Any, verdict: Verdict) -> None:  # noqa: ANN401  # allure ships no types
    """Name, parameters and history by scenario and phone.

    pytest's own parameter is the whole entry of devices.yaml, with paths: it is not shown,
    and a history that hung on it would begin anew with every edit of that file.
    """
    device = verdict.device
    phone = device.name if device else "no phone"
    result.name = f"{words.scenario(verdict)} on {phone}"
    result.parameters = [one for one in result.parameters if one.name != "phone"]
    result.parameters.append(_parameter(name="phone", value=phone))
    if device is not None:
        kind = " (simulated)" if device.simulated else ""
        shown = f"{device.model or device.name}{kind}, Android API {device.api or '?'}"
        result.parameters.append(_parameter(name="model", value=shown, excluded=True))
    if verdict.app is not None:
        build = words.build(verdict.app)
        result.parameters.append(_parameter(name="app", value=build, excluded=True))
    key = f"{result.fullName}|{verdict.scenario}|{phone}"
    result.historyId = hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()


def description(verdict: Verdict) -> str:
    """Markdown: the sentence, how sure, the evidence, the controls."""
    sure = f"{words.sureness(verdict.confidence)} ({words.percent(verdict.confidence)})"
    lines = [f"**{plain(verdict.summary)}**", "", f"{sure}; rule `{verdict.rule}`", ""]
    lines += [f"- {item.level}: {plain(item.statement)}" for item in verdict.evidence]
    lines += [f"- control {c.name}: {c.result} – {c.statement}" for c in verdict.controls]
    lines += [f"- speaks against it: {item.statement}" for item in verdict.conflicts]
    said = told_apart(verdict.advice)
    for heading, listed in (("What to do", said.do), ("What not to do", said.do_not)):
        if listed:
            lines += ["", f"**{heading}**", "", *(f"- {text}" for text in listed)]
    return "\n".join(lines)
