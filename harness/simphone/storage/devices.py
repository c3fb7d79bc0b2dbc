"""Character devices: what can be opened and read without end."""

from __future__ import annotations

import secrets
from collections.abc import Callable

ENDLESS: dict[str, Callable[[int], bytes]] = {
    "/dev/zero": bytes,
    "/dev/urandom": secrets.token_bytes,
    "/dev/random": secrets.token_bytes,
}
DEVICES = frozenset({"/dev/null", "/dev/full", "/dev/tty", *ENDLESS})
