"""The phone as the Android services see it: the concrete parts of this package."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol, cast

from harness.simphone.contracts import (
    AppFactory,
    Display,
    FileSystem,
    NetworkStack,
    PhoneParts,
    PhoneSpec,
)

if TYPE_CHECKING:
    from harness.simphone.android.activities import PhoneActivities
    from harness.simphone.android.backup_store import BackupStore
    from harness.simphone.android.clock import PhoneClock
    from harness.simphone.android.conditions import Conditions
    from harness.simphone.android.log_ring import LogBuffers
    from harness.simphone.android.media_store import MediaStore
    from harness.simphone.android.packages import PhonePackages
    from harness.simphone.android.processes import PhoneProcesses
    from harness.simphone.android.properties import PhoneProperties
    from harness.simphone.android.settings import PhoneSettings
    from harness.simphone.network.firewall import Firewall

Instrumentation = Callable[[PhoneParts], Awaitable[None]]
"""Runs what `am instrument` starts until it ends by itself."""


class AndroidPhone(Protocol):
    """What `phone.py` builds: `PhoneParts` with this package's own classes.

    Beyond `PhoneParts` it has `conditions` and `instrumentation`; the latter
    maps `PKG/RUNNER` to what runs while `am instrument` of it is open.
    """

    spec: PhoneSpec
    clock: PhoneClock
    fs: FileSystem
    properties: PhoneProperties
    settings: PhoneSettings
    log: LogBuffers
    processes: PhoneProcesses
    packages: PhonePackages
    media: MediaStore
    backups: BackupStore
    activities: PhoneActivities
    display: Display
    network: NetworkStack
    apps: dict[str, AppFactory]
    adb_root: bool
    conditions: Conditions
    firewall: Firewall
    instrumentation: dict[str, Instrumentation]

    async def reboot(self) -> None: ...


def android(phone: PhoneParts) -> AndroidPhone:
    """`phone` with the types that this package put into it."""
    return cast("AndroidPhone", phone)


def generic(phone: AndroidPhone) -> PhoneParts:
    """The same phone as the contracts name it."""
    return cast("PhoneParts", phone)
