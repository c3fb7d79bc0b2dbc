"""What earlier looks found for an account: numbers by name, kept across runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from filelock import FileLock, Timeout

from harness.ports import InstrumentError

FILE_NAME = "known-values.json"
_MOST_ACCOUNTS = 200


class KnownValues:
    """One account on one phone. A throwaway account's numbers live as long as the run."""

    def __init__(self, folder: Path | None, key: str) -> None:
        """`folder`: of the state, None = nothing is kept; `key` is stored as a hash only."""
        self._file = folder / FILE_NAME if folder is not None else None
        self._key = hashlib.sha256(key.encode()).hexdigest()[:32]
        self._here: dict[str, int] = {}

    def all(self) -> dict[str, int]:
        """Numbers by name. Raises InstrumentError("disk", …)."""
        return {**self._book().get(self._key, {}), **self._here}

    def note(self, values: Mapping[str, int]) -> None:
        """These are the numbers from now on. Raises InstrumentError("disk", …)."""
        self._here.update(values)
        if self._file is None or not values:
            return
        try:
            with FileLock(f"{self._file}.lock", timeout=10.0):
                book = self._book()
                book[self._key] = {**book.pop(self._key, {}), **values}
                kept = dict(list(book.items())[-_MOST_ACCOUNTS:])
                partial = self._file.with_suffix(".partial")
                partial.write_text(json.dumps(kept, indent=1), encoding="utf-8")
                partial.chmod(0o600)
                partial.replace(self._file)
        except (OSError, Timeout) as error:
            raise InstrumentError("disk", f"write {self._file}", str(error)) from error

    def _book(self) -> dict[str, dict[str, int]]:
        if self._file is None:
            return {}
        try:
            read: object = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise InstrumentError(
                "disk",
                f"read {self._file}",
                str(error),
                advice="Move the file away; it only holds what earlier runs had seen.",
            ) from error
        return cast("dict[str, Any]", read) if isinstance(read, dict) else {}
