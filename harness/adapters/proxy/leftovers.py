"""Private folders of proxies whose harness was killed before anyone could remove them.

Each holds the key of an authority that is worth nothing once its run is over, yet a key
should not lie about. The folder's owner is written into it; the next proxy sweeps.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import msgspec

from harness.adapters.durable import other_process_lives, process_started

PREFIX = "harness-proxy-"
OWNER_FILE = "owner.json"
_YOUNG = 3600.0
"""Seconds in which a folder without an owner may still be in the making."""


class _Owner(msgspec.Struct):
    pid: int
    started: float  # wall clock, because pids are used again


def sign(folder: Path) -> None:
    """Notes that this process answers for `folder`. Raises OSError."""
    owner = _Owner(os.getpid(), process_started())
    (folder / OWNER_FILE).write_bytes(msgspec.json.encode(owner))


def sweep(parent: Path) -> list[Path]:
    """Removes folders below `parent` whose owner is gone; returns what was removed.

    What belongs to other users of this machine cannot be read and is left.
    """
    removed: list[Path] = []
    for folder in sorted(parent.glob(f"{PREFIX}*")):
        if _stale(folder):
            shutil.rmtree(folder, ignore_errors=True)
            removed.append(folder)
    return removed


def _stale(folder: Path) -> bool:
    try:
        owner = msgspec.json.decode((folder / OWNER_FILE).read_bytes(), type=_Owner)
    except (FileNotFoundError, msgspec.MsgspecError):
        return _old(folder)
    except OSError:
        return False
    return owner.pid != os.getpid() and not other_process_lives(owner.pid, owner.started)


def _old(folder: Path) -> bool:
    try:
        return time.time() - folder.stat().st_mtime > _YOUNG
    except OSError:
        return False
