"""Removes runs that are older than a set age: what is not kept cannot leak."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from harness.adapters.verdict_file import VerdictFileError, read_verdicts
from harness.domain.vocabulary import Outcome
from harness.ports import InstrumentError

_RUN = re.compile(r"(\d{8}T\d{6}Z)-[0-9a-f]{6}")
_ERROR_LOG = re.compile(r"harness-error-(\d{8}T\d{6})-\d+\.log")
_AGE = re.compile(r"(\d+)\s*([smhdw]?)")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


@dataclass(frozen=True, slots=True)
class Old:
    """A run folder, or a log of an error of ours. `age` in seconds."""

    path: Path
    age: float
    size: int  # bytes


def parse_age(text: str) -> float:
    """Seconds of "30d", "12h", "2w"; a bare number means days. Raises ValueError."""
    found = _AGE.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(f"{text!r} is no age; use a number and s, m, h, d or w, such as 30d")
    return float(int(found[1]) * _UNITS[found[2] or "d"])


def old_runs(
    reports: Path, age: float, *, passed_only: bool = False, wall: float | None = None
) -> list[Old]:
    """What lies directly in `reports`, is ours by its name, and is older than `age` seconds.

    The age is told by the name, which copying does not change. Links and folders of
    other names are never touched. `passed_only`: whatever did not pass is kept, and what
    cannot be read as well.
    """
    now = time.time() if wall is None else wall
    found: list[Old] = []
    for path in sorted(reports.iterdir()) if reports.is_dir() else ():
        begun = _begun(path)
        if begun is not None and now - begun > age and (not passed_only or _passed(path)):
            found.append(Old(path, now - begun, _size(path)))
    return found


def remove(old: Sequence[Old]) -> int:
    """Removes them, and links beside them that lead nowhere then; returns the bytes freed.

    Raises InstrumentError("disk", …) for the first that cannot be removed.
    """
    for one in old:
        try:
            if one.path.is_dir():
                shutil.rmtree(one.path)
            else:
                one.path.unlink()
        except OSError as error:
            raise InstrumentError(
                "disk", f"remove {one.path}", str(error), advice="Remove it by hand."
            ) from error
    for folder in {one.path.parent for one in old}:
        for link in folder.iterdir():
            if link.is_symlink() and not link.exists():
                link.unlink()
    return sum(one.size for one in old)


def _passed(path: Path) -> bool:
    try:
        verdicts, _ = read_verdicts(path / "verdicts.json")
    except (OSError, VerdictFileError):
        return False
    done = {Outcome.PASSED, Outcome.NOT_RUN}
    return bool(verdicts) and all(verdict.outcome in done for verdict in verdicts)


def _begun(path: Path) -> float | None:
    if path.is_symlink():
        return None
    folder, log = _RUN.fullmatch(path.name), _ERROR_LOG.fullmatch(path.name)
    if folder is not None and path.is_dir():
        text = folder[1]
    elif log is not None and path.is_file():
        text = f"{log[1]}Z"
    else:
        return None
    try:
        moment = datetime.strptime(text, "%Y%m%dT%H%M%SZ")  # noqa: DTZ007 - the Z is UTC, set below
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC).timestamp()


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.lstat().st_size for file in files if file.is_file())
