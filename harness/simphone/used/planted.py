"""What was planted on a phone, item by item: the truth that tests compare with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planted:
    """One file as it was when it was planted; the app may change it later.

    `title` is what a person calls the thing that the file belongs to; three files
    of one draft share it. `on_server`: whether the service has a copy that comes
    back after a log-in.
    """

    kind: str
    path: str
    size: int
    sha256: str
    title: str
    on_server: bool

    def row(self) -> dict[str, object]:
        """As `GET /planted` gives it."""
        return {
            "class": self.kind,
            "path": self.path,
            "size": self.size,
            "sha256": self.sha256,
            "title": self.title,
            "on_server": self.on_server,
        }


def planted(kind: str, path: str, data: bytes, title: str, *, on_server: bool) -> Planted:
    """The item for a file with these bytes."""
    return Planted(kind, path, len(data), hashlib.sha256(data).hexdigest(), title, on_server)
