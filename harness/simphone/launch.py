"""`harness phone`: starts simulated phones, says where they are, waits to be ended."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import json
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import adbutils

from harness.simphone.app.build import DEFAULT_VERSION
from harness.simphone.fleet import Fleet, Wish, describe

ADB_SECONDS = 20.0
PR_SET_PDEATHSIG = 1
PARENT_POLL_SECONDS = 0.5


class LaunchError(Exception):
    """The phones could not be started or connected; args are one sentence."""


@dataclass(frozen=True, slots=True)
class LaunchOptions:
    """What `harness phone` was asked for."""

    count: int = 1
    api: int = 34
    profile: str = "userdebug"
    incident: str = "none"
    locale: str = "en-US"
    app_version: str = DEFAULT_VERSION
    connect: bool = True
    die_with_parent: bool = False
    content: str = "used"
    logged_in: bool = True
    seed: int = 1
    allow_backup: bool = False
    preinstalled: bool = False
    card: bool = False
    adopted: bool = False


async def serve(options: LaunchOptions, say: Callable[[str], None]) -> None:
    """Starts the phones, says one JSON line, waits for SIGINT or SIGTERM, cleans up.

    Raises LaunchError when a phone cannot be connected, ValueError for unknown
    profiles, API levels or incidents.
    """
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # it warns of every abrupt TLS close
    over = asyncio.Event()
    _watch_signals(over)
    if options.die_with_parent:
        _die_with_parent(over)
    with tempfile.TemporaryDirectory(prefix="harness-phones-") as name:
        fleet = Fleet(_wishes(options), Path(name))
        addresses: list[str] = []
        try:
            await fleet.start(options.incident)
            if options.connect:
                for running in fleet.running:
                    await _adb("connect", running.address)
                    addresses.append(running.address)
            say(json.dumps(describe(fleet)))
            await over.wait()
        finally:
            for address in addresses:
                with contextlib.suppress(LaunchError):  # the adb server may be gone first
                    await _adb("disconnect", address)
            await fleet.stop()


def _wishes(options: LaunchOptions) -> list[Wish]:
    stem = "sim" if options.profile == "userdebug" else f"sim-{options.profile}"
    return [
        Wish(
            f"{stem}-{number + 1}",
            options.api,
            options.profile,
            app_version=options.app_version,
            locale=options.locale,
            content=options.content,
            logged_in=options.logged_in,
            seed=options.seed + number,
            allow_backup=options.allow_backup,
            preinstalled=options.preinstalled,
            card=options.card,
            adopted=options.adopted,
        )
        for number in range(options.count)
    ]


def _watch_signals(over: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, over.set)


def _die_with_parent(over: asyncio.Event) -> None:
    """Ends as on SIGTERM when the parent dies: by the kernel on Linux, else by looking."""
    parent = os.getppid()
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0) == 0:
            if os.getppid() != parent:
                over.set()  # it died before the call
            return
    loop = asyncio.get_running_loop()

    def look() -> None:
        if os.getppid() != parent:
            over.set()
        else:
            loop.call_later(PARENT_POLL_SECONDS, look)

    look()


async def _adb(*words: str) -> str:
    """One adb call on the server of ANDROID_ADB_SERVER_PORT; raises LaunchError."""
    binary = adbutils.adb_path()
    process = await asyncio.create_subprocess_exec(
        binary,
        *words,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), ADB_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise LaunchError(f"adb {' '.join(words)}: no answer within {ADB_SECONDS:.0f} s") from None
    text = output.decode(errors="replace").strip()
    if process.returncode != 0 or text.startswith(("failed", "error", "cannot")):
        raise LaunchError(f"adb {' '.join(words)} ended {process.returncode}: {text}")
    return text
