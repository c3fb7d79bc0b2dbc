"""A phone is acquired in order and given back in reverse, whatever fails on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.adapters.adb.link import AdbLink
from harness.adapters.observation_file import read_observations
from harness.adapters.profile_file import load_profile
from harness.domain.device import DeviceEntry
from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.device import AppPackage, DeviceConditions, DeviceIdentity
from harness.ports import InstrumentError, ProxyAddress, ShellResult
from harness.session import phone_capture, phone_session
from harness.session.app_launcher import AppLauncher
from harness.session.injection import Injection
from harness.session.machinery.breakers import breakers_at_open
from harness.session.machinery.table import MACHINERY
from harness.session.phone_session import PhoneSession
from harness.session.run_context import RunContext, UnsuitablePhoneError
from harness.session.run_folder import RunFolder
from harness.session.tools import RunTools

PROFILE = load_profile("tiktok")
IDENTITY = DeviceIdentity("S1", "Pixel 8", "Google", 34, "14", "user", "f", simulated=False)
APP = AppPackage(PROFILE.packages[0], "43.1.4", 2024301040, None, None)


class Device:
    state_now = "device"
    answer = ShellResult("am", "Starting", "", 0)

    def __init__(self, name: str, serial: str, link: AdbLink) -> None:
        self.name, self.serial, self.link = name, serial, link

    def state(self) -> str:
        return Device.state_now

    def shell(self, command: str, **_: object) -> ShellResult:
        return Device.answer


class Part:
    """Stands for proxy, attachment, log follower and Appium session; notes its life."""

    life: list[str] = []  # noqa: RUF012 - emptied by the fixture
    failing: str | None = None
    expected = "127.0.0.1:8080"
    gave_up = None
    network_cut = False

    def __init__(self, name: str) -> None:
        self.name = name

    def _note(self, verb: str) -> None:
        Part.life.append(f"{self.name} {verb}")
        if Part.failing == f"{self.name} {verb}":
            raise InstrumentError("adb", verb, f"{self.name} is broken")

    @property
    def address(self) -> ProxyAddress:
        return ProxyAddress("127.0.0.1", 4711, Path("/ca.pem"), 1)

    def start(self) -> ProxyAddress:
        self._note("start")
        return self.address

    def pass_through(self, hosts: list[str]) -> None:
        self._note(f"pass {' '.join(hosts)}")

    def stop(self) -> None:
        self._note("stop")

    def attach(self) -> None:
        self._note("attach")

    def verify(self) -> CaptureVisibility:
        self._note("verify")
        return CaptureVisibility("reached", "none")

    def detach(self) -> None:
        self._note("detach")

    def close(self) -> None:
        self._note("close")


class Tools(RunTools):
    def adb(self, entry: DeviceEntry) -> AdbLink:
        return AdbLink("127.0.0.1", 5037)

    def mend_adb(self, entry: DeviceEntry, serial: str) -> bool:
        Part.life.append("adb mended")
        return False

    def appium(self, entry: DeviceEntry) -> Any:
        return None


@pytest.fixture(autouse=True)
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    Part.life, Part.failing = [], None
    Device.state_now, Device.answer = "device", ShellResult("am", "Starting", "", 0)
    replaced: dict[str, Any] = {
        "AdbDevice": Device,
        "read_identity": always(IDENTITY),
        "read_app": always(APP),
        "read_conditions": conditions,
        "LogcatFollower": always(Part("log")),
        "AppiumSession": open_appium,
        "AppiumUi": always(None),
    }
    for name, value in replaced.items():
        monkeypatch.setattr(phone_session, name, value)
    monkeypatch.setattr(phone_capture, "SupervisedProxy", always(Part("proxy")))
    monkeypatch.setattr(phone_capture, "Attachment", always(Part("capture")))


def always(value: object) -> Callable[..., Any]:
    def answer(*_: object, **__: object) -> object:
        return value

    return answer


def conditions(_device: object, *, proxy_expected: str | None) -> DeviceConditions:
    return DeviceConditions(proxy_expected=proxy_expected)


def open_appium(*_: object) -> Part:
    if Part.failing == "appium open":
        raise InstrumentError("appium", "open a session", "no")
    Part.life.append("appium open")
    return Part("appium")


def session(folder: Path, **changes: Any) -> PhoneSession:
    run = RunContext(RunFolder(folder, "r"), Tools(folder), b"k" * 32, "host", **changes)
    return PhoneSession(DeviceEntry("pixel", serial="S1"), PROFILE, run)


def kinds(folder: Path) -> list[str]:
    return [seen.kind for seen in read_observations(folder)]


def test_acquired_in_order_and_given_back_in_reverse(tmp_path: Path) -> None:
    opened = session(tmp_path)
    opened.open()
    opened.close()

    assert Part.life == [
        "proxy start", "capture attach", "capture verify", "log start", "appium open",
        "adb mended",
        "appium close", "log stop", "capture detach", "proxy stop",
    ]  # fmt: skip
    rows = list(read_observations(tmp_path))
    assert [row.kind for row in rows] == ["device.identity", "app.package", "device.conditions"]
    assert isinstance(rows[2].facts, DeviceConditions)
    assert rows[2].facts.proxy_expected == "127.0.0.1:8080"


@pytest.mark.parametrize(
    ("capture", "interception"), [("none", True), ("decrypt", False)], ids=["entry", "run"]
)
def test_without_interception_nothing_is_set_but_leftovers_are_mended(
    capture: str, interception: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mended: list[str] = []

    def mend(device: Device) -> None:
        mended.append(device.serial)

    monkeypatch.setattr(phone_capture, "reset_phone", mend)
    opened = session(tmp_path, interception=interception)
    opened.entry = replace(opened.entry, capture=capture)

    opened.open()
    opened.await_proxy()
    opened.close()

    assert mended == ["S1"]
    assert Part.life == ["log start", "appium open", "adb mended", "appium close", "log stop"]
    seen = next(r for r in read_observations(tmp_path) if r.kind == "capture.visibility")
    assert isinstance(seen.facts, CaptureVisibility)
    assert (seen.facts.canary, seen.facts.trust) == ("not_made", "none")
    assert not opened.pinning.active


def test_metadata_alone_puts_no_certificate_on_the_phone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}
    part = Part("capture")

    def attachment(*_: object, **options: object) -> Part:
        given.update(options)
        return part

    monkeypatch.setattr(phone_capture, "Attachment", attachment)
    opened = session(tmp_path)
    opened.entry = replace(opened.entry, capture="metadata", may_change_trust=True)

    opened.open()
    opened.close()

    assert given["may_change_trust"] is False
    assert opened.pinning.active
    assert "proxy pass *" in Part.life


@pytest.mark.parametrize("attended", [True, False])
def test_a_certificate_for_the_user_store_needs_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, attended: bool
) -> None:
    def ask(what: str) -> Callable[..., None]:
        return lambda *_, **__: Part.life.append(what)

    monkeypatch.setattr(phone_capture, "await_user_trust", ask("person asked"))
    monkeypatch.setattr(phone_capture, "ask_to_remove", ask("removal asked"))
    opened = session(tmp_path)
    opened.run = replace(opened.run, attended=attended)
    opened.entry = replace(opened.entry, user_certificate=True)

    opened.open()
    opened.close()

    asked = [line for line in Part.life if line.endswith("asked")]
    assert asked == (["person asked", "removal asked"] if attended else [])
    assert any("run with --attended" in note for note in opened.notes) != attended


def test_quic_is_watched_for_the_time_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phone_capture, "watch_quic", always(Part("quic")))
    opened = session(tmp_path)
    opened.entry = replace(opened.entry, quic="record")

    opened.open()
    assert "quic stop" not in Part.life
    opened.close()

    assert "quic stop" in Part.life


@pytest.mark.parametrize("broken", ["proxy start", "capture attach", "log start", "appium open"])
def test_what_was_opened_before_a_failure_is_closed(broken: str, tmp_path: Path) -> None:
    Part.failing = broken
    opened = session(tmp_path)

    with pytest.raises(InstrumentError):
        opened.open()
    opened.close()

    begun = {line.split()[0] for line in Part.life if line.endswith(("start", "attach", "open"))}
    ended = {line.split()[0] for line in Part.life if line.endswith(("stop", "detach", "close"))}
    failed = broken.split(maxsplit=1)[0]
    assert ended >= begun - {failed}
    assert ("capture" in ended) == ("capture" in begun)  # a half-made attachment too


def test_a_part_that_cannot_be_given_back_is_written_down_and_stops_nothing(
    tmp_path: Path,
) -> None:
    opened = session(tmp_path)
    opened.open()
    Part.failing = "capture detach"

    opened.close()

    assert Part.life[-1] == "proxy stop"
    assert "instrument.failed" in kinds(tmp_path)


@pytest.mark.parametrize(
    ("state", "said"), [("unauthorized", "allow USB debugging"), ("absent", "plug it in")]
)
def test_a_phone_that_is_not_ready_is_told_with_what_to_do(
    state: str, said: str, tmp_path: Path
) -> None:
    Device.state_now = state

    with pytest.raises(UnsuitablePhoneError, match=said):
        session(tmp_path).open()


def test_a_phone_without_the_app_is_unsuitable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(phone_session, "read_app", always(None))

    with pytest.raises(UnsuitablePhoneError, match="TikTok is not installed"):
        session(tmp_path).open()


def test_incidents_reach_no_phone_without_a_control_address(tmp_path: Path) -> None:
    with pytest.raises(UnsuitablePhoneError, match="offers no control address"):
        session(tmp_path, incident="login-outage").open()


def test_the_app_is_started_by_its_launch_activity(tmp_path: Path) -> None:
    opened = session(tmp_path)
    opened.open()
    launcher = AppLauncher(opened)

    launcher.stop()
    launcher.start()
    Device.answer = ShellResult("am", "", "Error: Activity class {x} does not exist.", 0)
    with pytest.raises(InstrumentError, match="does not exist"):
        launcher.start()
    opened.close()


def test_waiting_for_the_proxy_ends_when_its_gap_is_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from harness.domain.facts.capture import CaptureGap

    opened = session(tmp_path)
    opened.open()
    monkeypatch.setattr(phone_session, "is_running", always(True))
    opened.await_proxy(timeout=60.0)

    monkeypatch.setattr(phone_session, "is_running", always(False))
    log = opened.journal.log("harness")

    def come_back(_seconds: float) -> None:
        log.write("capture.gap", CaptureGap(1.0, 2.0, "killed"))

    monkeypatch.setattr(phone_session.time, "sleep", come_back)
    opened.await_proxy(timeout=60.0)

    assert log.written["capture.gap"] == 1
    monkeypatch.undo()
    opened.close()


def test_faults_are_switched_on_once_the_phone_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, list[str]]] = []

    def inject(control: str, faults: list[Injection]) -> None:
        told.append((control, [fault.name for fault in faults]))

    monkeypatch.setattr(phone_session, "inject", inject)
    faults = (Injection("http-500", "login"), Injection("crash_app", at_step=True))
    opened = session(tmp_path, faults=faults)
    opened.control = "http://control"
    opened.open()
    opened.breakers()["crash_app"]()
    opened.close()

    assert told == [("http://control", ["http-500"]), ("http://control", ["crash_app"])]


def test_a_phone_without_a_control_address_takes_no_faults(tmp_path: Path) -> None:
    opened = session(tmp_path, faults=(Injection("http-500"),))
    with pytest.raises(UnsuitablePhoneError, match="no control address"):
        opened.open()
    opened.close()


def test_faults_have_their_breakers(tmp_path: Path) -> None:
    opened = session(tmp_path)
    opened.open()

    assert set(opened.breakers()) | set(breakers_at_open(opened)) == set(MACHINERY)
    opened.close()


@pytest.mark.parametrize(("before", "calls_due"), [({}, 2), ({"10.0.0.2:5555": "device"}, 1)])
def test_a_serial_with_a_port_is_connected_and_left_as_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, before: dict[str, str], calls_due: int
) -> None:
    calls: list[str] = []

    def note(_link: object, serial: str) -> None:
        calls.append(serial)

    def known(_link: object) -> dict[str, str]:
        return before

    monkeypatch.setattr(phone_session, "states", known)
    monkeypatch.setattr(phone_session, "connect", note)
    monkeypatch.setattr(phone_session, "disconnect", note)
    run = RunContext(RunFolder(tmp_path, "r"), Tools(tmp_path), b"k" * 32, "host")
    opened = PhoneSession(DeviceEntry("net", serial="10.0.0.2:5555"), PROFILE, run)
    opened.open()
    opened.close()

    assert calls == ["10.0.0.2:5555"] * calls_due
