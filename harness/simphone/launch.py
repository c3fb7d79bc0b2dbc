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
from harness.simphone.fleet import Fleet, Running, Wish, describe

ADB_SECONDS = 20.0
ANNOUNCE_SECONDS = 0.5
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
    maker: str = "google"
    guards: str = "open"
    wireguard: bool = False
    users: tuple[str, ...] = ()


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
        tasks: list[asyncio.Task[None]] = []
        try:
            await fleet.start(options.incident)
            if options.connect:
                for running in fleet.running:
                    announcing = await _attach(running)
                    addresses.append(running.address)
                    tasks += [announcing] if announcing is not None else []
            say(json.dumps(describe(fleet)))
            await over.wait()
        finally:
            for task in tasks:
                task.cancel()
            for address in (a for a in addresses if ":" in a):
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
            maker=options.maker,
            guards=options.guards,
            wireguard=options.wireguard,
            users=options.users,
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


async def _attach(running: Running) -> asyncio.Task[None] | None:
    """Makes the phone known to the adb server; raises LaunchError.

    An emulator tells the server again whenever its adbd has started anew: the task does.
    """
    if running.console is None:
        await _adb("connect", running.address)
        return None
    await _adb("start-server")
    await _announce(running)
    await _adb("-s", running.address, "wait-for-device")
    return asyncio.create_task(_keep_announcing(running), name=f"announce {running.address}")


async def _announce(running: Running) -> None:
    """`host:emulator:PORT`, which has no answer. Raises LaunchError."""
    server = int(os.environ.get("ANDROID_ADB_SERVER_PORT", "5037"))
    request = f"host:emulator:{running.phone.adbd.port}".encode()
    try:
        async with asyncio.timeout(ADB_SECONDS):
            _, writer = await asyncio.open_connection("127.0.0.1", server)
            writer.write(f"{len(request):04x}".encode() + request)
            await writer.drain()
            writer.close()
    except (OSError, TimeoutError) as error:
        raise LaunchError(f"the adb server at port {server} took no emulator: {error}") from error


async def _keep_announcing(running: Running) -> None:
    while True:
        await asyncio.sleep(ANNOUNCE_SECONDS)
        if running.phone.adbd.hosts == 0:
            with contextlib.suppress(LaunchError):  # no server now: it may come back
                await _announce(running)


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
