"""`monkey -p PKG -c android.intent.category.LAUNCHER 1`: how many tools start an app."""

from __future__ import annotations

from harness.simphone.android.intents import Intent
from harness.simphone.android.parts import android
from harness.simphone.android.program import Reply, arguments, program
from harness.simphone.android.resolver import launcher_activity
from harness.simphone.contracts import Invocation

USAGE = "usage: monkey [-p ALLOWED_PACKAGE [-p ALLOWED_PACKAGE] ...]\n              COUNT\n"
VALUED = {
    "-p", "-c", "-s", "--throttle", "--pct-touch", "--pct-motion", "--pct-trackball",
    "--pct-syskeys", "--pct-nav", "--pct-majornav", "--pct-appswitch", "--pct-anyevent",
}  # fmt: skip


async def _monkey(inv: Invocation) -> Reply:
    """Starts the package's launcher activity; sends no other events."""
    given, phone = arguments(inv.argv[1:], VALUED), android(inv.phone)
    package = given.value("-p") or ""
    if len(inv.argv) < 2:
        return Reply(err=USAGE, code=253)
    activity = launcher_activity(phone.packages, package)
    head = f"  bash arg: {' '.join(inv.argv[1:])}\n"
    if activity is None:
        return Reply(head + "** No activities found to run, monkey aborted.\n", code=252)
    intent = Intent(action="android.intent.action.MAIN", component=(package, activity))
    intent.categories.append("android.intent.category.LAUNCHER")
    await phone.activities.launch(intent, uid=inv.uid)
    return Reply(
        f"{head}Events injected: 1\n"
        "## Network stats: elapsed time=15ms (0ms mobile, 0ms wifi, 15ms not connected)\n"
    )


COMMANDS = {"monkey": program(_monkey)}
