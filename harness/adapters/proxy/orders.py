"""What the harness tells a running recorder: a small JSON file, replaced as a whole.

{"pass_through": ["api*.example.com"], "mitm": "/path/capture.mitm"}; both keys optional.
"""

from __future__ import annotations

from pathlib import Path

import msgspec


class Orders(msgspec.Struct, frozen=True):
    """The file's content."""

    pass_through: tuple[str, ...] = ()
    """Host patterns (fnmatch) that are not decrypted from now on."""
    mitm: str | None = None
    """Where flows are saved from now on."""


def write_orders(path: Path, orders: Orders) -> None:
    """Replaces the file at once, so that half of it is never seen."""
    partial = path.with_suffix(".partial")
    partial.write_bytes(msgspec.json.encode(orders))
    partial.replace(path)


def read_orders(path: Path) -> Orders | None:
    """The orders, or None where there are none or they cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Orders)
    except (OSError, msgspec.MsgspecError):
        return None
