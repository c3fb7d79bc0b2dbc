"""A step that only our own place spoils is found out by looking at it without our capture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.lab import Lab, devices_file, verdicts
from tests.e2e.test_first_route import settings

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(400)]

LOST = "api16-core-c-useast1a.tiktokv.com"
"""The host that our proxy, and only our proxy, cannot look up."""


def test_what_our_machine_alone_cannot_reach_is_not_the_services_fault(
    lab: Lab, tmp_path: Path
) -> None:
    with lab.phones() as answer:
        serial = answer["phones"][0]["address"]
        before = settings(lab, serial)
        rules: list[str] = answer["service"]["resolve"]
        kept = [rule for rule in rules if not rule.startswith(LOST)]
        answer["service"]["resolve"] = [f"{LOST}:443:no-such-name.invalid:443", *kept]
        devices = devices_file(tmp_path, answer)
        out = tmp_path / "reports"

        done = lab.harness(
            "run", "--devices", str(devices), "--out", str(out), "--scenario", "followers",
            timeout=300,
        )  # fmt: skip

        (verdict,) = verdicts(out)
        told = json.dumps(verdict, indent=1)
        made = {control["name"]: control["result"] for control in verdict["controls"]}
        assert made["capture_off"] == "ok", told
        assert (verdict["party"], verdict["outcome"]) == ("harness", "inconclusive"), told
        assert verdict["rule"] == "harness_capture_in_the_way", told
        assert done.returncode == 15, done.stderr
        assert settings(lab, serial) == before
