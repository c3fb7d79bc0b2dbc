"""Plays one trial: a run of its own in a process of its own, bounded in time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, cast

from harness.session.accuracy.score import Result
from harness.session.accuracy.trial import Trial

SECONDS = 300.0
"""After this a trial is given up."""


def command_of(trial: Trial, out: Path, devices: Path | None) -> list[str]:
    """The run as a person would type it."""
    words = [sys.executable, "-m", "harness", "run", "--device", trial.phone]
    words += ["--scenario", trial.scenario, "--out", str(out), "--json"]
    if trial.injection is not None:
        words += ["--fault", str(trial.injection)]
    return words + (["--devices", str(devices)] if devices is not None else [])


def play(trial: Trial, folder: Path, devices: Path | None) -> Result:
    """The verdict of one trial; the run's folder is kept only where it was not right.

    Never raises for what a run does: `trouble` says what went wrong.
    """
    out = folder / "runs" / trial.key.replace("/", "_").replace(":", "-").replace("*", "all")
    shutil.rmtree(out, ignore_errors=True)
    begun = time.monotonic()
    state = out.with_suffix(".state")
    environment = {**os.environ, "HARNESS_STATE": str(state), "NO_COLOR": "1"}
    try:
        done = subprocess.run(
            command_of(trial, out, devices),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _troubled(trial, begun, f"no end within {SECONDS:.0f} s")
    finally:
        shutil.rmtree(state, ignore_errors=True)
    try:
        result = read(trial, done.stdout, time.monotonic() - begun)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        told = (done.stderr.strip().splitlines() or ["nothing was said"])[-1]
        return _troubled(trial, begun, f"exit {done.returncode}, {error!r}: {told[:300]}")
    if result.trouble is None and result.right:
        shutil.rmtree(out, ignore_errors=True)
    return result


def _troubled(trial: Trial, begun: float, why: str) -> Result:
    seconds = time.monotonic() - begun
    return Result(trial.key, trial.party, trial.outcome, seconds=seconds, trouble=why)


def read(trial: Trial, printed: str, seconds: float) -> Result:
    """The run's document, its last line; raises ValueError, KeyError or IndexError."""
    document = cast("dict[str, Any]", json.loads(printed.strip().splitlines()[-1]))
    verdicts: list[dict[str, Any]] = document["verdicts"]
    verdict = next(entry for entry in verdicts if entry["scenario"] == trial.scenario)
    not_run = verdict["outcome"] == "not_run"
    return Result(
        trial.key,
        trial.party,
        trial.outcome,
        str(verdict["party"]),
        str(verdict["outcome"]),
        float(verdict["confidence"]),
        str(verdict["rule"]),
        str(verdict["visibility"]),
        str(verdict["summary"]),
        round(seconds, 1),
        f"not run: {verdict['summary']}" if not_run else None,
        tuple(str(entry["party"]) for entry in verdict.get("candidates", ())),
    )
