"""The phone's small programs, one file per group, as toybox prints and refuses."""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.contracts import Command
from harness.simphone.toybox import (
    archives,
    columns,
    comparing,
    copying,
    counting,
    dates,
    encoding,
    expr,
    finding,
    firewall,
    grep,
    hashing,
    looking,
    ls,
    making,
    mounting,
    networks,
    ownership,
    processes,
    removing,
    reshaping,
    sed,
    sizes,
    sorting,
    starting,
    status,
    who,
    words,
)

_GROUPS = (
    archives, columns, comparing, copying, counting, dates, encoding, expr, finding, firewall, grep,
    hashing, looking, ls, making, mounting, networks, ownership, processes, removing, reshaping,
    sed, sizes, sorting, starting, status, who, words,
)  # fmt: skip

COMMANDS: Mapping[str, Command] = {
    name: command for group in _GROUPS for name, command in group.COMMANDS.items()
}

__all__ = ["COMMANDS"]
