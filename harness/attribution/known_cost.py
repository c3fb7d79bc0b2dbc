"""Where an experiment showed what deleting the app costs on a phone, advice says it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from harness.attribution.texts import KEEP_THE_APP
from harness.domain.facts.removal import LossesFound
from harness.domain.observation import Observation
from harness.domain.removal import LOSES_DATA, ArmResult
from harness.domain.verdict import Verdict


def with_known_cost(
    verdicts: Sequence[Verdict], observations: Iterable[Observation]
) -> list[Verdict]:
    """The verdicts with the general sentence "do not delete the app" replaced, phone by phone,
    by what deleting it did cost there. Without an experiment they stay as they are."""
    costs = {
        seen.device: seen.facts.cost
        for seen in observations
        if isinstance(seen.facts, LossesFound)
        and seen.facts.cost
        and seen.facts.arm in set(LOSES_DATA)
        and seen.facts.result == ArmResult.DONE
    }
    return [_told(verdict, costs) for verdict in verdicts]


def _told(verdict: Verdict, costs: dict[str | None, str]) -> Verdict:
    cost = costs.get(verdict.device.name) if verdict.device else None
    if cost is None or KEEP_THE_APP not in verdict.advice:
        return verdict
    sentence = (
        "Do not delete the app: the fault is not on the phone, and deleting it costs"
        f" {cost}, as the reinstall experiment on this phone showed."
    )
    advice = tuple(sentence if text == KEEP_THE_APP else text for text in verdict.advice)
    return replace(verdict, advice=advice)
