"""`am`: dispatch to what it can do, one function for each verb."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from harness.simphone.android.am_broadcast import broadcast
from harness.simphone.android.am_instrument import instrument
from harness.simphone.android.am_processes import VERBS as PROCESS_VERBS
from harness.simphone.android.am_services import VERBS as SERVICE_VERBS
from harness.simphone.android.am_start import start
from harness.simphone.android.am_users import VERBS as USER_VERBS
from harness.simphone.android.intents import BadIntent
from harness.simphone.android.program import Reply
from harness.simphone.android.standby import VERBS as STANDBY_VERBS
from harness.simphone.contracts import Invocation

Verb = Callable[[Invocation, list[str]], Reply | Awaitable[Reply]]
USAGE = """Activity manager (activity) commands:
  help
  start-activity [-D] [-N] [-W] [-S] [--user <USER_ID> | current] <INTENT>
  start-service | start-foreground-service | stop-service [--user <USER_ID>] <INTENT>
  broadcast [--user <USER_ID>] <INTENT>
  instrument [-r] [-e <NAME> <VALUE>] [-w] [--no-window-animation] <COMPONENT>
  force-stop | kill | crash <PACKAGE>
  kill-all | hang | restart
  stack list | get-current-user | get-standby-bucket | send-trim-memory
"""

VERBS: Mapping[str, Verb] = {
    "start": start,
    "start-activity": start,
    "broadcast": broadcast,
    **PROCESS_VERBS,
    **SERVICE_VERBS,
    **STANDBY_VERBS,
    **USER_VERBS,
}


async def am(inv: Invocation) -> int:
    """One call of `am` (also `cmd activity`)."""
    words = list(inv.argv[1:])
    verb = words.pop(0) if words else "help"
    if verb == "instrument":
        return await instrument(inv, words)
    reply = await _answer(inv, verb, words)
    if reply.out:
        await inv.stdout.write(reply.out.encode())
    if reply.err:
        await inv.stderr.write(reply.err.encode())
    return reply.code


async def _answer(inv: Invocation, verb: str, words: list[str]) -> Reply:
    if verb in ("help", "-h", "--help"):
        return Reply(USAGE)
    function = VERBS.get(verb)
    if function is None:
        return Reply(err=f"Unknown command: {verb}\n", code=255)
    try:
        answer = function(inv, words)
        return answer if isinstance(answer, Reply) else await answer
    except BadIntent as error:
        return Reply(err=f"Error: {error}\n", code=1)


COMMANDS = {"am": am}
