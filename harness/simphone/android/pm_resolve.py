"""`pm resolve-activity` and `pm query-activities`."""

from __future__ import annotations

from harness.simphone.android.intents import BadIntent, Intent, parse_intent, short
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Reply
from harness.simphone.android.resolver import NoActivity, launcher_activity, resolve
from harness.simphone.contracts import Invocation

PRIORITY = "priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false"


def resolve_activity(inv: Invocation, words: list[str]) -> Reply:
    """`--brief` prints a priority line and `PKG/.Activity`."""
    try:
        intent = parse_intent(words)
        found = _found(android(inv.phone), intent)
    except BadIntent as error:
        return Reply(err=f"Error: {error}\n", code=1)
    except NoActivity:
        return Reply("No activity found\n")
    name = short(*found)
    if "--components" in intent.options:
        return Reply(f"{name}\n")
    if "--brief" in intent.options:
        return Reply(f"{PRIORITY}\n{name}\n")
    return Reply(f"{PRIORITY}\nActivityInfo:\n  name={found[1]}\n  packageName={found[0]}\n")


def query_activities(inv: Invocation, words: list[str]) -> Reply:
    """All that answer; here never more than one for each intent."""
    answer = resolve_activity(inv, words)
    if answer.code or answer.out.startswith("No activity"):
        return Reply("No activities found\n", answer.err, answer.code)
    return Reply(f"1 activities found:\n  Activity #0:\n    {answer.out}")


def _found(phone: AndroidPhone, intent: Intent) -> tuple[str, str]:
    named = intent.package
    if named and intent.component is None and not intent.data:
        activity = launcher_activity(phone.packages, named)
        if activity is None:
            raise NoActivity(named)
        return named, activity
    return resolve(phone.packages, intent)
