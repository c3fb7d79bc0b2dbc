"""What the system services remember beyond packages, processes and settings."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from harness.simphone.android.accounts import GOOGLE, Account
from harness.simphone.android.dropbox import DropBox
from harness.simphone.android.notifications import Notifications
from harness.simphone.android.traffic import Traffic
from harness.simphone.android.usage import UsageLog


@dataclass(slots=True)
class InstallSession:
    """`install-create` … `install-commit`; APKs by split name."""

    number: int
    flags: list[str] = field(default_factory=list[str])
    parts: dict[str, Path] = field(default_factory=dict[str, Path])


@dataclass(slots=True)
class ActivityRecord:
    """An activity that was started and not finished."""

    package: str
    activity: str  # full class name
    task: int
    token: int
    pid: int


@dataclass(frozen=True, slots=True)
class DiskSizes:
    """What `diskstats` knows of packages: bytes of (code, data, cache), taken at an uptime."""

    taken: float
    names: list[str]
    table: list[tuple[int, int, int]]


@dataclass(slots=True)
class ServiceState:
    """One phone's; lies in `phone.activities.state`."""

    dropbox: DropBox = field(default_factory=DropBox)
    stack: list[ActivityRecord] = field(default_factory=list[ActivityRecord])  # topmost first
    services: dict[str, int] = field(default_factory=dict[str, int])
    """Running foreground services: full component -> pid of the process."""
    sessions: dict[int, InstallSession] = field(default_factory=dict[int, InstallSession])
    app_ops: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    idle_allowed: set[str] = field(default_factory=set[str])
    overlays: set[str] = field(default_factory=set[str])
    tombstones: int = 0
    size: tuple[int, int] | None = None  # `wm size` override
    density: int | None = None  # `wm density` override
    battery: dict[str, str] = field(default_factory=dict[str, str])  # `dumpsys battery set`
    location: tuple[float, float, float] = (52.52, 13.405, 34.0)  # latitude, longitude, altitude
    location_enabled: bool = True
    enforcing: bool = True  # SELinux
    disk_sizes: DiskSizes | None = None
    traffic: Traffic = field(default_factory=Traffic)
    suspended: set[str] = field(default_factory=set[str])
    flags: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """`device_config` by namespace and key."""
    restricted: set[int] = field(default_factory=set[int])  # uids without background data
    notifications: Notifications = field(default_factory=Notifications)
    usage: UsageLog = field(default_factory=UsageLog)
    accounts: tuple[Account, ...] = (GOOGLE,)
    job_runs: dict[int, float] = field(default_factory=dict[int, float])
    """When each job last ran: its number -> uptime in seconds."""
    frames_before: dict[int, int] = field(default_factory=dict[int, int])
    """What `gfxinfo PACKAGE reset` leaves out: pid -> frames drawn until then."""
    last_anr: str = ""
    recording: asyncio.Event | None = None
    """Ends the recording that Appium's settings app makes just now."""
    thermal: int | None = None  # what `cmd thermalservice override-status` says
    buckets: dict[str, int] = field(default_factory=dict[str, int])
    """Of app standby, by package; others are active."""

    def forget(self, package: str) -> None:
        """The package is uninstalled for the owner."""
        self.notifications.cancel(package)
        self.usage.forget(package)
        self.app_ops.pop(package, None)
        self.idle_allowed.discard(package)
        self.buckets.pop(package, None)
