"""A log that keeps nothing: for looks that must not count as part of the try."""

from __future__ import annotations

import time
from dataclasses import replace

from harness.domain.facts import Facts
from harness.domain.observation import Observation


class Unwritten:
    """Implements ports.ObservationLog."""

    def write(
        self, kind: str, facts: Facts, *, scenario: str | None = None, step: str | None = None
    ) -> Observation:
        """Gives the observation back and forgets it."""
        seen = Observation("", time.time(), time.monotonic(), "", "", kind, facts)
        return replace(seen, scenario=scenario, step=step)
