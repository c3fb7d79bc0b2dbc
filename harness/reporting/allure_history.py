"""Allure's history over runs: one file beside the run folders, one line a run."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

KEPT = 50
"""Runs in the trend."""
NAME = ".allure-history.jsonl"
LOCK_SECONDS = 30


def history_file(run: Path) -> Path | None:
    """Beside the runs in reports/; a run that lies elsewhere has no history."""
    folder = run.resolve().parent
    return folder / NAME if folder.name == "reports" else None


def earlier(lines: list[bytes], run_id: str) -> list[bytes]:
    """The newest points of other runs: a run that is built again is not counted twice."""
    kept: list[bytes] = []
    for line in lines:
        try:
            point = msgspec.json.decode(line)
        except msgspec.DecodeError:
            continue  # a line cut by a full disk
        if isinstance(point, dict) and point.get("name") != run_id:
            kept.append(line)
    return kept[-(KEPT - 1) :]


@contextmanager
def history_of(run: Path, run_id: str) -> Generator[Path | None]:
    """A file for Allure to read and append to; taken over when all went well.

    Yields None where there is no history, or another run holds it for too long.
    """
    kept = history_file(run)
    if kept is None:
        yield None
        return
    lock = FileLock(f"{kept}.lock")
    try:
        lock.acquire(timeout=LOCK_SECONDS)
    except (Timeout, OSError):
        yield None
        return
    work = run / NAME
    try:
        lines = kept.read_bytes().splitlines() if kept.is_file() else []
        work.write_bytes(b"".join(line + b"\n" for line in earlier(lines, run_id)))
        yield work
        work.replace(kept)
    finally:
        with suppress(OSError):
            work.unlink(missing_ok=True)
        lock.release()
