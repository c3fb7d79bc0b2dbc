"""`am start`."""

from __future__ import annotations

from harness.simphone.android.intents import Intent, parse_intent, short
from harness.simphone.android.parts import android
from harness.simphone.android.program import Reply
from harness.simphone.android.resolver import NoActivity
from harness.simphone.contracts import Invocation

TO_FRONT = "Warning: Activity not started, its current task has been brought to the front\n"
DELIVERED = (
    "Warning: Activity not started, intent has been delivered to currently running"
    " top-most instance.\n"
)


async def start(inv: Invocation, words: list[str]) -> Reply:
    """Starts an activity; with -W also waits and prints how long it took."""
    phone = android(inv.phone)
    intent = parse_intent(words)
    text = f"Starting: {intent}\n"
    stop = "-S" in intent.options
    if stop and intent.component:
        text = f"Stopping: {intent.component[0]}\n{text}"
    try:
        launched = await phone.activities.launch(intent, stop_first=stop, uid=inv.uid)
    except NoActivity as error:
        return _refused(text, intent, str(error))
    warning = ""
    if not launched.cold and not stop:
        warning = DELIVERED if launched.on_top else TO_FRONT
    if "-W" not in intent.options:
        return Reply(text + warning)
    state = "COLD" if launched.cold else "HOT"
    return Reply(
        f"{text}{warning}Status: ok\n"
        f"LaunchState: {state if not warning else 'UNKNOWN (0)'}\n"
        f"Activity: {short(launched.package, launched.activity)}\n"
        f"TotalTime: {launched.seconds * 1000:.0f}\n"
        f"WaitTime: {launched.seconds * 1000 + 3:.0f}\nComplete\n"
    )


def _refused(text: str, intent: Intent, reason: str) -> Reply:
    """Android prints the refusal to stderr and ends with 1 for either kind."""
    kind = "Error type 3\n" if intent.component else ""
    return Reply(text, f"{kind}Error: {reason}\n", 1)
