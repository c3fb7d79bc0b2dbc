"""A running app, and the whole phone as its parts see it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from harness.simphone.contracts.android import (
    Activities,
    Log,
    Package,
    Packages,
    Process,
    Processes,
    Properties,
    Settings,
)
from harness.simphone.contracts.display import Display
from harness.simphone.contracts.network import NetworkStack
from harness.simphone.contracts.shell import Shell
from harness.simphone.contracts.spec import Clock, PhoneSpec
from harness.simphone.contracts.storage import FileSystem


class App(Protocol):
    """A running app process; made anew at each process start."""

    async def on_start(self, activity: str, action: str | None, data: str | None) -> None:
        """An activity is started or brought to front."""
        ...

    def on_stop(self) -> None:
        """The process is gone: cancel all own tasks at once."""
        ...


AppFactory = Callable[["PhoneParts", Package, Process], App]


class PhoneParts(Protocol):
    """The whole phone as its parts see it."""

    spec: PhoneSpec
    clock: Clock
    fs: FileSystem
    shell: Shell
    properties: Properties
    settings: Settings
    log: Log
    processes: Processes
    packages: Packages
    activities: Activities
    display: Display
    network: NetworkStack
    apps: dict[str, AppFactory]  # by Package.behaviour
    adb_root: bool  # adbd runs as root now

    async def open_local(
        self, target: str
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """`tcp:6790`, `localabstract:NAME` on the phone; None = refused."""
        ...

    async def reboot(self) -> None: ...
