"""What the plugin keeps on pytest's objects, under typed keys."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from harness.domain.app_build import BuildPin
from harness.domain.device import DeviceEntry
from harness.domain.scenario_order import USUAL_ORDER
from harness.domain.verdict import Verdict
from harness.session.run import Run
from harness.session.scenario_run import ScenarioRun


@dataclass(slots=True)
class State:
    """Of one pytest session."""

    run: Run
    entries: list[DeviceEntry] = field(default_factory=list[DeviceEntry])


STATE = pytest.StashKey[State]()
SCENARIO = pytest.StashKey[ScenarioRun]()
RAISED = pytest.StashKey[BaseException]()
VERDICT = pytest.StashKey[Verdict]()


@dataclass(frozen=True, slots=True)
class Declared:
    """What a test says of itself by `@pytest.mark.scenario(name, start=…)`."""

    name: str
    start: str | None = None
    destructive: bool = False
    order: int = USUAL_ORDER  # on a phone the lower number runs first
    pin: BuildPin = field(default_factory=BuildPin)


def declared(item: pytest.Item) -> Declared:
    """The marker's content; without one the test's own name."""
    marker = item.get_closest_marker("scenario")
    plain = getattr(item, "originalname", item.name)
    name = str(marker.args[0]) if marker and marker.args else str(plain).removeprefix("test_")
    options = marker.kwargs if marker else {}
    return Declared(
        name,
        options.get("start"),
        bool(options.get("destructive", False)),
        int(options.get("order", USUAL_ORDER)),
        BuildPin(options.get("app_version"), options.get("app_signer")),
    )
