"""The key of the hashes in inventories: the same for all looks, so that they compare."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from harness.adapters.places import state_folder
from harness.ports import InstrumentError

LENGTH = 32


def own_key(folder: Path | None = None) -> bytes:
    """Made once, mode 0600, in the state folder. Raises InstrumentError("disk", …)."""
    path = (folder or state_folder()) / "inventory.key"
    try:
        if path.is_file() and len(known := path.read_bytes()) == LENGTH:
            return known
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = secrets.token_bytes(LENGTH)
        partial = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(
            os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
        ) as file:
            file.write(made)
        partial.replace(path)
    except OSError as error:
        raise InstrumentError(
            "disk", f"keep the key of inventories in {path}", str(error), advice="Free some space."
        ) from error
    return made
