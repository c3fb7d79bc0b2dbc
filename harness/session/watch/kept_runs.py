"""Which run folders of a watch are kept: the newest, and those in which something changed."""

from __future__ import annotations

import shutil
from pathlib import Path

MARK = "manifest.json"
"""Every run folder of ours has one, and nobody's other folder that a run was led to."""


class KeptRuns:
    """A watch over days makes hundreds of folders that all say the same."""

    def __init__(self, *, keep_all: bool = False) -> None:
        self._keep_all = keep_all
        self._spare: Path | None = None

    def after_round(self, folder: Path | None, *, changed: bool) -> str | None:
        """Removes the folder of the round before where nothing had changed in it.

        Returns one sentence where it cannot be removed. Only folders that a run made are touched.
        """
        spare, self._spare = self._spare, None if changed else folder
        if self._keep_all or spare is None or spare == folder:
            return None
        if not (spare / MARK).is_file():
            return None
        try:
            shutil.rmtree(spare)
        except OSError as error:
            return f"{spare} could not be removed: {error}; remove it by hand"
        return None
