"""How many lines a recorder could not write, told beside the capture.

The file has its full length from the start: overwriting it needs no space on the disk.
"""

from __future__ import annotations

from pathlib import Path

WIDTH = 16
"""Bytes of the file."""


def prepare_losses(path: Path) -> None:
    """Makes the file at its full length."""
    path.touch(mode=0o600)
    path.write_bytes(b"0".rjust(WIDTH))


def tell_losses(path: Path, lost: int) -> None:
    """Overwrites the number in place. Raises OSError."""
    with path.open("r+b") as target:
        target.write(str(lost).encode().rjust(WIDTH)[-WIDTH:])


def read_losses(path: Path) -> int:
    """Lines lost so far; 0 where nothing can be read."""
    try:
        return int(path.read_bytes().strip() or b"0")
    except (OSError, ValueError):
        return 0
