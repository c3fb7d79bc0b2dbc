"""What all shells of one phone share: the phone, its programs, what runs, signals."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field

from harness.simphone.contracts import ROOT_UID, Command, PhoneParts
from harness.simphone.sh.running import RunningPrograms
from harness.simphone.sh.signals import HARMLESS
from harness.simphone.storage.view import FsView

BIN_FOLDERS = (
    "/system/bin", "/bin", "/system/xbin", "/vendor/bin", "/apex/com.android.runtime/bin",
    "/apex/com.android.art/bin",
)  # fmt: skip


class NotRunnableError(Exception):
    """A program cannot be started: message and exit code (126 or 127)."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status


@dataclass(slots=True)
class ShellWorld:
    """`commands` are the programs by name."""

    phone: PhoneParts
    programs: RunningPrograms
    commands: dict[str, Command] = field(default_factory=dict[str, Command])

    def command(self, name: str) -> Command | None:
        """The program `name`, given by name or by its path in a bin folder."""
        folder, slash, base = name.rpartition("/")
        if slash and folder not in BIN_FOLDERS:
            return None
        return self.commands.get(base)

    def path_of(self, name: str, view: FsView) -> str | None:
        """Where `which` finds a program; None if it is nowhere."""
        if "/" not in name:
            return f"/system/bin/{name}" if name in self.commands else None
        if self.command(name) is not None:
            return name
        return name if view.exists(name) and view.may(name, 1) else None

    def script(self, name: str, view: FsView) -> str:
        """The text of a script file that is to be run; raises NotRunnableError."""
        if "/" not in name or not view.exists(name):
            raise NotRunnableError(f"{name}: inaccessible or not found", 127)
        if view.stat(name).mode & 0o170000 == 0o040000:
            raise NotRunnableError(f"{name}: can't execute: Is a directory", 126)
        if not view.may(name, 1) or not view.may(name, 4):
            raise NotRunnableError(f"{name}: can't execute: Permission denied", 126)
        data = view.read(name)
        if data.startswith(b"\x7fELF"):
            raise NotRunnableError(f"{name}: not executable: 64-bit ELF file", 126)
        return data.decode(errors="surrogateescape")

    def send_signal(self, pid: int, signal: int, *, uid: int) -> int:
        """kill(2): 0, ESRCH or EPERM. Signal 0 only asks whether the process is there."""
        process = next((p for p in self.phone.processes.all() if p.pid == pid), None)
        if process is None:
            return errno.ESRCH
        if uid not in {ROOT_UID, process.uid}:
            return errno.EPERM
        if signal in HARMLESS:
            return 0
        if not self.programs.deliver(pid, signal):
            self.phone.processes.kill(pid, reason="signaled", signal=signal)
        return 0
