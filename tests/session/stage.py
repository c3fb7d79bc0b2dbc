"""One try with its files, with stand-ins for session, camera and controls."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from harness.adapters.observation_file import ObservationWriter, read_observations
from harness.domain.device import DeviceEntry
from harness.domain.facts.control import ControlMade
from harness.domain.facts.device import AppPackage, DeviceConditions
from harness.domain.recovery import Trouble
from harness.domain.resolve import ResolveMap
from harness.pages.app import App
from harness.ports import InstrumentError
from harness.session import controls
from harness.session.evidence_shots import Camera, Shot
from harness.session.faults import FaultPlan
from harness.session.journal import Journal
from harness.session.phone_session import PhoneSession
from harness.session.pinning import Pinning
from harness.session.steps import Steps
from tests.session.traffic import PROFILE, Tap

APP = "com.zhiliaoapp.musically"


@dataclass
class WellWay:
    """A PhoneRecovery to whose phone the way is whole, or broken by `trouble` until mended."""

    trouble: Trouble | None = None
    gave_up: str | None = None
    mended: list[str] = field(default_factory=list[str])

    def begin_try(self) -> None: ...

    def look(self) -> Trouble | None:
        return self.trouble

    def recover(self, because: str) -> bool:
        self.mended.append(because)
        self.trouble = None
        return True


@dataclass
class FakeSession:
    """As much of a PhoneSession as the steps use."""

    journal: Journal
    profile: Any = PROFILE
    proxy: Tap = field(default_factory=Tap)
    reach: controls.Reach = field(default_factory=lambda: controls.Reach(ResolveMap()))
    stopped: int = 0
    conditions: int = 0
    awaited: int = 0
    broken: list[str] = field(default_factory=list[str])
    tried: list[list[str]] = field(default_factory=list[list[str]])
    recovery: WellWay = field(default_factory=WellWay)
    entry: DeviceEntry = field(default_factory=lambda: DeviceEntry("pixel", serial="S1"))
    app: AppPackage = field(default_factory=lambda: AppPackage(APP, "43.1.4", 1, None, None))

    def __post_init__(self) -> None:
        self.pinning = Pinning(PROFILE, self.proxy, self.journal.log("control"))

    runs: bool = True
    aside: int = 0
    may_be_set_aside: bool = True

    @property
    def attachment(self) -> FakeSession:
        return self

    @property
    def route(self) -> FakeSession:
        return self

    @contextmanager
    def set_aside(self) -> Generator[None]:
        self.aside += 1
        yield

    def app_runs(self) -> bool:
        return self.runs

    def stop(self) -> None:
        """As the launcher of the app."""

    def clean(self, text: str) -> str:
        return text.replace("anna", "<secret>")

    def await_proxy(self) -> None:
        self.awaited += 1

    def stop_app(self) -> None:
        self.stopped += 1

    def note_conditions(self) -> DeviceConditions:
        self.conditions += 1
        raise InstrumentError("adb", "read", "gone")

    def pass_through(self, hosts: list[str]) -> tuple[ControlMade, list[Any]]:
        """The trial of hands_off; a phone that is gone in the middle of it fails."""
        self.tried.append(hosts)
        if len(self.tried) > 1:
            raise InstrumentError("adb", "start", "gone")
        return ControlMade("pass_through", "ok", "tried", hosts[0], {"trial": "ok"}), []

    def breakers(self) -> dict[str, Any]:
        return {"proxy-killed": lambda: self.broken.append("proxy")}


class FakeCamera:
    def __init__(self) -> None:
        self.taken: list[str] = []

    def take(self, title: str) -> Shot:
        self.taken.append(title)
        return Shot("a.png", "a.xml")


class Stage:
    """One try with its files."""

    def __init__(self, folder: Path, fault: FaultPlan | None = None) -> None:
        self.folder = folder
        self.session = FakeSession(Journal(folder, "pixel", "host"))
        self.session.journal.scenario = "login"
        self.camera = FakeCamera()
        self.wire = ObservationWriter(
            self.session.journal.proxy_file, source="proxy", host="host", device="pixel"
        )
        self.step = Steps(
            cast("PhoneSession", self.session),
            cast("Camera", self.camera),
            fault or FaultPlan(),
            cast("App", self),
        )

    def of(self, kind: str) -> list[Any]:
        return [each.facts for each in read_observations(self.folder) if each.kind == kind]


def itself(first: object, *_: object) -> object:
    """The session stands for the app and for the trial as well."""
    return first


def answer_probes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Every host and site is reached; gives the list of what will have been asked."""
    asked: list[tuple[str, int]] = []

    def probe(host: str, port: int, **_: object) -> list[ControlMade]:
        asked.append((host, port))
        return [ControlMade("host_probe", "ok", "reached", f"{host}:{port}")]

    monkeypatch.setattr(controls, "reach_host", probe)

    def ask_site(site: str, **_: object) -> ControlMade:
        return ControlMade("control_site", "ok", site)

    monkeypatch.setattr(controls, "control_site", ask_site)
    return asked
