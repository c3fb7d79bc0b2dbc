"""What a test can break in the UiAutomator2 server."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

_FOREVER = 3600.0


class ConnectionDroppedError(Exception):
    """The socket is to be closed without an answer."""


class ServerCrashedError(Exception):
    """The whole server is to end at once, as when its process dies."""


class GarbageAnswerError(Exception):
    """The answer is to be something that is not JSON."""


@dataclass(slots=True)
class UiServerFaults:
    """Switches, all off; reachable as `phone.ui_faults`.

    They strike commands of a session (not /status, not session start and end)
    whose path matches the regular expression `paths`, `count` times (-1: always).
    """

    hang: bool = False  # never answers
    drop: bool = False  # closes the socket
    garbage: bool = False  # answers `{oops`
    crash: bool = False  # the instrumentation dies
    delay: float = 0.0  # seconds before each answer
    paths: str = ""
    count: int = -1

    async def strike(self, path: str) -> None:
        """Applies what is switched on to a command; raises one of the errors above."""
        on = self.hang or self.drop or self.garbage or self.crash or self.delay > 0
        if not on or self.count == 0 or re.search(self.paths, path) is None:
            return
        self.count -= self.count > 0
        if self.delay > 0:
            await asyncio.sleep(self.delay)
        if self.crash:
            raise ServerCrashedError(path)
        if self.drop:
            raise ConnectionDroppedError(path)
        if self.garbage:
            raise GarbageAnswerError(path)
        if self.hang:
            await asyncio.sleep(_FOREVER)
