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
        return self._refusal(self._book.read(), account)

    def _refusal(self, book: dict[str, Any], account: str) -> str | None:
        entries = book.get(_key(account), [])
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
        refused: list[str] = []

        def take(book: dict[str, Any]) -> dict[str, Any]:
            why = self._refusal(book, account)
            if why is not None:
                refused.append(why)
                return book
            return self._with(book, account, "try")

        self._book.change(take)
        return refused[0] if refused else None

    def note_rate_limit(self, account: str) -> None:
        """The service said "too often"."""
        self._book.change(lambda book: self._with(book, account, "rate_limit"))

    def _with(self, book: dict[str, Any], account: str, kind: str) -> dict[str, Any]:
        entries = book.setdefault(_key(account), [])
        entries.append({"t": self._wall(), "run": self._run, "kind": kind})
        book[_key(account)] = entries[-_KEPT:]
        return book


def _key(account: str) -> str:
    return hashlib.sha256(account.strip().lower().encode()).hexdigest()[:32]
