"""Which way a phone's traffic comes to us in a run; the ways themselves are played end to end."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.adapters.observation_file import read_observations
from harness.adapters.proxy.no_tap import NoTap
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
