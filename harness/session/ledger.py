"""The ledger of log-ins, kept across runs: one try per run, a pause after a rate limit."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from harness.domain.profile import Limits
from harness.ports import InstrumentError

FILE_NAME = "log-ins.json"
_KEPT = 200  # entries per account


class Ledger:
    """One file for all accounts; these are stored as hashes only."""

    def __init__(
        self, folder: Path, run: str, limits: Limits, *, wall: Callable[[], float] = time.time
    ) -> None:
        self._file = folder / FILE_NAME
        self._run = run
        self._limits = limits
        self._wall = wall

    def refusal(self, account: str) -> str | None:
        """Why this account must not log in now, or None when it may."""
        entries = self._read().get(_key(account), [])
        used = sum(1 for entry in entries if entry["run"] == self._run and entry["kind"] == "try")
        if used >= self._limits.log_ins_per_run:
            return f"no_log_in_left: this run has used its {self._limits.log_ins_per_run} log-in"
        limits = [entry["t"] for entry in entries if entry["kind"] == "rate_limit"]
        left = self._limits.pause_after_rate_limit - (self._wall() - max(limits, default=0.0))
        if limits and left > 0:
            return f"no_log_in_left: a rate limit was hit; wait {left / 60:.0f} more minutes"
        return None

    def take_try(self, account: str) -> str | None:
        """Takes the log-in of this run, or says why not; of several phones one gets it.

        Call it before the tap: it is on the disk then, so that a crash counts too.
        """
        with self._locked():
            refused = self.refusal(account)
            if refused is None:
                self._add(account, "try")
        return refused

    def note_rate_limit(self, account: str) -> None:
        """The service said "too often"."""
        with self._locked():
            self._add(account, "rate_limit")

    def _add(self, account: str, kind: str) -> None:
        book = self._read()
        entries = book.setdefault(_key(account), [])
        entries.append({"t": self._wall(), "run": self._run, "kind": kind})
        book[_key(account)] = entries[-_KEPT:]
        partial = self._file.with_suffix(".partial")
        partial.write_text(json.dumps(book, indent=1), encoding="utf-8")
        partial.chmod(0o600)
        partial.replace(self._file)

    @contextmanager
    def _locked(self) -> Generator[None]:
        """The book is ours alone. Raises InstrumentError("disk", …)."""
        try:
            with FileLock(f"{self._file}.lock", timeout=10.0):
                yield
        except (OSError, Timeout) as error:
            raise InstrumentError(
                "disk",
                f"write {self._file}",
                str(error),
                advice="Without the ledger no log-in is tried.",
            ) from error

    def _read(self) -> dict[str, list[dict[str, Any]]]:
        try:
            return json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise InstrumentError(
                "disk",
                f"read {self._file}",
                str(error),
                advice="Move the file away if its content is lost.",
            ) from error


def _key(account: str) -> str:
    return hashlib.sha256(account.strip().lower().encode()).hexdigest()[:32]
