"""One case of a rule: how its verdict is come by, from a capture or from a scenario."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harness.domain.verdict import Verdict
from tests.attribution.build import judged, verdict_of

type RuleCase = tuple[str, str, Callable[[], Verdict]]
"""The rule that must fire, the party that it must name, and how to get there."""


def bare(*facts: Any, **more: Any) -> Callable[[], Verdict]:
    """What a capture alone is judged to be."""
    return lambda: verdict_of(*facts, **more)


def tried(*facts: Any, **more: Any) -> Callable[[], Verdict]:
    """What a try of a scenario is judged to be."""
    return lambda: judged(*facts, **more)
