"""What is not well about one phone, and what is done and written down about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.adapters.adb.link import AdbTimeoutError
from harness.adapters.observation_file import read_observations
from harness.domain.device import DeviceEntry
from harness.domain.facts.capture import CaptureGap
from harness.domain.facts.control import InstrumentFailure
from harness.domain.recovery import Means, Trouble
from harness.ports import InstrumentError
from harness.session import phone_recovery
from harness.session.journal import Journal
from harness.session.phone_recovery import MOST_CLIMBS, PhoneRecovery
from tests.answers import always

WELL = {
    "booted": "1\n",
    "power": "  mWakefulness=Awake",
    "window": "mCurrentFocus=Window{1 u0 a/b}",
}


class Server:
    died = False


@dataclass
class World:
    """A phone, its servers and its session, each of which may be broken."""

    entry: DeviceEntry = field(default_factory=lambda: DeviceEntry("desk", serial="10.0.0.2:5555"))
    server: Any = None
    version: Any = False  # what `foreign` says, or the error it raises
    state: str = "device"
    seen: Any = field(default_factory=lambda: dict(WELL))
    reverse: Any = field(default_factory=lambda: [(8080, 4000)])
    node: tuple[bool, bool] = (True, True)  # alive, ready
    cause: str | None = None
    done: list[str] = field(default_factory=list[str])
    cures: dict[str, Callable[[World], None]] = field(
        default_factory=dict[str, "Callable[[World], None]"]
    )

    def do(self, what: str) -> None:
        self.done.append(what)
        if what in self.cures:
            self.cures[what](self)


def answer(value: Any) -> Any:
    if isinstance(value, Exception):
        raise value
    return value


class Session:
    """As much of a PhoneSession as its recovery uses."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.entry = world, world.entry
        self.journal = Journal(folder, "desk", "host")
        self.run = self
        self.tools = self
        self.device = self
        self.attachment: Any = self
        self.appium: Any = self
        self.link = self
        self.serial = str(world.entry.serial)
        self.trust = "system"
        self.route = SimpleNamespace(wants_root=False)

    def server(self, _entry: DeviceEntry | None = None) -> Any:
        return self.world.server

    def means(self, _entry: DeviceEntry) -> Means:
        return Means(own_server=True, own_appium=True, may_reboot=True)

    def restart_adb(self, _entry: DeviceEntry) -> None:
        self.world.do("restart adb")

    def way_lost(self) -> bool:
        return 8080 not in [port for port, _ in answer(self.world.reverse)]

    def root(self) -> bool:
        self.world.do("root")
        return True

    def mend(self) -> list[str]:
        self.world.do("mend")
        return []

    def shell(self, command: str) -> None:
        self.world.do(command)

    def ask(self, service: str) -> str:
        self.world.do(service)
        return ""

    def device_service(self, _serial: str, service: str, **_: object) -> bytes:
        self.world.do(service)
        return b""

    def reopen(self) -> None:
        self.world.do("new session")

    def trouble(self) -> str | None:
        return self.world.cause

    def note_conditions(self) -> None:
        self.world.do("conditions")


class Node:
    """The Appium server of a session."""

    def __init__(self, world: World) -> None:
        self.world = world

    def alive(self) -> bool:
        return self.world.node[0]

    def ready(self) -> bool:
        return self.world.node[1]

    def restart(self) -> None:
        self.world.do("restart appium")


class Appium:
    def __init__(self, session: Session, world: World) -> None:
        self.server, self.reopen, self.trouble = Node(world), session.reopen, session.trouble


@pytest.fixture
def build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[World], tuple[PhoneRecovery, Session]]:
    def made(world: World) -> tuple[PhoneRecovery, Session]:
        def note(what: str) -> Callable[..., None]:
            def done(*_: object, **__: object) -> None:
                world.do(what)

            return done

        def asked(part: str) -> Callable[..., Any]:
            def told(*_: object, **__: object) -> Any:
                return answer(getattr(world, part))

            return told

        def states(_link: object) -> dict[str, str]:
            return {str(world.entry.serial): world.state}

        replaced: dict[str, Any] = {
            "foreign": asked("version"),
            "states": states,
            "read_batch": asked("seen"),
            "connect": note("connect"),
            "disconnect": note("disconnect"),
        }
        for name, value in replaced.items():
            monkeypatch.setattr(phone_recovery, name, value)
        monkeypatch.setattr(phone_recovery.time, "sleep", always(None))
        session = Session(world, tmp_path)
        session.appium = Appium(session, world)
        return PhoneRecovery(cast("Any", session)), session

    return made


Build = Callable[[World], tuple[PhoneRecovery, Session]]
GONE = InstrumentError("adb", "x", "refused")
SLOW = AdbTimeoutError("adb", "x", "no answer")


def dead() -> Server:
    server = Server()
    server.died = True
    return server


@pytest.mark.parametrize(
    ("world", "trouble"),
    [
        (World(), None),
        (World(server=Server()), None),
        (World(server=dead()), Trouble.SERVER_GONE),
        (World(version=GONE), Trouble.SERVER_GONE),
        (World(version=SLOW), Trouble.SERVER_HUNG),
        (World(version=True), Trouble.SERVER_FOREIGN),
        (World(state="offline"), Trouble.PHONE_OFFLINE),
        (World(state="unauthorized"), Trouble.PHONE_UNAUTHORIZED),
        (World(state="recovery"), Trouble.PHONE_NOT_IN_ANDROID),
        (World(seen=SLOW), Trouble.PHONE_HUNG),
        (World(seen=GONE), Trouble.PHONE_OFFLINE),
        (World(seen={**WELL, "booted": ""}), Trouble.PHONE_STARTING),
        (World(seen={**WELL, "power": "mWakefulness=Asleep"}), Trouble.PHONE_LOCKED),
        (World(seen={**WELL, "window": "mShowingLockscreen=true"}), Trouble.PHONE_LOCKED),
        (World(reverse=[]), Trouble.WAY_LOST),
        (World(reverse=GONE), Trouble.PHONE_OFFLINE),
        (World(node=(False, False)), Trouble.APPIUM_GONE),
        (World(node=(True, False)), Trouble.APPIUM_HUNG),
        (World(cause="uiautomator2_hung"), Trouble.SESSION_HUNG),
        (World(cause="session_lost"), Trouble.SESSION_LOST),
        (World(cause="uiautomator2_crashed"), Trouble.SESSION_LOST),
    ],
    ids=lambda value: value.name.lower() if isinstance(value, Trouble) else "",
)
def test_the_lowest_trouble_is_seen(build: Build, world: World, trouble: Trouble | None) -> None:
    recovery, _ = build(world)

    assert recovery.look() is trouble


def test_what_was_only_slow_is_no_trouble(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    recovery, _ = build(World())
    told = iter([Trouble.PHONE_HUNG, None])
    monkeypatch.setattr(recovery, "_phone", lambda: next(told))

    assert recovery.look() is None


def test_before_capture_and_session_are_there_only_the_phone_is_looked_at(build: Build) -> None:
    recovery, session = build(World(reverse=[], node=(False, False)))
    del session.attachment, session.appium

    assert recovery.look() is None


def back(world: World) -> None:
    world.state, world.reverse = "device", []


def led(world: World) -> None:
    world.reverse = [(8080, 4000)]


def gaps(folder: Path) -> list[CaptureGap]:
    return [s.facts for s in read_observations(folder) if isinstance(s.facts, CaptureGap)]


def failures(folder: Path) -> list[InstrumentFailure]:
    found = [s.facts for s in read_observations(folder)]
    return [facts for facts in found if isinstance(facts, InstrumentFailure)]


def test_a_phone_that_comes_back_gets_its_way_again_and_the_gap_is_known(
    build: Build, tmp_path: Path
) -> None:
    world = World(state="absent", cures={"connect": back, "mend": led})
    recovery, session = build(world)

    assert recovery.recover("tap x")
    session.journal.close()

    assert world.done == ["disconnect", "connect", "root", "mend", "conditions"]
    (gap,) = gaps(tmp_path)
    assert gap.ended is not None
    assert "not attached" in gap.reason
    assert gap.broken == "way"
    assert failures(tmp_path) == []


def test_a_lost_session_is_no_gap_of_the_capture(build: Build, tmp_path: Path) -> None:
    def well(world: World) -> None:
        world.cause = None

    world = World(cause="session_lost", cures={"new session": well})
    recovery, session = build(world)

    assert recovery.recover("read the screen")
    session.journal.close()

    assert world.done == ["new session"]
    assert gaps(tmp_path) == []


def test_a_phone_on_a_cable_is_reconnected_by_its_server(build: Build) -> None:
    def device(world: World) -> None:
        world.state = "device"

    world = World(DeviceEntry("desk", serial="R58N"), state="absent")
    world.cures = {"host-serial:R58N:reconnect": device}
    recovery, _ = build(world)

    assert recovery.recover("x")


def test_what_was_given_up_is_only_looked_at_once_by_the_next_scenario(
    build: Build, tmp_path: Path
) -> None:
    world = World(seen=GONE)
    recovery, session = build(world)

    with pytest.raises(InstrumentError, match="the phone is offline; tried:") as caught:
        recovery.begin_try()
    assert caught.value.cause == "phone_offline"
    tried = len(world.done)
    with pytest.raises(InstrumentError):
        recovery.begin_try()
    session.journal.close()

    assert len(world.done) == tried
    assert gaps(tmp_path) == []
    assert [(row.instrument, row.action, row.cause) for row in failures(tmp_path)] == [
        ("adb", "reach desk", "phone_offline")
    ]
    world.seen = dict(WELL)
    recovery.begin_try()
    assert recovery.gave_up is None


def test_a_way_that_breaks_again_and_again_is_not_mended_for_ever(build: Build) -> None:
    recovery, _ = build(World())
    recovery.begin_try()

    assert [recovery.recover("x") for _ in range(MOST_CLIMBS + 1)] == [True] * MOST_CLIMBS + [False]
