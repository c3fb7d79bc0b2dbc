"""Which way a phone's traffic comes to us in a run; the ways themselves are played end to end."""

from __future__ import annotations

import base64
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.adapters.attach.wireguard_route import WireguardRoute
from harness.adapters.observation_file import read_observations
from harness.adapters.proxy.no_tap import NoTap
from harness.adapters.proxy.wireguard import WireguardKeys, WireguardListener
from harness.domain.device import AdbAddress, DeviceEntry
from harness.domain.facts.capture import CaptureVisibility
from harness.domain.resolve import ResolveMap
from harness.session import phone_capture
from harness.session.journal import Journal
from harness.session.phone_capture import PhoneCapture
from tests.adapters.attach.phone_stand_in import StandIn
from tests.session.traffic import PROFILE


class Tap:
    """A mitmdump that is never started."""

    def __init__(self, plan: Any, log: object) -> None:
        self.plan, self.log = plan, log
        self.stopped = False
        keys = WireguardKeys(*(base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2)))
        self.home = SimpleNamespace(wireguard=keys)
        self.address = SimpleNamespace(port=15801)

    def pass_through(self, hosts: list[str]) -> None:
        raise AssertionError(hosts)

    def start(self) -> Any:
        return SimpleNamespace(port=15801)

    def stop(self) -> None:
        self.stopped = True


def session(folder: Path, **entry: Any) -> Any:
    return SimpleNamespace(
        entry=DeviceEntry("one", **entry),
        run=SimpleNamespace(interception=True, key=b"k" * 32, host="lab", attended=False),
        journal=Journal(folder, "one", "lab"),
        profile=PROFILE,
        device=StandIn(),
        resolve=ResolveMap(()),
        reach=SimpleNamespace(upstream_ca=None),
        ended=[],
    )


def capture_of(session: Any) -> PhoneCapture:
    return PhoneCapture(session, lambda _what, call: session.ended.append(call))


@pytest.mark.parametrize(
    ("entry", "because"),
    [
        ({"attach": "none"}, "its entry says attach: none"),
        ({"capture": "none"}, "its entry says capture: none"),
        ({"adb": AdbAddress("shelf.test")}, "its adb server is on shelf.test"),
    ],
)
def test_without_a_way_nothing_is_changed_and_why_is_written_down(
    entry: dict[str, Any], because: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    of = session(tmp_path, serial="X", **entry)
    capture = capture_of(of)

    assert capture.before_start() is None
    capture.begin()

    of.journal.close()
    assert isinstance(of.proxy, NoTap)
    assert of.device.settings == {}
    (seen,) = [line.facts for line in read_observations(tmp_path)]
    assert isinstance(seen, CaptureVisibility)
    assert (seen.canary, seen.policy, seen.way) == ("not_made", "none", "none")
    assert because in seen.because


def test_an_emulator_finds_our_proxy_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phone_capture, "SupervisedProxy", Tap)
    of = session(tmp_path, avd="Pixel_8", attach="emulator-proxy")

    assert capture_of(of).before_start() == 15801

    tap = cast("Tap", of.proxy)
    assert tap.plan.foreign_hosts == "pass"
    of.ended[0]()
    assert tap.stopped, "it ends with the session, after the emulator"


@pytest.mark.parametrize(
    ("entry", "listen", "endpoint"),
    [
        ({"serial": "emulator-5554"}, "127.0.0.1", "10.0.2.2"),
        ({"serial": "X", "wireguard_listen": "192.168.1.2"}, "192.168.1.2", "192.168.1.2"),
    ],
)
def test_a_tunnel_leads_to_where_the_phone_reaches_us(
    entry: dict[str, str], listen: str, endpoint: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    given: dict[str, Any] = {}

    class Attached:
        expected = None

        def __init__(self, *_: object, **options: object) -> None:
            given.update(options)

        def __getattr__(self, name: str) -> Any:
            return lambda: CaptureVisibility("reached", "none")

    monkeypatch.setattr(phone_capture, "SupervisedProxy", Tap)
    monkeypatch.setattr(phone_capture, "Attachment", Attached)
    of = session(tmp_path, attach="wireguard", **entry)
    of.app, of.account = SimpleNamespace(package="a.b"), None

    capture_of(of).begin()

    assert of.proxy.plan.wireguard == WireguardListener(listen, endpoint)
    route = given["route"]
    assert isinstance(route, WireguardRoute)
    assert f"Endpoint = {endpoint}:15801" in route._content
    assert "IncludedApplications = a.b, com.android.shell" in route._content
