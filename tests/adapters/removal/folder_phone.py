"""A phone made of a host folder and the host's own sh, find and tar; `pm` is in memory.

Paths of the phone are moved below the folder by text, so the real programs work on real
files. What only root may do (owners, labels) is noted and not done.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from harness.ports import InstrumentError, ShellResult

PACKAGE = "a.b"
CE = f"/data/user/0/{PACKAGE}"
_PATHS = re.compile(r"(?<![\w/.~-])/(data|storage)/")
_OWNING = re.compile(r"(chown \S+ (?:'[^']*' ?)+&& chmod \S+ (?:'[^']*' ?)+)|chcon|restorecon")


@dataclass
class FolderPhone:
    """Implements ports.StreamingControl as far as the removal package needs it."""

    folder: Path
    rooted: bool = True
    installed: bool = True
    uid: int = 10180
    stamp: int = 0  # of the code path and the times
    born: int = 0
    refuses: dict[str, str] = field(default_factory=dict[str, str])  # command -> its answer
    done: list[str] = field(default_factory=list[str])
    owned: list[str] = field(default_factory=list[str])
    before_shell: Callable[[str], None] = lambda _: None
    debuggable: bool = False
    kept: bool = False
    android_id: str = "null"
    name: str = "folder"
    serial: str = "F:1"
    _incoming: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def __post_init__(self) -> None:
        for path in (CE, f"/data/user_de/0/{PACKAGE}", f"/data/media/0/Android/data/{PACKAGE}"):
            self.host(path).mkdir(parents=True)
        self.host("/storage/emulated").mkdir(parents=True)
        self.host("/storage/emulated/0").symlink_to(self.host("/data/media/0"))
        self.apk = self.host("/data/app/base.apk")
        self.apk.parent.mkdir(parents=True)

    def host(self, path: str) -> Path:
        """Where a path of the phone lies."""
        return self.folder / path.lstrip("/")

    def put(self, path: str, content: bytes = b"x") -> None:
        """A file of the phone."""
        self.host(path).parent.mkdir(parents=True, exist_ok=True)
        self.host(path).write_bytes(content)

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        self.before_shell(command)
        self.done.append(command)
        for start, answer in self.refuses.items():
            if start in command:
                return ShellResult(command, answer, "", 1)
        known = self._package(command)
        if known is not None:
            return ShellResult(command, known, "", 0 if known else 1)
        if _OWNING.search(command):
            self.owned.append(command)
            return ShellResult(command, "", "", 0)
        done = self._run(command, stdin)
        return ShellResult(command, done.stdout.decode(), done.stderr.decode(), done.returncode)

    def shell_to_file(self, command: str, target: BinaryIO, *, timeout: float) -> ShellResult:
        self.before_shell(command)
        self.done.append(command)
        done = self._run(command, None)
        target.write(done.stdout)
        return ShellResult(command, "", done.stderr.decode(), done.returncode)

    def shell_from_file(self, command: str, source: BinaryIO, *, timeout: float) -> ShellResult:
        self.before_shell(command)
        self.done.append(command)
        if command.startswith("pm install-write"):
            if "install-write" in self.refuses:
                return ShellResult(command, self.refuses["install-write"], "", 1)
            self._incoming[command.split()[5]] = source.read()
            return ShellResult(command, "Success: streamed", "", 0)
        words = command.replace("tar -xf -", "tar -xf - --no-same-owner")  # we are not root here
        done = self._run(words, source.read())
        return ShellResult(command, "", done.stderr.decode(), done.returncode)

    def _run(self, command: str, stdin: bytes | None) -> subprocess.CompletedProcess[bytes]:
        moved = _PATHS.sub(lambda found: f"{self.folder}/{found[1]}/", command)
        return subprocess.run(["sh", "-c", moved], input=stdin, capture_output=True, check=False)

    def _package(self, command: str) -> str | None:
        if command.startswith("echo @@harness"):
            return self._batch(command)
        if command.startswith("settings get secure android_id"):
            return f"{self.android_id}\n"
        if command.startswith("pm path"):
            return f"package:{self._code}\n" if self.installed else ""
        if command.startswith("pm install-create"):
            return "Success: created install session [7]\n"
        if command.startswith("pm install-commit"):
            return self._commit()
        if command.startswith(("pm install-abandon", "am ", "run-as")):
            self._incoming.clear()
            return self._run_as(command)
        if command.startswith("pm clear"):
            self._wipe()
            return "Success\n"
        if command.startswith("pm uninstall"):
            self._wipe(whole=True)
            return "Success\n"
        if command.startswith("cmd package uninstall -k"):
            self.installed, self.kept = False, True
            return "Success\n"
        if command.startswith("logcat"):
            return f"Force stopping {PACKAGE} user=0: deletePackageX\n"
        return "su\n" if command == "never" else None

    def _run_as(self, command: str) -> str | None:
        if not command.startswith("run-as"):
            return "ok\n"
        if not self.debuggable:
            return f"run-as: package not debuggable: {PACKAGE}\n"
        return f"{self.uid}\n" if command.endswith("id -u") else None

    def _batch(self, command: str) -> str:
        names = re.findall(r"@@harness (\w+);", command)
        texts = {"path": f"package:{self._code}" if self.installed else "", "dump": self._dump()}
        if self.kept:
            texts["kept"] = f"package:{PACKAGE}"
        return "".join(f"@@harness {name}\n{texts.get(name, '')}\n" for name in names)

    def _dump(self) -> str:
        if not (self.installed or self.kept):
            return ""
        inode = self.host(CE).stat().st_ino
        return (
            f"Packages:\n  Package [{PACKAGE}] (1a2b):\n    appId={self.uid}\n"
            "    versionCode=7 minSdk=24\n    versionName=1.0\n    splits=[base]\n"
            f"    lastUpdateTime=2026-03-02 09:00:{self.stamp:02d}\n"
            "    installerPackageName=com.android.vending\n    flags=[ HAS_CODE ]\n"
            f"    User 0: ceDataInode={inode} installed=true\n"
            f"      firstInstallTime=2026-03-02 09:00:{self.born:02d}\n"
        )

    @property
    def _code(self) -> str:
        return f"/data/app/{self.stamp}/base.apk" if self.stamp else "/data/app/base.apk"

    def _commit(self) -> str:
        if not self._incoming:
            return ""
        self.stamp += 1
        if not self.installed and not self.kept:
            self.uid, self.born = self.uid + 1, self.stamp
            self.host(CE).mkdir(parents=True, exist_ok=True)
            self.host(f"/data/user_de/0/{PACKAGE}").mkdir(parents=True, exist_ok=True)
        self.installed, self.kept = True, False
        self.put(self._code, self._incoming["'base.apk'"])
        return "Success\n"

    def _wipe(self, *, whole: bool = False) -> None:
        for path in (CE, f"/data/user_de/0/{PACKAGE}", f"/data/media/0/Android/data/{PACKAGE}"):
            shutil.rmtree(self.host(path), ignore_errors=True)
            if not whole:
                self.host(path).mkdir(parents=True)
        self.installed = self.installed and not whole

    def push(self, source: Path, target: str, *, mode: int = 0o644, timeout: float = 60.0) -> None:
        raise AssertionError("nothing is pushed")

    def pull(self, source: str, target: Path, *, timeout: float = 60.0) -> None:
        raise AssertionError("nothing is pulled by the binary")

    def reverse(self, phone_port: int, host_port: int) -> None: ...
    def reverse_list(self) -> list[tuple[int, int]]:
        return []

    def remove_reverse(self, phone_port: int) -> None: ...
    def root(self, *, timeout: float = 15.0) -> bool:
        return self.rooted

    def is_root(self) -> bool:
        return self.rooted

    def state(self) -> str:
        return "device"

    def wait_for(self, state: str = "device", *, timeout: float = 30.0) -> None: ...


class CableError(InstrumentError):
    """The cable was pulled."""

    def __init__(self) -> None:
        super().__init__("adb", "shell", "device offline")
