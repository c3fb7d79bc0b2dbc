"""That we made adb root on a phone, on disk before it happens: a killed look leaves it so."""

from __future__ import annotations

import os
import re
from pathlib import Path

import msgspec

from harness.adapters.durable import other_process_lives, process_started, write_durably
from harness.adapters.places import state_folder

FOLDER = "rooted"
"""Below the state folder; one file a phone."""


class _Rooted(msgspec.Struct):
    serial: str
    pid: int
    started: float  # when that process began; pids are used again


class RootJournal:
    """The note for one phone."""

    def __init__(self, serial: str, folder: Path | None = None) -> None:
        self._serial = serial
        name = re.sub(r"[^\w.-]", "_", serial)
        self.path = (folder or state_folder() / FOLDER) / f"{name}.json"

    def open(self) -> None:
        """adb will be made root now; on disk when this returns."""
        note = _Rooted(self._serial, os.getpid(), process_started())
        write_durably(self.path, msgspec.json.encode(note))

    def left_open(self) -> bool:
        """A process that is gone made adb root and did not take it back."""
        try:
            note = msgspec.json.decode(self.path.read_bytes(), type=_Rooted)
        except FileNotFoundError:
            return False
        except msgspec.MsgspecError:
            return True
        return not other_process_lives(note.pid, note.started)

    def close(self) -> None:
        """adb is as it was."""
        self.path.unlink(missing_ok=True)
