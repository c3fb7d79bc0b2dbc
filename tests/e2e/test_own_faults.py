"""When our own machinery breaks, nobody else is blamed and the phone is as before."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from harness.adapters.observation_file import read_observations
from harness.domain.facts.capture import CaptureGap, ProxyStarted
from tests.e2e.lab import Lab, devices_file, eventually, verdicts
from tests.e2e.test_first_route import settings

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
DRAWN = random.Random(os.environ.get("HARNESS_LAB_SEED") or "own").choice(
    ["adb-server-killed", "appium-killed", "disk-full"]
)
"""Beside the recorder's death, in each run of the tests; all of them are among the slow ones of
test_machinery.py."""


@pytest.mark.parametrize("fault", ["proxy-killed", DRAWN])
def test_our_own_fault_is_ours(lab: Lab, tmp_path: Path, fault: str) -> None:
    with lab.phones() as answer:
        serial = answer["phones"][0]["address"]
        before = settings(lab, serial)
        devices = devices_file(tmp_path, answer)
        out = tmp_path / "reports"

        done = lab.harness("run", "--devices", str(devices), "--out", str(out), HARNESS_FAULT=fault)

        for verdict in verdicts(out):
            assert verdict["party"] in {"harness", "none", "unknown"}, verdict["summary"]
            assert verdict["outcome"] in {"inconclusive", "passed", "not_run"}
        assert done.returncode in {0, 10, 15, 20}
        assert "Traceback" not in done.stderr
        # Appium's adb had started a server by itself, which ended with Appium: a new one needs
        # a moment until the phone is there.
        lab.adb("connect", serial)
        assert eventually(lambda: settings(lab, serial) == before, 10)
        if fault == "proxy-killed":
            back_on_the_same_port(out)


def back_on_the_same_port(out: Path) -> None:
    """Within three seconds, with the gap written down."""
    seen = list(read_observations(out))
    gaps = [line.facts for line in seen if isinstance(line.facts, CaptureGap)]
    ports = [line.facts.port for line in seen if isinstance(line.facts, ProxyStarted)]
    assert len(ports) == 2
    assert ports[0] == ports[1]
    assert [gap.ended is not None and gap.ended - gap.begun < 3.0 for gap in gaps] == [True], gaps
