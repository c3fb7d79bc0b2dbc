"""The log-in scenario on both builds of the app and in all seven languages."""

from __future__ import annotations

import json
import random
from itertools import product
from pathlib import Path

import pytest

from tests.e2e.lab import Lab, devices_file, verdicts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

LOCALES = ("en-US", "fr-FR", "de-DE", "es-ES", "pt-BR", "id-ID")
VERSIONS = ("43.1.4", "47.0.3")
NEW = ("--content", "none", "--logged-out")
"""A new installation greets with its first-run dialogs; the other build's app was used
before and has to be logged out first."""
ALL = tuple(product(LOCALES, VERSIONS))
SAMPLE = random.Random(20261124).sample(ALL, 1)
"""`make test` takes these; `make prove` all."""
RIGHT_TO_LEFT = tuple(product(("ar-EG",), VERSIONS))


@pytest.mark.parametrize(
    ("locale", "version"),
    [
        pytest.param(*pair, marks=() if pair in SAMPLE else pytest.mark.slow, id="-".join(pair))
        for pair in (*ALL, *RIGHT_TO_LEFT)
    ],
)
def test_a_log_in_passes(lab: Lab, tmp_path: Path, locale: str, version: str) -> None:
    out = tmp_path / "reports"
    state = NEW if version == VERSIONS[0] else ()
    with lab.phones("--locale", locale, "--app-version", version, *state) as answer:
        devices = devices_file(tmp_path, answer)
        done = lab.harness(
            "run", "--devices", str(devices), "--scenario", "login", "--out", str(out)
        )
    (verdict,) = verdicts(out)
    assert (verdict["outcome"], verdict["party"]) == ("passed", "none"), done.stdout + done.stderr
    assert verdict["app"]["version_name"] == version
    check_drift_is_told(out, verdict["rule"])


def check_drift_is_told(run: Path, rule: str) -> None:
    """An element that only a fallback found makes the verdict say so."""
    lines = [json.loads(line) for line in (run / "observations.jsonl").read_text().splitlines()]
    drifted = [line for line in lines if line["kind"] == "ui.locator"]
    assert (rule == "passed_with_locator_drift") == bool(drifted)
