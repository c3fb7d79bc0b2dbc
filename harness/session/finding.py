"""One thing that doctor looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`mend` is a command or a tap. Not `ok`: a run would not work. `ok` and yet something to
    mend: it works, and may not go on to work."""

    subject: str  # "host" or a phone's name
    name: str
    ok: bool
    detail: str
    mend: str = ""
