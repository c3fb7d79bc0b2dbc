"""`am start`."""

from __future__ import annotations

from harness.simphone.android.intents import Intent, parse_intent, short
from harness.simphone.android.parts import android
from harness.simphone.android.program import Reply
from harness.simphone.android.resolver import NoActivity
from harness.simphone.contracts import Invocation

LAUNCH_STATE_SINCE = 29
"""API level that tells the state of the launch, and no longer ThisTime."""
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
    state = "UNKNOWN (0)" if warning else "COLD" if launched.cold else "HOT"
    total = f"{launched.seconds * 1000:.0f}\n"
    new = phone.spec.api >= LAUNCH_STATE_SINCE
    return Reply(
        f"{text}{warning}Status: ok\n"
        f"{f'LaunchState: {state}' if new else ''}{chr(10) if new else ''}"
        f"Activity: {short(launched.package, launched.activity)}\n"
        f"{'' if new else f'ThisTime: {total}'}TotalTime: {total}"
        f"WaitTime: {launched.seconds * 1000 + 3:.0f}\nComplete\n"
    )


def _refused(text: str, intent: Intent, reason: str) -> Reply:
    """Android prints the refusal to stderr and ends with 1 for either kind."""
    kind = "Error type 3\n" if intent.component else ""
    return Reply(text, f"{kind}Error: {reason}\n", 1)
