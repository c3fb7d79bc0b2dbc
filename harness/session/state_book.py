"""A small JSON file of the state folder: kept across runs, private, changed under a lock."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from filelock import FileLock, Timeout

from harness.ports import InstrumentError

_LOCK_TIMEOUT = 10.0  # seconds


class StateBook:
    """A mapping. `if_lost` says what to do when it cannot be read, `unwritten` when it
    cannot be written. Both methods raise InstrumentError("disk", …)."""

    def __init__(self, file: Path, *, if_lost: str, unwritten: str = "") -> None:
        self.file = file
        self._if_lost = if_lost
        self._unwritten = unwritten

    def read(self) -> dict[str, Any]:
        """Its content; {} where there is none yet."""
        try:
            found: object = json.loads(self.file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise InstrumentError(
                "disk", f"read {self.file}", str(error), advice=self._if_lost
            ) from error
        return cast("dict[str, Any]", found) if isinstance(found, dict) else {}

    def change(self, act: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        """Replaces the whole file by what `act` makes of its content."""
        try:
            with FileLock(f"{self.file}.lock", timeout=_LOCK_TIMEOUT):
                text = json.dumps(act(self.read()), indent=1)
                partial = self.file.with_suffix(".partial")
                partial.write_text(text, encoding="utf-8")
                partial.chmod(0o600)
                partial.replace(self.file)
        except (OSError, Timeout) as error:
            raise InstrumentError(
                "disk", f"write {self.file}", str(error), advice=self._unwritten
            ) from error
