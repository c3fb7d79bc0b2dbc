"""A phone for tests of Android's services: real storage, no display, no network."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from harness.simphone.android.activities import PhoneActivities
from harness.simphone.android.apk.build import LAUNCH, ApkSpec, build_apk
from harness.simphone.android.apk.manifest import VIEW, Component, IntentFilter
from harness.simphone.android.backup_store import BackupStore
from harness.simphone.android.clock import PhoneClock
from harness.simphone.android.commands import COMMANDS
from harness.simphone.android.conditions import Conditions
from harness.simphone.android.log_ring import LogBuffers
from harness.simphone.android.media_store import MediaStore
from harness.simphone.android.packages import PhonePackages
from harness.simphone.android.parts import AndroidPhone, Instrumentation
from harness.simphone.android.processes import PhoneProcesses
from harness.simphone.android.properties import PhoneProperties
from harness.simphone.android.radios import connect_radios
from harness.simphone.android.settings import PhoneSettings
from harness.simphone.android.system_packages import system_packages
from harness.simphone.contracts import (
    SHELL_UID,
    AppFactory,
    Invocation,
    Package,
    PhoneParts,
    PhoneSpec,
    Process,
)
from harness.simphone.network.firewall import Firewall
from harness.simphone.network.internet import Internet
from harness.simphone.network.stack import PhoneNetwork
from harness.simphone.storage.filesystem import PhoneFileSystem
from harness.simphone.ui.node import Node

APP = "com.example.feed"
MAIN = "com.example.feed.MainActivity"
LINK = "com.example.feed.LinkActivity"
CAMERA = "android.permission.CAMERA"


@dataclass
class FakeWindow:
    """`contracts.Window`."""

    package: str
    activity: str
    display: FakeDisplay
    root: Node | None = None
    drawn: int = 0

    def set_content(self, root: Node) -> None:
        self.root = root
        self.drawn += 1

    def finish(self) -> None:
        self.display.windows.remove(self)


@dataclass
class FakeDisplay:
    """The windows of `contracts.Display`, topmost last."""

    windows: list[FakeWindow] = field(default_factory=list[FakeWindow])
    keyboard_shown: bool = False

    def open_window(
        self, package: str, activity: str, *, on_back: Callable[[], Awaitable[bool]] | None = None
    ) -> FakeWindow:
        window = FakeWindow(package, activity, self)
        self.windows = [w for w in self.windows if (w.package, w.activity) != (package, activity)]
        self.windows.append(window)
        return window

    def close_package(self, package: str) -> None:
        self.windows = [window for window in self.windows if window.package != package]

    async def swipe(self, x1: int, y1: int, x2: int, y2: int, seconds: float) -> None:
        """From the status bar down: the notification shade."""
        if y1 == 0 and y2 > y1:
            self.open_window("com.android.systemui", "NotificationShade")

    async def key(self, keycode: int) -> None:
        """Back closes the topmost window."""
        if keycode == 4:
            self.windows.pop()

    @property
    def frames(self) -> dict[str, int]:
        """Each content of a window counts."""
        found: dict[str, int] = {}
        for window in self.windows:
            found[window.package] = found.get(window.package, 0) + window.drawn
        return found

    def focus(self) -> tuple[str, str] | None:
        top = self.windows[-1:] or None
        return (top[0].package, top[0].activity) if top else None


class FakeApp:
    """`contracts.App` that opens one window."""

    def __init__(self, phone: PhoneParts, package: Package, process: Process) -> None:
        self.phone, self.package, self.process = phone, package, process
        self.starts: list[tuple[str, str | None, str | None]] = []
        self.stopped = False

    async def on_start(self, activity: str, action: str | None, data: str | None) -> None:
        self.starts.append((activity, action, data))
        self.phone.display.open_window(self.package.name, activity)

    def on_stop(self) -> None:
        self.stopped = True


class Sink:
    """`contracts.Sink` that keeps what was written."""

    def __init__(self) -> None:
        self.data = b""

    async def write(self, data: bytes) -> None:
        self.data += data


class Bytes:
    """`contracts.Source` over bytes."""

    def __init__(self, data: bytes = b"") -> None:
        self.left = data

    async def read(self, size: int = -1) -> bytes:
        size = len(self.left) if size < 0 else size
        data, self.left = self.left[:size], self.left[size:]
        return data


class FakePhone:
    """What `android.parts.AndroidPhone` needs."""

    def __init__(self, folder: Path, spec: PhoneSpec | None = None) -> None:
        parts = cast("PhoneParts", self)
        self.folder = folder
        self.spec = spec or PhoneSpec("test", timezone="UTC")
        self.clock = PhoneClock()
        self.fs = PhoneFileSystem(folder / "storage", self.clock)
        self.conditions = Conditions()
        self.firewall = Firewall()
        self.properties = PhoneProperties(self.spec)
        self.settings = PhoneSettings(self.spec)
        self.network = PhoneNetwork(
            self.settings, self.fs, self.conditions, Internet(), self.firewall
        )
        self.log = LogBuffers(self.clock)
        self.processes = PhoneProcesses(self.clock, self.log)
        self.display = FakeDisplay()
        self.apps: dict[str, AppFactory] = {}
        self.instrumentation: dict[str, Instrumentation] = {}
        self.packages = PhonePackages(parts, folder / "packages")
        self.media = MediaStore(parts)
        self.backups = BackupStore(parts)
        self.activities = PhoneActivities(parts)
        self.reboots = 0
        self.running: list[FakeApp] = []
        self.apps["fake"] = self._app
        for name, uid in (("init", 0), ("zygote64", 0), ("system_server", 1000)):
            self.processes.start(name, uid=uid)
        for package, manifest in system_packages(self.spec):
            self.packages.preinstall(package, manifest)
        connect_radios(self.conditions, self.settings)

    @property
    def parts(self) -> PhoneParts:
        return cast("PhoneParts", self)

    @property
    def android(self) -> AndroidPhone:
        return cast("AndroidPhone", self)

    async def reboot(self) -> None:
        self.reboots += 1

    def install(self, **changes: object) -> Package:
        """Installs the test's app; `changes` are fields of ApkSpec."""
        return self.packages.install(self.apk(**changes), grant=bool(changes.get("grant")))

    def apk(self, **changes: object) -> Path:
        changes.pop("grant", None)
        return build_apk(self.folder / "app.apk", app_spec(**changes))

    def run(
        self,
        line: str,
        *,
        stdin: bytes = b"",
        uid: int = SHELL_UID,
        env: dict[str, str] | None = None,
    ) -> tuple[str, str, int]:
        """(stdout, stderr, exit code) of one command in a loop of its own."""
        return asyncio.run(self.call(line, stdin=stdin, uid=uid, env=env))

    async def call(
        self,
        line: str,
        *,
        stdin: bytes = b"",
        uid: int = SHELL_UID,
        env: dict[str, str] | None = None,
    ) -> tuple[str, str, int]:
        argv = shlex.split(line)
        out, err = Sink(), Sink()
        inv = Invocation(argv, Bytes(stdin), out, err, self.parts, uid=uid, env=env or {}, pid=4711)
        code = await COMMANDS[argv[0]](inv)
        return out.data.decode(), err.data.decode(), code

    def _app(self, phone: PhoneParts, package: Package, process: Process) -> FakeApp:
        app = FakeApp(phone, package, process)
        self.running.append(app)
        return app


def app_spec(**changes: object) -> ApkSpec:
    """The app of these tests: launcher activity, deep link, one runtime permission."""
    fields: dict[str, Any] = {
        "package": APP,
        "version_code": 310,
        "version_name": "3.1.0",
        "label": "Feed",
        "permissions": ("android.permission.INTERNET", CAMERA),
        "activities": (
            Component(MAIN, exported=True, filters=LAUNCH),
            Component(LINK, exported=True, filters=(IntentFilter((VIEW,), (), ("feed",)),)),
        ),
        "behaviour": {"name": "fake"},
        **changes,
    }
    return ApkSpec(**fields)


def written(phone: FakePhone, *buffers: str) -> str:
    """All log entries of the buffers as `tag: text` lines."""
    return "\n".join(f"{entry.tag}: {entry.text}" for entry in phone.log.entries(buffers))
