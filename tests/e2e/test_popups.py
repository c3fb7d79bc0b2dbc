"""Popups in the middle of a log-in: known ones are answered, an unknown one is our finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from harness.simphone.app.popups import POPUPS
from tests.e2e.lab import Lab, devices_file, verdicts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

SAMPLE = ("save-login", "unknown")
"""`make test` takes these; `make prove` all."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in SAMPLE else pytest.mark.slow)
        for name in sorted(POPUPS)
    ],
)
def test_a_popup_over_the_log_in_form(lab: Lab, tmp_path: Path, name: str) -> None:
    verdict = log_in_with(lab, tmp_path, name)
    popup = POPUPS[name]
    assert (verdict["outcome"], verdict["party"]) == (popup.outcome, popup.party), verdict["rule"]
    if name == "unknown":
        assert verdict["rule"] == "harness_screen_covered"
        assert "Meet bulletin boards" in verdict["summary"]


def log_in_with(lab: Lab, folder: Path, popup: str) -> dict[str, Any]:
    """One run of the log-in scenario on a new installation, `popup` coming over its form."""
    out = folder / "reports"
    with lab.phones("--content", "none", "--logged-out") as answer:
        control = answer["phones"][0]["control"]
        wanted = [{"name": f"popup-{popup}", "scope": "login"}]
        httpx.put(f"{control}/faults", json=wanted, timeout=10).raise_for_status()
        devices = devices_file(folder, answer)
        lab.harness("run", "--devices", str(devices), "--scenario", "login", "--out", str(out))
    (verdict,) = verdicts(out)
    return verdict
