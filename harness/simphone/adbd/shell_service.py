"""`shell:`, `exec:`, `abb:` and `abb_exec:`: commands over a stream."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from harness.simphone.adbd.console import console
from harness.simphone.adbd.shell_frames import FramedSink, FramedStdin, FrameId, frame
from harness.simphone.adbd.stream import Stream
from harness.simphone.adbd.terminal import TerminalSink
from harness.simphone.contracts import (
    ROOT_UID,
    SHELL_UID,
    Invocation,
    PhoneParts,
    Sink,
    Source,
)

_CANCEL_TIMEOUT = 5.0  # seconds a shell may take to end after SIGHUP
_EXEC_GRACE = 1.0  # seconds an exec has to take in what the host sent before it hung up


@dataclass(frozen=True, slots=True)
class ShellRequest:
    """What `shell[,option]*:SCRIPT` asks for."""

    script: str
    framed: bool  # shell_v2: frames, stderr apart, exit code
    terminal: bool  # a person types: echo, line editing, CR LF


def parse_shell(service: str) -> ShellRequest:
    """Splits at the first ':'; the head's options are separated by ','.

    As in adbd the default is a terminal without a command, raw with one.
    """
    head, _, script = service.partition(":")
    options = head.split(",")[1:]
    terminal = "pty" in options or not (script or "raw" in options)
    return ShellRequest(script=script, framed="v2" in options, terminal=terminal)


def adb_uid(phone: PhoneParts) -> int:
    """The user as whom adbd, and what it starts, runs now."""
    return ROOT_UID if phone.adb_root else SHELL_UID


async def shell(phone: PhoneParts, stream: Stream, service: str) -> None:
    """Runs a script. The host closing the stream is SIGHUP to the shell only."""
    request = parse_shell(service)
    stream.accept()
    stdin, stdout, stderr = _pipes(stream, framed=request.framed)
    if request.terminal:
        stdout = stderr = TerminalSink(stdout)
    run = _run(phone, request, stdin, stdout, stderr)
    code = await _until_closed(run, stream)
    await _finish(stream, code, framed=request.framed)


async def execute(phone: PhoneParts, stream: Stream, service: str) -> None:
    """`exec:SCRIPT`: raw bytes both ways, no exit code.

    The host's close ends stdin; SIGHUP comes a little later, so that
    `adb exec-in 'cat > FILE'` gets all its bytes and a screenrecord still ends.
    """
    stream.accept()
    run = phone.shell.run(
        service.removeprefix("exec:"),
        stdin=stream,
        stdout=stream,
        stderr=stream,
        uid=adb_uid(phone),
    )
    await _until_closed(run, stream, grace=_EXEC_GRACE)
    await stream.close()


async def binder_command(phone: PhoneParts, stream: Stream, service: str) -> None:
    """`abb:` (framed) and `abb_exec:` (raw): `cmd ARGV…`, argv separated by NUL."""
    head, _, arguments = service.partition(":")
    framed = head == "abb"
    argv = ["cmd", *arguments.split("\0")]
    stream.accept()
    stdin, stdout, stderr = _pipes(stream, framed=framed)
    invocation = Invocation(
        argv=argv,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        phone=phone,
        uid=adb_uid(phone),
    )
    code = await phone.shell.execute(argv, invocation)
    await _finish(stream, code, framed=framed)


def _pipes(stream: Stream, *, framed: bool) -> tuple[Source, Sink, Sink]:
    if not framed:
        return stream, stream, stream
    return (
        FramedStdin(stream),
        FramedSink(stream, FrameId.STDOUT),
        FramedSink(stream, FrameId.STDERR),
    )


async def _run(
    phone: PhoneParts, request: ShellRequest, stdin: Source, stdout: Sink, stderr: Sink
) -> int:
    uid = adb_uid(phone)
    if request.script:
        return await phone.shell.run(
            request.script, stdin=stdin, stdout=stdout, stderr=stderr, uid=uid
        )
    if request.terminal:
        return await console(phone, keys=stdin, screen=stdout, uid=uid)
    # `… | adb shell`: the script comes on stdin.
    script = (await stdin.read()).decode(errors="surrogateescape")
    return await phone.shell.run(script, stdin=_Nothing(), stdout=stdout, stderr=stderr, uid=uid)


async def _finish(stream: Stream, code: int, *, framed: bool) -> None:
    if framed:
        # Without the exit packet `adb shell` ends with 255.
        await stream.write(frame(FrameId.EXIT, bytes([code & 0xFF])))
    await stream.close()


async def _until_closed(
    run: Coroutine[Any, Any, int], stream: Stream, *, grace: float = 0.0
) -> int:
    """The exit code of `run`.

    Raises BrokenPipeError when `run` has not ended `grace` seconds after the
    host hung up; `run` is cancelled then.
    """
    running = asyncio.ensure_future(run)
    hung_up = asyncio.ensure_future(stream.wait_closed())
    try:
        await asyncio.wait({running, hung_up}, return_when=asyncio.FIRST_COMPLETED)
        if grace and not running.done():
            await asyncio.wait({running}, timeout=grace)
        if not running.done():
            raise BrokenPipeError("the host closed the shell's stream")
        return running.result()
    finally:
        hung_up.cancel()
        if not running.done():
            running.cancel()
            await asyncio.wait({running}, timeout=_CANCEL_TIMEOUT)


class _Nothing:
    """stdin at its end."""

    async def read(self, size: int = -1) -> bytes:
        del size
        return b""
