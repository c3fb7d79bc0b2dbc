"""One phone while it is filled."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from harness.simphone.app.files import AppFiles
from harness.simphone.contracts import Package, PhoneParts
from harness.simphone.service.accounts import Account
from harness.simphone.used.things import DAY


@dataclass(slots=True)
class Planting:
    """Who fills what; `labels` maps a path to (class, title, on_server)."""

    phone: PhoneParts
    package: Package
    account: Account
    files: AppFiles
    rng: random.Random
    now: float
    labels: dict[str, tuple[str, str, bool]] = field(
        default_factory=dict[str, tuple[str, str, bool]]
    )

    def label(self, path: str, kind: str, title: str, *, on_server: bool = False) -> None:
        """Says what the file at `path` (absolute, or below the app's folder) is."""
        whole = path if path.startswith("/") else self.files.folder.whole(path)
        whole = whole.replace("/sdcard/", "/storage/emulated/0/", 1)
        self.labels[whole] = (kind, title, on_server)

    def put(self, path: str, data: bytes, kind: str, title: str, *, age: float = DAY) -> None:
        """Writes a file of the app's private folder and says what it is."""
        self.files.folder.write(path, data, mtime=self.now - age)
        self.label(path, kind, title)
