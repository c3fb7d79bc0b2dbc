"""Files that must be on the disk when the call returns, and who wrote them."""

from __future__ import annotations

import os
from pathlib import Path

import psutil


def write_durably(path: Path, data: bytes) -> None:
    """Replaces the whole file (mode 0600, folder 0700) and waits until it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        target.write(data)
        target.flush()
        os.fsync(target.fileno())
    partial.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def process_started() -> float:
    """When this process began, wall clock."""
    return psutil.Process().create_time()


def other_process_lives(pid: int, started: float) -> bool:
    """Another process than ours with this id, begun at this moment, still runs."""
    if pid == os.getpid():
        return False
    try:
        return abs(psutil.Process(pid).create_time() - started) < 1.0
    except psutil.Error:
        return False
