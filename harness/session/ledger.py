"""The ledger of log-ins, kept across runs: one try per run, a pause after a rate limit."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness.domain.profile import Limits
from harness.session.state_book import StateBook

FILE_NAME = "log-ins.json"
_KEPT = 200  # entries per account


class Ledger:
    """One file for all accounts; these are stored as hashes only."""

    def __init__(
        self, folder: Path, run: str, limits: Limits, *, wall: Callable[[], float] = time.time
    ) -> None:
        self._book = StateBook(
            folder / FILE_NAME,
            if_lost="Move the file away if its content is lost.",
            unwritten="Without the ledger no log-in is tried.",
        )
        self._run = run
        self._limits = limits
        self._wall = wall

    def refusal(self, account: str) -> str | None:
        """Why this account must not log in now, or None when it may."""
        entries = self._book.read().get(_key(account), [])
        used = sum(1 for entry in entries if entry["run"] == self._run and entry["kind"] == "try")
        if used >= self._limits.log_ins_per_run:
            return f"no_log_in_left: this run has used its {self._limits.log_ins_per_run} log-in"
        limits = [entry["t"] for entry in entries if entry["kind"] == "rate_limit"]
        left = self._limits.pause_after_rate_limit - (self._wall() - max(limits, default=0.0))
        if limits and left > 0:
            return f"no_log_in_left: a rate limit was hit; wait {left / 60:.0f} more minutes"
        return None

    def note_try(self, account: str) -> None:
        """A log-in is submitted now; written before the tap, so that a crash counts too."""
        self._append(account, "try")

    def note_rate_limit(self, account: str) -> None:
        """The service said "too often"."""
        self._append(account, "rate_limit")

    def _append(self, account: str, kind: str) -> None:
        def add(book: dict[str, Any]) -> dict[str, Any]:
            entries = book.setdefault(_key(account), [])
            entries.append({"t": self._wall(), "run": self._run, "kind": kind})
            book[_key(account)] = entries[-_KEPT:]
            return book

        self._book.change(add)


def _key(account: str) -> str:
    return hashlib.sha256(account.strip().lower().encode()).hexdigest()[:32]
