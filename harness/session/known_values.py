"""What earlier looks found for an account: numbers by name, kept across runs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.session.state_book import StateBook

FILE_NAME = "known-values.json"
_MOST_ACCOUNTS = 200


class KnownValues:
    """One account on one phone. A throwaway account's numbers live as long as the run."""

    def __init__(self, folder: Path | None, key: str) -> None:
        """`folder`: of the state, None = nothing is kept; `key` is stored as a hash only."""
        lost = "Move the file away; it only holds what earlier runs had seen."
        self._book = StateBook(folder / FILE_NAME, if_lost=lost) if folder is not None else None
        self._key = hashlib.sha256(key.encode()).hexdigest()[:32]
        self._here: dict[str, int] = {}

    def all(self) -> dict[str, int]:
        """Numbers by name. Raises InstrumentError("disk", …)."""
        kept = self._book.read() if self._book is not None else {}
        return {**kept.get(self._key, {}), **self._here}

    def note(self, values: Mapping[str, int]) -> None:
        """These are the numbers from now on. Raises InstrumentError("disk", …)."""
        self._here.update(values)
        if self._book is None or not values:
            return

        def put(book: dict[str, Any]) -> dict[str, Any]:
            book[self._key] = {**book.pop(self._key, {}), **values}
            return dict(list(book.items())[-_MOST_ACCOUNTS:])

        self._book.change(put)
