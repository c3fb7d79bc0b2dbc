"""What the parts of the simulated phone know of each other.

Each part (adbd, storage, shell, Android services, display, network, apps) is
written against these protocols, so that each can be tested with stand-ins and
none imports another's insides. `phone.py` puts the real parts together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from harness.simphone.ui.node import Node

ROOT_UID = 0
SYSTEM_UID = 1000
SHELL_UID = 2000


@dataclass(frozen=True, slots=True)
class PhoneSpec:
    """What kind of phone is simulated; fixed for its life."""

    name: str
    model: str = "Pixel 8"
    product: str = "shiba"
    manufacturer: str = "Google"
    api: int = 34
    release: str = "14"
    profile: str = "userdebug"  # "userdebug" (adb root allowed) or "retail"
    locale: str = "en-US"
    timezone: str = "Europe/Berlin"
    width: int = 1080
    height: int = 2400
    density: int = 420
    serialno: str = "SIM00000001"


class Clock(Protocol):
    """The phone's own clock; tests and faults may move it."""

    def now(self) -> float:
        """Seconds since the epoch as the phone believes."""
        ...

    def uptime(self) -> float:
        """Seconds since boot, never set back."""
        ...


# --- storage -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stat:
    """One file's metadata, as `stat(2)` on the phone gives it."""

    mode: int  # type bits and permission bits
    uid: int
    gid: int
    size: int
    mtime: float
    ino: int
    dev: int = 0xFD00
    nlink: int = 1
    atime: float = 0.0
    ctime: float = 0.0


class FileSystem(Protocol):
    """The phone's file tree. Paths are absolute POSIX paths of the phone.

    Each call raises the matching `OSError` (errno ENOENT, EACCES, ENOTDIR,
    EEXIST, ENOTEMPTY, EROFS, ENOSPC). `uid` is who asks; `ns` names the mount
    namespace: "init" (shell, adbd) or "zygote" (apps and zygote).
    """

    def stat(self, path: str, *, uid: int = 0, ns: str = "init", follow: bool = True) -> Stat: ...
    def listdir(self, path: str, *, uid: int = 0, ns: str = "init") -> list[str]: ...
    def read(self, path: str, *, uid: int = 0, ns: str = "init") -> bytes: ...
    def write(
        self,
        path: str,
        data: bytes,
        *,
        uid: int = 0,
        gid: int | None = None,
        mode: int | None = None,
        mtime: float | None = None,
        append: bool = False,
        ns: str = "init",
    ) -> None:
        """Writes a whole file (or appends); a new file gets `uid`'s ownership."""
        ...

    def mkdir(
        self,
        path: str,
        *,
        uid: int = 0,
        gid: int | None = None,
        mode: int = 0o755,
        parents: bool = False,
        ns: str = "init",
    ) -> None: ...
    def remove(
        self, path: str, *, uid: int = 0, recursive: bool = False, ns: str = "init"
    ) -> None: ...
    def rename(self, old: str, new: str, *, uid: int = 0, ns: str = "init") -> None: ...
    def symlink(self, target: str, path: str, *, uid: int = 0) -> None: ...
    def readlink(self, path: str) -> str: ...
    def chmod(self, path: str, mode: int, *, uid: int = 0, ns: str = "init") -> None: ...
    def chown(
        self, path: str, owner: int, group: int, *, uid: int = 0, ns: str = "init"
    ) -> None: ...
    def utime(self, path: str, mtime: float, *, uid: int = 0, ns: str = "init") -> None: ...
    def mount(self, target: str, *, source: str | None, kind: str, ns: str = "init") -> None:
        """Mounts over `target`: kind "tmpfs" (empty) or "bind" (of `source`)."""
        ...

    def umount(self, target: str, *, ns: str = "init") -> None: ...
    def usage(self, path: str = "/data") -> tuple[int, int]:
        """Bytes (total, free) of the volume that holds `path`."""
        ...

    def host_path(self, path: str, *, ns: str = "init") -> Path:
        """Where the bytes lie on the host (for sqlite3 and Pillow); parents exist."""
        ...


# --- shell -------------------------------------------------------------------


class Sink(Protocol):
    """Where a command writes; waits while the other side is slow."""

    async def write(self, data: bytes) -> None:
        """Raises BrokenPipeError when nobody reads any more."""
        ...


class Source(Protocol):
    """Where a command reads from."""

    async def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes (all until EOF when -1); b"" at EOF."""
        ...


@dataclass(slots=True)
class Invocation:
    """One command as the shell starts it."""

    argv: Sequence[str]
    stdin: Source
    stdout: Sink
    stderr: Sink
    phone: PhoneParts
    uid: int = SHELL_UID
    env: dict[str, str] = field(default_factory=dict[str, str])
    cwd: str = "/"
    ns: str = "init"
    pid: int = 0


Command = Callable[[Invocation], Awaitable[int]]
"""Runs to its exit code; cancelled when the process is killed."""


class Shell(Protocol):
    """`/system/bin/sh` of the phone."""

    def register(self, commands: Mapping[str, Command]) -> None:
        """Adds programs by name; a later one replaces an earlier."""
        ...

    async def run(
        self, script: str, *, stdin: Source, stdout: Sink, stderr: Sink, uid: int = SHELL_UID
    ) -> int:
        """Runs `script` and returns its exit code.

        Returns when the shell AND every job that still holds stdout or stderr
        have ended, as adbd ends a stream; jobs with all three streams
        redirected live on in the phone. Cancelling it is SIGHUP to the shell
        only.
        """
        ...

    async def execute(self, argv: Sequence[str], invocation: Invocation) -> int:
        """Runs one program by argv (abb_exec, `sh -c`, xargs …)."""
        ...


# --- Android services --------------------------------------------------------


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
    system: bool = False


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
    ) -> Package:
        """Raises InstallError("INSTALL_FAILED_…", text)."""
        ...

    def uninstall(self, name: str, *, keep_data: bool = False) -> bool: ...
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


# --- display -----------------------------------------------------------------


class Window(Protocol):
    """One app's window. The app replaces its content whenever its state changes."""

    package: str
    activity: str

    def set_content(self, root: Node) -> None:
        """Takes a new tree; bounds may be left to the layout."""
        ...

    def finish(self) -> None: ...


class Display(Protocol):
    """Window manager, keyboard, status bar, toasts, dialogs."""

    def open_window(
        self, package: str, activity: str, *, on_back: Callable[[], Awaitable[bool]] | None = None
    ) -> Window: ...
    def close_package(self, package: str) -> None: ...
    def focus(self) -> tuple[str, str] | None:
        """(package, activity) that has the focus."""
        ...

    def roots(self) -> list[Node]:
        """Window roots, topmost first, as the accessibility service sees them."""
        ...

    def toast(self, package: str, text: str, seconds: float = 3.5) -> None: ...
    async def tap(self, x: int, y: int) -> None: ...
    async def key(self, keycode: int) -> None: ...
    async def type_text(self, text: str) -> None: ...
    async def swipe(self, x1: int, y1: int, x2: int, y2: int, seconds: float) -> None: ...
    def screenshot(self) -> bytes:
        """PNG of what a person would see."""
        ...

    @property
    def keyboard_shown(self) -> bool: ...


# --- network -----------------------------------------------------------------


class NetworkStack(Protocol):
    """The phone's sockets: its own loopback, its resolver, its way out."""

    def listen(self, port: int, os_port: int) -> None:
        """Phone port → the host's loopback port that plays it (reverse, servers)."""
        ...

    def unlisten(self, port: int) -> None: ...
    def proxy(self) -> tuple[str, int] | None:
        """What `settings global http_proxy` says now; None when unset or `:0`."""
        ...

    async def connect(
        self, host: str, port: int, *, uid: int = SYSTEM_UID
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Raises OSError as the phone would (ENETUNREACH in airplane mode, gaierror …).

        Loopback targets reach `listen`ed ports; names resolve by the simulated
        internet's map.
        """
        ...

    def trusted_certificates(self) -> bytes:
        """PEM of what apps trust: the CA folder as the zygote namespace sees it."""
        ...

    def online(self) -> bool: ...


# --- apps --------------------------------------------------------------------


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
