"""Which scenario and step an observation of the proxy belongs to, by time.

The proxy does not know of scenarios. What it saw of a phone is placed into the window
of scenario.begun … scenario.ended and step.begun … step.ended of the same phone; an
exchange by the moment its request began, everything else by the moment it was seen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from harness.domain.facts.scenario import StepEnded
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.observation import Observation

MARKS = frozenset({"scenario.begun", "scenario.ended", "step.begun", "step.ended"})
"""The kinds that open and close windows."""


@dataclass(slots=True)
class _Track:
    """Moments (monotonic seconds) at which the (scenario, step) of one phone changed."""

    moments: list[float] = field(default_factory=list[float])
    places: list[tuple[str | None, str | None]] = field(
        default_factory=list[tuple[str | None, str | None]]
    )

    def at(self, mono: float) -> tuple[str | None, str | None]:
        index = bisect_right(self.moments, mono)
        return self.places[index - 1] if index else (None, None)


class Windows:
    """The windows of all phones of a run."""

    def __init__(self, marks: Iterable[Observation]) -> None:
        self._tracks: dict[str | None, _Track] = {}
        for mark in sorted(marks, key=lambda item: item.mono):
            self._add(mark)
        devices = [device for device in self._tracks if device is not None]
        self._only_device = devices[0] if len(devices) == 1 else None

    def _add(self, mark: Observation) -> None:
        track = self._tracks.setdefault(mark.device, _Track())
        place = {
            "scenario.begun": (mark.scenario, None),
            "scenario.ended": (None, None),
            "step.begun": (mark.scenario, mark.step),
            "step.ended": (mark.scenario, None),
        }[mark.kind]
        track.moments.append(mark.mono)
        track.places.append(place)

    def place(self, observation: Observation) -> Observation:
        """The observation with device, scenario and step filled where they were open."""
        if not self._tracks or observation.source != "proxy" or observation.scenario is not None:
            return observation
        device = observation.device or self._only_device
        track = self._tracks.get(device)
        if track is None:
            return observation
        scenario, step = track.at(_began(observation))
        if (device, scenario, step) == (observation.device, None, None):
            return observation
        return replace(observation, device=device, scenario=scenario, step=step)


def _began(observation: Observation) -> float:
    facts = observation.facts
    if isinstance(facts, Exchange):
        return facts.begun
    if isinstance(facts, Connection):
        return facts.opened
    if isinstance(facts, StepEnded):
        return facts.begun
    return observation.mono
