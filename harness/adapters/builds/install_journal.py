"""An installation under way, so that the next run gives up what a killed one left open.

One file a phone in state_folder()/installs: an open session keeps all that was sent to
it on the phone's disk, for days.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import msgspec

from harness.adapters.durable import other_process_lives, process_started, write_durably
from harness.adapters.places import state_folder
from harness.adapters.removal.installing import abandon
from harness.ports import StreamingControl


class OpenInstall(msgspec.Struct, frozen=True):
    """The file's content."""

    serial: str
    session: int  # of the phone's package manager
    pid: int
    started: float  # of that process, wall clock
    file: str = ""


class InstallJournal:
    """The journal of one phone. Every change of it is on disk when the call returns."""

    def __init__(self, serial: str, folder: Path | None = None) -> None:
        self._serial = serial
        name = re.sub(r"[^\w.-]", "_", serial)
        self.path = (folder or state_folder() / "installs") / f"{name}.json"

    def note(self, session: int, file: str) -> None:
        """A session was opened for this build."""
        entry = OpenInstall(self._serial, session, os.getpid(), process_started(), file)
        write_durably(self.path, msgspec.json.encode(entry))

    def load(self) -> OpenInstall | None:
        """What is open for this phone; None = nothing, or a file that cannot be read."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=OpenInstall)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None

    def close(self) -> None:
        """The session is over."""
        self.path.unlink(missing_ok=True)


def mend_install(device: StreamingControl, journal: InstallJournal | None = None) -> list[str]:
    """Gives up the session of an interrupted run; says so. Raises InstrumentError("adb", …)."""
    kept = journal or InstallJournal(device.serial)
    found = kept.load()
    if found is None or other_process_lives(found.pid, found.started):
        return []
    abandon(device, found.session)
    kept.close()
    return [f"gave up the installation of {found.file} that an interrupted run had begun"]
