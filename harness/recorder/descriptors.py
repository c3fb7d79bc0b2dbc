"""Gives mitmdump as many file descriptors as it may have: two of them for each connection."""

from __future__ import annotations

import contextlib
import resource

ENOUGH = 65_536
"""More is no use, and some systems allow a number without end."""


def raise_limit() -> int:
    """The limit from now on; what the system refuses stays as it was."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH if hard == resource.RLIM_INFINITY else min(hard, ENOUGH)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return soft
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
