"""`pm list users`: who uses the phone."""

import re
from dataclasses import dataclass

# The name may hold colons: the id is before the first, the hexadecimal flags after the last.
_LINE = re.compile(r"^\s*UserInfo\{(\d+):(.*):([0-9a-f]+)\}(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PhoneUser:
    """One user, also a work profile or a maker's clone. Names are personal and not read."""

    id: int
    running: bool


def read_users(text: str) -> tuple[PhoneUser, ...]:
    """In the order of the listing."""
    return tuple(PhoneUser(int(found[1]), "running" in found[4]) for found in _LINE.finditer(text))
