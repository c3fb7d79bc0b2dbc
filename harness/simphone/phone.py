"""One simulated phone, put together from its parts."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import cast

from harness.simphone.adbd import AdbDaemon
from harness.simphone.android import audio
from harness.simphone.android.activities import PhoneActivities
from harness.simphone.android.backup_store import BackupStore
from harness.simphone.android.clock import PhoneClock
from harness.simphone.android.conditions import Conditions
from harness.simphone.android.log_ring import LogBuffers
from harness.simphone.android.media_store import MediaStore
from harness.simphone.android.packages import PhonePackages
from harness.simphone.android.parts import Instrumentation, android
from harness.simphone.android.processes import PhoneProcesses
from harness.simphone.android.properties import PhoneProperties
from harness.simphone.android.radios import connect_radios
from harness.simphone.android.settings import PhoneSettings
from harness.simphone.android.system_dialogs import label
from harness.simphone.android.system_packages import system_packages
from harness.simphone.android.usage_watch import follow, look
from harness.simphone.app.build import BEHAVIOUR
from harness.simphone.app.faults import ActiveAppFaults
from harness.simphone.app.tiktok import tiktok_factory
from harness.simphone.boot import boot, register_programs
from harness.simphone.contracts import AppFactory, PhoneParts, PhoneSpec
from harness.simphone.gallery.photos import BEHAVIOUR as PHOTOS
from harness.simphone.gallery.photos import photos_factory
from harness.simphone.network.firewall import Firewall
from harness.simphone.network.internet import Internet
from harness.simphone.network.stack import PhoneNetwork
from harness.simphone.network.trust import APEX_STORE, APEX_STORE_SINCE, install_authority
from harness.simphone.network.wifi_link import address_of
from harness.simphone.sh.shell import PhoneShell
from harness.simphone.storage import PhoneFileSystem, register_proc
from harness.simphone.ui.condition_link import link
from harness.simphone.ui.display import PhoneDisplay
from harness.simphone.ui.rest.faults import UiServerFaults
from harness.simphone.ui.rest.instrumentation import run_instrumentation

UIA2_RUNNER = "io.appium.uiautomator2.server.test/androidx.test.runner.AndroidJUnitRunner"


class Phone:
    """`contracts.PhoneParts` with the real parts, and `android.parts.AndroidPhone`."""

    def __init__(
        self, spec: PhoneSpec, folder: Path, internet: Internet, authority_pem: bytes
    ) -> None:
        """`folder` holds this phone's storage; `authority_pem` is the root that it ships with."""
        parts = cast("PhoneParts", self)  # its attributes have narrower types there
        self.spec = spec
        self.clock = PhoneClock()
        self.fs = PhoneFileSystem(folder / "storage", self.clock)
        self.conditions = Conditions()
        self.properties = PhoneProperties(spec)
        self.settings = PhoneSettings(spec)
        self.log = LogBuffers(self.clock)
        self.processes = PhoneProcesses(self.clock, self.log)
        self.display = PhoneDisplay(spec, self.clock, launch=self._launch)
        self.firewall = Firewall()
        self.network = PhoneNetwork(
            self.settings, self.fs, self.conditions, internet, self.firewall
        )
        self.apps: dict[str, AppFactory] = {}
        self.instrumentation: dict[str, Instrumentation] = {UIA2_RUNNER: run_instrumentation}
        self.adb_root = False
        self.app_faults = ActiveAppFaults()
        self.ui_faults = UiServerFaults()
        self.apps[PHOTOS] = photos_factory()
        self.apps[BEHAVIOUR] = tiktok_factory(self.app_faults, self._count)
        self.packages = PhonePackages(parts, folder / "packages")
        self.media = MediaStore(parts)
        self.backups = BackupStore(parts)
        self.shell = PhoneShell(parts)
        self.activities = PhoneActivities(parts)
        self.adbd = AdbDaemon(parts)
        connect_radios(self.conditions, self.settings)
        self.network.tcp.address = address_of(spec.name)
        register_proc(
            self.fs, self, udp_table=self.network.udp.table, tcp_table=self.network.tcp_table
        )
        with self.fs.writable_system():
            if spec.api < APEX_STORE_SINCE:
                self.fs.remove(APEX_STORE, recursive=True)
            install_authority(self.fs, authority_pem)
        for package, manifest in system_packages(spec):
            self.packages.preinstall(package, manifest)
        self.display.launcher_apps = self._launcher_apps
        self.display.hard_key = self._hard_key
        link(self.display, self.conditions)
        self._watch()
        register_programs(self)
        boot(self)

    async def start(self, port: int = 0) -> int:
        """Lets adb in on 127.0.0.1; returns the port."""
        return await self.adbd.start(port)

    async def stop(self) -> None:
        """Ends every process, job and connection of this phone."""
        await self.adbd.stop()
        await self._end_all()

    async def open_local(
        self, target: str
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """A socket of the phone: `tcp:PORT` of its loopback; None when nobody listens."""
        kind, _, name = target.partition(":")
        port = self.network.local_port(int(name)) if kind == "tcp" and name.isdigit() else None
        if port is None:
            return None
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return None

    async def reboot(self) -> None:
        """All processes end, memory is lost, storage and settings stay."""
        await self._end_all()
        self.adb_root = False
        state = self.activities.state
        state.notifications.clear()
        state.last_anr = ""
        state.usage.look(None, self.clock.now(), self.clock.uptime())
        state.usage.note("DEVICE_SHUTDOWN", self.clock.now())
        self.fs.open_system(writable=False)
        self.clock.restart()
        state.usage.note("DEVICE_STARTUP", self.clock.now())
        boot(self)

    async def _end_all(self) -> None:
        self.network.leave_tunnel()
        await self.shell.end_all()
        for process in self.processes.all():
            self.processes.kill(process.pid, reason="other")
        await asyncio.sleep(0)

    def _watch(self) -> None:
        """The services see what the display shows, and the shade what the services hold."""
        phone = android(cast("PhoneParts", self))
        notifications = self.activities.state.notifications
        follow(phone)
        self.display.windows.on_change = lambda: look(phone)

        def show() -> None:
            self.display.status.notifications[:] = [
                (label(phone, n.package), f"{n.title}: {n.text}") for n in notifications.all()
            ]

        notifications.subscribe(show)

    async def _launch(self, package: str) -> None:
        found = self.packages.get(package)
        if found is not None and found.launch_activity is not None:
            action = "android.intent.action.MAIN"
            await self.activities.start_activity(
                f"{package}/{found.launch_activity}", action=action
            )

    def _count(self, uid: int, received: int, sent: int) -> None:
        traffic = self.activities.state.traffic
        traffic.count(uid, received=received, sent=sent, now=self.clock.now())

    def _hard_key(self, keycode: int) -> bool:
        if keycode in audio.KEYS:
            audio.press(self.settings, keycode)
        return keycode in audio.KEYS

    def _launcher_apps(self) -> list[tuple[str, str]]:
        apps: list[tuple[str, str]] = []
        for package in self.packages.all():
            manifest = self.packages.manifest(package.name)
            if manifest is not None and any(a.launchable for a in manifest.activities):
                apps.append((package.name, manifest.label or package.name))
        return apps
