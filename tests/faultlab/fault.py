"""A row of the lab: what is broken, who is truly answerable, and whether that can be seen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.faultlab.client import Route
from tests.faultlab.world import Host

if TYPE_CHECKING:
    from tests.faultlab.experiment import Capture

Play = Callable[[Route, "Capture"], object]
"""What the app (and, for harness faults, fate) does while the capture runs."""

PARTIES = ("none", "server", "client", "network", "device", "account", "harness")
_SALTS = {1: 300, 2: 7, 3: 2362, 5: 822, 6: 1672}
"""By draw, fixed before any result of it was seen: about a third of each party is held out.
A draw without one is practice: its rows were seen while rules were written."""
OUTCOMES = ("passed", "failed", "blocked", "inconclusive")


@dataclass(frozen=True, slots=True)
class Fault:
    """One experiment.

    `party` and `outcome`: the truth by the contract's table. `separable`: the
    evidence of a bare capture with the host-side probe can tell the party at all;
    where not, abstaining (unknown, the truth among the candidates) is due. `draw`: rows
    of a later draw were written before anybody had seen how the rules treat them; the
    held-out third of a draw is counted once for a claim, then it is used up.
    """

    name: str
    breaks: str
    party: str
    outcome: str
    hosts: tuple[Host, ...]
    play: Play
    separable: bool = True
    visibility: str = "open"  # open or opaque
    profile: str | None = None
    probe: bool = True
    knows_upstream_ca: bool = True
    draw: int = 1

    @property
    def held_out(self) -> bool:
        """In the third that nobody looks at row by row while rules are written."""
        salt = _SALTS.get(self.draw)
        if salt is None:
            return False
        return hashlib.sha256(f"{salt}:{self.name}".encode()).digest()[0] % 3 == 0
