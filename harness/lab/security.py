"""TLS on both sides: who shows no certificate of the lab gets no answer."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.lab.certs import AUTHORITY, MEMBER, MEMBER_KEY
from harness.ports import InstrumentError

if TYPE_CHECKING:
    from distributed.security import Security

VARIABLE = "HARNESS_LAB_CERTS"


def member_folder(chosen: Path | None) -> Path:
    """The folder with this member's certificate. Raises InstrumentError("lab", …)."""
    told = os.environ.get(VARIABLE)
    folder = chosen or (Path(told) if told else None)
    advice = "Make one with: harness lab certs; give its folder by --certs."
    if folder is None:
        raise InstrumentError("lab", "find a certificate", "no --certs is given", advice=advice)
    for name in (AUTHORITY, MEMBER, MEMBER_KEY):
        if not (folder / name).is_file():
            raise InstrumentError("lab", f"read {folder / name}", "no such file", advice=advice)
    mode = stat.S_IMODE((folder / MEMBER_KEY).stat().st_mode)
    if mode & 0o077:
        raise InstrumentError(
            "lab", f"read {folder / MEMBER_KEY}", f"others may read it (mode {mode:o})",
            advice=f"Run: chmod 600 {folder / MEMBER_KEY}",
        )  # fmt: skip
    return folder


def require_extra() -> None:
    """Raises InstrumentError("lab", …) where Dask distributed is not installed."""
    from importlib.util import find_spec

    if find_spec("distributed") is None:
        raise InstrumentError(
            "lab", "import distributed", "it is not installed",
            advice="Run: pip install 'harness[lab]'",
        )  # fmt: skip


def security_of(folder: Path) -> Security:
    """The same certificate for each role that this member may have."""
    require_extra()
    from distributed.security import Security

    authority, member, key = (str(folder / name) for name in (AUTHORITY, MEMBER, MEMBER_KEY))
    roles: dict[str, Any] = {}
    for role in ("scheduler", "worker", "client"):
        roles[f"tls_{role}_cert"] = member
        roles[f"tls_{role}_key"] = key
    return Security(tls_ca_file=authority, require_encryption=True, **roles)
