"""The ledger of log-ins, kept across runs: one try per run, a pause after a rate limit.

In a lab an account may be used from several hosts, each with a ledger of its own: what one
knows is told to the others (`told`, `learn`), so that the limits hold over all of them.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from harness.domain.profile import Limits
from harness.session.state_book import StateBook

FILE_NAME = "log-ins.json"
RUN = "HARNESS_LEDGER_RUN"
"""Variable: the run that this one is a part of. A lab's run has one log-in for an account,
however many hosts work for it."""

_KEPT = 200  # entries per account

type LogIns = Mapping[str, Sequence[Mapping[str, Any]]]
"""By account (`account_key`): {"t": wall seconds, "run": its id, "kind": "try" or "rate_limit"}."""


class Ledger:
    """One file for all accounts; these are stored as hashes only."""

    def __init__(
        self, folder: Path, run: str, limits: Limits, *, wall: Callable[[], float] = time.time
    ) -> None:
        self._book = _book(folder)
        self._run = os.environ.get(RUN) or run
        self._limits = limits
        self._wall = wall

    def refusal(self, account: str) -> str | None:
        """Why this account must not log in now, or None when it may."""
        return self._refusal(self._book.read(), account)

    def _refusal(self, book: dict[str, Any], account: str) -> str | None:
        entries = book.get(account_key(account), [])
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
        entry = {"t": self._wall(), "run": self._run, "kind": kind}
        return joined(book, {account_key(account): [entry]})


def account_key(account: str) -> str:
    """How an account is called where its name shall not stand."""
    return hashlib.sha256(account.strip().lower().encode()).hexdigest()[:32]


def told(folder: Path, accounts: Iterable[str]) -> dict[str, Any]:
    """What this host's ledger has of these accounts (keys). Raises InstrumentError("disk", …)."""
    book = _book(folder).read()
    return {key: book[key] for key in accounts if key in book}


def learn(folder: Path, log_ins: LogIns) -> None:
    """Adds what other hosts know; an entry counts once. Raises InstrumentError("disk", …)."""
    if any(log_ins.values()):
        _book(folder).change(lambda book: joined(book, log_ins))


def joined(*parts: LogIns) -> dict[str, Any]:
    """Each entry once, the oldest first, no more than are kept."""
    entries: dict[str, dict[tuple[Any, ...], Mapping[str, Any]]] = {}
    for part in parts:
        for account, rows in part.items():
            known = entries.setdefault(account, {})
            known.update({(row["t"], row["run"], row["kind"]): dict(row) for row in rows})
    return {
        account: [known[key] for key in sorted(known)][-_KEPT:]
        for account, known in entries.items()
    }


def _book(folder: Path) -> StateBook:
    return StateBook(
        folder / FILE_NAME,
        if_lost="Move the file away if its content is lost.",
        unwritten="Without the ledger no log-in is tried.",
    )
