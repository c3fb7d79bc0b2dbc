"""When our own machinery breaks, nobody else is blamed and the phone is as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.lab import Lab, devices_file, verdicts
from tests.e2e.test_first_route import settings

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


@pytest.mark.parametrize("fault", ["proxy-killed", "adb-server-killed", "appium-killed"])
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
        lab.adb("connect", serial)
        assert settings(lab, serial) == before
