"""`sm list-volumes all`: the phone's own storage, cards, adopted cards."""

import re

from harness.domain.inventory import Volume
from harness.domain.storage import INTERNAL

# <id> <state> <uuid>: a volume that cannot be mounted ends with a blank and no uuid.
_LINE = re.compile(r"^(private|emulated|public|stub)(\S*) (\S+) ?(\S*)\s*$", re.MULTILINE)


def read_volumes(text: str) -> tuple[Volume, ...]:
    """In the order of the listing, which is not fixed."""
    found: list[Volume] = []
    for line in _LINE.finditer(text):
        kind, rest, state = line[1], line[2], line[3]
        uuid = "" if line[4] in {"", "null"} else line[4]
        where = rest.partition(";")[0]
        found.append(Volume(kind + rest, _kind(kind, where), state, uuid or _name(kind, where)))
    return tuple(found)


def _kind(kind: str, where: str) -> str:
    if kind == "public":
        return "card"
    if kind == "stub":
        return "other"
    return "adopted" if where else "internal"


def _name(kind: str, where: str) -> str:
    return INTERNAL if kind in {"private", "emulated"} and not where else ""
