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
    ip,
    line_ends,
    looking,
    ls,
    making,
    mounting,
    netstat,
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
from harness.simphone.toybox.multiplexer import multiplexer

_GROUPS = (
    archives, columns, comparing, copying, counting, dates, encoding, expr, finding, firewall, grep,
    hashing, ip, line_ends, looking, ls, making, mounting, netstat, networks, ownership, processes,
    removing, reshaping, sed, sizes, sorting, starting, status, who, words,
)  # fmt: skip

_PARTS: Mapping[str, Command] = {
    name: command for group in _GROUPS for name, command in group.COMMANDS.items()
}
COMMANDS: Mapping[str, Command] = {**_PARTS, "toybox": multiplexer(_PARTS)}

__all__ = ["COMMANDS"]
