"""`df -k` and `dumpsys diskstats`: space on the data volume, in bytes."""

from __future__ import annotations

import re

_ROW = re.compile(r"^\S.*?\s(\d+)\s+(\d+)\s+(\d+)\s+\d+%\s+(\S+)\s*$", re.MULTILINE)
_FREE = re.compile(r"^Data-Free: (\d+)K / (\d+)K total", re.MULTILINE)


def read_df(text: str) -> tuple[int, int] | None:
    """(total, free) bytes of the first volume listed by `df -k PATH`."""
    joined = re.sub(r"\n\s+", " ", text)  # a long device name puts its numbers on the next line
    found = _ROW.search(joined)
    return None if found is None else (int(found[1]) * 1024, int(found[3]) * 1024)


def read_diskstats(text: str) -> tuple[int, int] | None:
    """(total, free) bytes of /data; some builds leave the line out."""
    found = _FREE.search(text)
    return None if found is None else (int(found[2]) * 1024, int(found[1]) * 1024)
