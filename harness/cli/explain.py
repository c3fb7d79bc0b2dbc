"""`harness explain RULE`: what a rule looks for, why it blames whom, what would overturn it."""

from typing import Annotated

import typer

from harness.cli.failure import UserError


def explain(
    rule: Annotated[str, typer.Argument(help="Id of a rule, as verdicts name it.")],
) -> int:
    """What a rule looks for, why it blames whom, what would overturn it."""
    from difflib import get_close_matches

    from harness.attribution.explain import EXPLANATIONS, explain_rule

    text = explain_rule(rule)
    if text is None:
        near = get_close_matches(rule, EXPLANATIONS, 3)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise UserError(f"no rule is called {rule!r}.{hint}")
    print(text)
    return 0
