"""What `harness explain` prints of a rule."""

from harness.attribution.rule import Rule
from harness.attribution.table import RULES_VERSION, TABLE, rule_by_id

EXPLANATIONS: dict[str, Rule] = {rule.id: rule for rule in TABLE}
"""All rules by id."""


def explain_rule(rule_id: str) -> str | None:
    """Where the rule looks, why it blames whom, what would overturn it; None if unknown."""
    rule = rule_by_id(rule_id)
    if rule is None:
        return None
    return "\n".join(
        (
            f"{rule.id} (rules {RULES_VERSION})",
            f"  looks at      the {rule.layer} layer",
            f"  blames        {rule.party}; outcome {rule.outcome}",
            f"  because       {rule.because}",
            f"  overturned by {rule.overturned_by}",
            f"  says          {rule.summary}",
        )
    )
