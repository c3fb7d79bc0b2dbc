"""`am instrument`: with `-w` the stream stays open as long as the test runs."""

from __future__ import annotations

import asyncio

from harness.simphone.android.instrumentation import NoInstrumentation
from harness.simphone.android.parts import android
from harness.simphone.android.program import arguments
from harness.simphone.contracts import Invocation

RAW_STATUS = "INSTRUMENTATION_STATUS: id=AndroidJUnitRunner\nINSTRUMENTATION_STATUS_CODE: 1\n"
ENDED = "INSTRUMENTATION_RESULT: stream=\n\nTime: 0\n\nOK (1 test)\n\n\nINSTRUMENTATION_CODE: -1\n"
DIED = "INSTRUMENTATION_RESULT: shortMsg=Process crashed.\nINSTRUMENTATION_CODE: 0\n"

_detached: set[asyncio.Task[bool]] = set()


async def instrument(inv: Invocation, words: list[str]) -> int:
    """Runs PKG/RUNNER; without `-w` it goes on behind and returns at once."""
    given = arguments(_without_pairs(words), {"--user", "-p", "--abi", "-f"})
    phone = android(inv.phone)
    if not given.rest:
        await inv.stderr.write(b"Error: No instrumentation component supplied\n")
        return 1
    runs = phone.activities.instrumentations
    try:
        if not given.has("-w"):
            task = asyncio.ensure_future(runs.run(given.rest[0]))
            _detached.add(task)
            task.add_done_callback(_detached.discard)
            return 0
        if given.has("-r"):
            await inv.stdout.write(RAW_STATUS.encode())
        well = await runs.run(given.rest[0])
    except NoInstrumentation as error:
        text = f"android.util.AndroidException: INSTRUMENTATION_FAILED: {error}\n"
        await inv.stdout.write(f"INSTRUMENTATION_FAILED: {error}\n".encode())
        await inv.stderr.write(text.encode())
        return 1
    await inv.stdout.write((ENDED if well else DIED).encode())
    return 0


def _without_pairs(words: list[str]) -> list[str]:
    """Drops `-e NAME VALUE`: the runner's arguments say nothing to `am` itself."""
    kept: list[str] = []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if word == "-e":
            del queue[:2]
        else:
            kept.append(word)
    return kept
