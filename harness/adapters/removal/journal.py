"""The write-ahead journal of a removal: where it stands, and what brings the app back.

One file a phone in state_folder()/removals, the saved copies beside it in a folder of
their own. Each stage is on the disk before its first command is sent, so whoever comes
after a killed run knows what may have happened since.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from enum import StrEnum
from pathlib import Path

import msgspec

from harness.adapters.durable import other_process_lives, process_started, write_durably
from harness.adapters.places import state_folder
from harness.domain.package_state import PackageState
from harness.domain.removal import Arm, CodePart, SavedRoot, Unsaved
from harness.domain.storage import Tier

KEPT_DAYS = 14
"""Copies that could not be put back are kept so long, then deleted."""


class Stage(StrEnum):
    """How far a removal has come."""

    SAVING = "saving"  # nothing was changed
    REHEARSING = "rehearsing"  # the same build is installed over itself
    REMOVING = "removing"  # the app may be gone or not
    INSTALLING = "installing"  # the app is gone or half there
    INSTALLED = "installed"  # the app is there; its data is measured
    RESTORING = "restoring"  # saved files are on their way back


BEFORE_LOSS = frozenset({Stage.SAVING, Stage.REHEARSING})


class Removal(msgspec.Struct):
    """The file's content."""

    serial: str
    device: str  # name in devices.yaml
    package: str
    user: int
    arm: Arm
    stage: Stage
    folder: str  # of the saved copies
    pid: int
    started: float
    written: float
    run: str = ""
    launched: bool = False  # a phone that was started for the run and ends with it
    phone_id: str | None = None  # Android's own id of the phone; addresses are used again
    tier: Tier = Tier.SHELL_CLOSED
    before: PackageState | None = None
    code: tuple[CodePart, ...] = ()
    saved: tuple[SavedRoot, ...] = ()
    unsaved: tuple[Unsaved, ...] = ()
    permissions: tuple[str, ...] = ()  # that a person had granted
    session: int | None = None  # of the phone's package manager, while one is open

    @property
    def owner_lives(self) -> bool:
        """The process that does it still runs (and is not ours)."""
        return other_process_lives(self.pid, self.started)


class RemovalJournal:
    """The journal of one phone. Every change of it is on disk when the call returns."""

    def __init__(self, serial: str, folder: Path | None = None) -> None:
        self._serial = serial
        self._folder = folder or state_folder() / "removals"
        self.path = self._folder / f"{re.sub(r'[^\w.-]', '_', serial)}.json"

    def load(self) -> Removal | None:
        """What is open for this phone, or None. Raises ValueError naming a bad file."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=Removal)
        except FileNotFoundError:
            return None
        except msgspec.MsgspecError as error:
            raise ValueError(f"{self.path}: not a journal of ours: {error}") from error

    def open(self, device: str, package: str, arm: Arm, *, user: int, run: str) -> Removal:
        """Begins a removal: makes its private folder, then writes the journal."""
        folder = self._folder / f"{self.path.stem}-{secrets.token_hex(4)}"
        folder.mkdir(parents=True, mode=0o700)
        self._folder.chmod(0o700)
        removal = Removal(
            serial=self._serial,
            device=device,
            package=package,
            user=user,
            arm=arm,
            stage=Stage.SAVING,
            folder=str(folder),
            pid=os.getpid(),
            started=process_started(),
            written=time.time(),
            run=run,
        )
        self._write(removal)
        return removal

    def enter(self, removal: Removal, stage: Stage) -> None:
        """The next command belongs to `stage`."""
        removal.stage = stage
        self._write(removal)

    def note_session(self, removal: Removal, session: int | None) -> None:
        """A session of the phone's package manager is open; None = no more."""
        removal.session = session
        self._write(removal)

    def close(self, removal: Removal, *, keep_copies: bool = False) -> None:
        """Everything is back; the copies are deleted, unless something of them is not."""
        self.path.unlink(missing_ok=True)
        if not keep_copies:
            shutil.rmtree(removal.folder, ignore_errors=True)

    def _write(self, removal: Removal) -> None:
        removal.written = time.time()
        write_durably(self.path, msgspec.json.encode(removal))


def open_removals(folder: Path | None = None) -> list[Removal]:
    """All removals that were not finished, whichever phone they are of."""
    where = folder or state_folder() / "removals"
    found = [RemovalJournal(path.stem, where).load() for path in sorted(where.glob("*.json"))]
    return [removal for removal in found if removal is not None]


def drop_old_copies(folder: Path | None = None, *, now: float | None = None) -> list[Path]:
    """Deletes copies that no journal names and that are older than KEPT_DAYS."""
    where = folder or state_folder() / "removals"
    named = {removal.folder for removal in open_removals(where)}
    limit = (time.time() if now is None else now) - KEPT_DAYS * 86_400
    dropped: list[Path] = []
    for path in sorted(where.glob("*/")):
        if str(path) not in named and path.stat().st_mtime < limit:
            shutil.rmtree(path, ignore_errors=True)
            dropped.append(path)
    return dropped
