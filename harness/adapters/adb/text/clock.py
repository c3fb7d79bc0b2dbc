"""The phone's clock against ours: `date +%s.%N` between two looks at the host's clock."""

from __future__ import annotations

import re
from dataclasses import dataclass

COMMAND = "date +%s.%N; date +%z"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """`offset` is phone minus host, in seconds; the truth lies within ± `uncertainty`."""

    offset: float
    uncertainty: float
    zone: str = ""  # "+0200"


def read_clock(text: str, before: float, after: float) -> ClockReading | None:
    """`before` and `after`: host's UTC seconds around the command.

    Old toyboxes print %N as it stands; then only whole seconds are known.
    """
    found = re.search(r"^(\d{9,})(?:\.(\d{1,9}))?", text, re.MULTILINE)
    if found is None:
        return None
    zone = re.search(r"^([+-]\d{4})\s*$", text, re.MULTILINE)
    half = max((after - before) / 2, 0.0)
    if found[2] is None:
        phone, extra = int(found[1]) + 0.5, 0.5
    else:
        phone, extra = float(f"{found[1]}.{found[2]}"), 0.0
    middle = (before + after) / 2
    return ClockReading(phone - middle, half + extra, zone[1] if zone else "")
