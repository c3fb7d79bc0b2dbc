"""Android's services: properties, settings, log, processes, packages, activities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from harness.simphone.contracts.spec import SYSTEM_UID


class Properties(Protocol):
    def get(self, key: str) -> str: ...
    def set(self, key: str, value: str) -> None: ...
    def all(self) -> dict[str, str]: ...


class Settings(Protocol):
    """`settings` tables; namespaces "global", "secure", "system"."""

    def get(self, namespace: str, key: str) -> str | None: ...
    def put(self, namespace: str, key: str, value: str) -> None:
        """Also fans out as Android does (http_proxy → global_http_proxy_*)."""
        ...

    def delete(self, namespace: str, key: str) -> bool: ...
    def all(self, namespace: str) -> dict[str, str]: ...
    def subscribe(self, listener: Callable[[str, str, str | None], None]) -> None:
        """Calls listener(namespace, key, value or None) after each change."""
        ...


class Log(Protocol):
    """The logcat ring."""

    def write(
        self,
        tag: str,
        text: str,
        *,
        priority: str = "I",
        pid: int = 0,
        tid: int | None = None,
        uid: int = SYSTEM_UID,
        buffer: str = "main",
    ) -> None: ...


@dataclass(slots=True)
class Process:
    """A live process of the phone."""

    pid: int
    uid: int
    name: str
    started: float
    package: str | None = None
    ppid: int = 1


class Processes(Protocol):
    def start(self, name: str, *, uid: int, package: str | None = None) -> Process: ...
    def find(self, name: str) -> Process | None: ...
    def of_package(self, package: str) -> list[Process]: ...
    def all(self) -> list[Process]: ...
    def kill(self, pid: int, *, reason: str = "signaled", signal: int = 9) -> bool:
        """Ends it, tells `on_exit` listeners, writes am_proc_died and exit-info."""
        ...

    def on_exit(self, listener: Callable[[Process, str], None]) -> None: ...


@dataclass(slots=True)
class Package:
    """An installed package, read from its real APK."""

    name: str
    version_code: int
    version_name: str
    uid: int
    code_path: str
    min_sdk: int
    target_sdk: int
    debuggable: bool
    first_install: float
    last_update: float
    signer_sha256: str = ""
    launch_activity: str | None = None
    activities: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    granted: set[str] = field(default_factory=set[str])
    instrumentation: tuple[str, str] | None = None  # runner, target package
    installer: str | None = None
    allow_backup: bool = True
    behaviour: str | None = None  # assets/behaviour.json "name": which App runs
    behaviour_data: dict[str, object] = field(default_factory=dict[str, object])
    ce_inode: int = 0
    volume: str = ""  # UUID of the adopted card that holds its code and data
    away: bool = False  # its card is not in the phone: known, and not there
    system: bool = False
    stopped: bool = True  # until somebody starts it, and after a force-stop
    not_launched: bool = True  # never started since it was installed
    splits: tuple[str, ...] = ()  # names beside the base, e.g. config.arm64_v8a
    archived: float | None = None  # when; the code is gone, the data are there


class Packages(Protocol):
    def get(self, name: str) -> Package | None: ...
    def all(self) -> list[Package]: ...
    def install(
        self,
        apk: Path,
        *,
        replace: bool = True,
        grant: bool = False,
        downgrade: bool = False,
        installer: str | None = None,
        user: int | None = 0,
    ) -> Package:
        """Raises InstallError("INSTALL_FAILED_…", text)."""
        ...

    def uninstall(self, name: str, *, keep_data: bool = False, user: int | None = None) -> bool: ...
    def clear(self, name: str) -> bool: ...


class InstallError(Exception):
    """Installation refused; args are the code and the explaining text."""


class Activities(Protocol):
    """What `am` can do; apps and the UI use it as well."""

    async def start_activity(
        self,
        component: str,
        *,
        action: str | None = None,
        data: str | None = None,
        extras: Mapping[str, str] | None = None,
        stop_first: bool = False,
    ) -> None: ...
    def force_stop(self, package: str) -> None: ...
    def crash(self, package: str, exception: str, message: str, frames: Sequence[str]) -> None:
        """FATAL EXCEPTION in logcat, am_crash, dropbox, exit-info, "app keeps stopping"."""
        ...

    def not_responding(self, package: str, reason: str) -> None:
        """ANR: logcat, am_anr, dropbox, the system's dialog."""
        ...

    def home(self) -> None: ...
