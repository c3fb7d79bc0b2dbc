"""`adb shell` without a command: a person at the phone's shell."""

from __future__ import annotations

import asyncio

from harness.simphone.adbd.terminal import TerminalInput
from harness.simphone.contracts import ROOT_UID, PhoneParts, Sink, Source

_CANCEL_TIMEOUT = 5.0  # seconds a shell may take to end after Ctrl-C


async def console(phone: PhoneParts, *, keys: Source, screen: Sink, uid: int) -> int:
    """Runs typed lines until `exit` or Ctrl-D; returns the shell's exit code.

    Ctrl-C ends the running command and starts a fresh shell (its folder and
    variables are those of the start again). `screen` is a terminal's output.
    """
    typed = TerminalInput(keys, screen)
    typing = asyncio.ensure_future(typed.type_on())
    try:
        while True:
            typed.interrupted.clear()
            code = await _shell(phone, typed, screen, uid)
            if code is not None:
                return code
    finally:
        typing.cancel()


async def _shell(phone: PhoneParts, typed: TerminalInput, screen: Sink, uid: int) -> int | None:
    """One shell's exit code; None when it was interrupted."""
    script = _prompting(phone.spec.product, uid)
    run = asyncio.ensure_future(
        phone.shell.run(script, stdin=typed, stdout=screen, stderr=screen, uid=uid)
    )
    interrupted = asyncio.ensure_future(typed.interrupted.wait())
    try:
        await asyncio.wait({run, interrupted}, return_when=asyncio.FIRST_COMPLETED)
        return run.result() if run.done() else None
    finally:
        interrupted.cancel()
        run.cancel()
        await asyncio.wait({run}, timeout=_CANCEL_TIMEOUT)


def _prompting(host: str, uid: int) -> str:
    """A script that shows Android's prompt and runs line by line, in one shell."""
    sign = "#" if uid == ROOT_UID else "$"
    return (
        f"while printf '%s' \"{host}:${{PWD:-/}} {sign} \"; IFS= read -r _line; "
        'do eval "$_line"; done'
    )
