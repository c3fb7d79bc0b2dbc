"""Runs one fault: hosts up, `harness capture` between, the app plays, `harness diagnose` judges."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil

from tests.faultlab.certificates import Authorities
from tests.faultlab.client import Route
from tests.faultlab.fault import Fault
from tests.faultlab.world import standing

ROOT = Path(__file__).resolve().parents[2]
_READY_WITHIN, _CLOSED_WITHIN, _JUDGED_WITHIN = 30.0, 20.0, 40.0
_SETTLE = 0.5  # seconds between the app's last sign and the end of the capture


class LabError(Exception):
    """The experiment itself did not work; no verdict can be counted."""


@dataclass(slots=True)
class Capture:
    """A running `harness capture`. `folder`: where it records. `rules` and `trusted`: the
    world's resolve map and authority, for what else looks at that world."""

    process: subprocess.Popen[str]
    route: Route
    folder: Path
    rules: tuple[str, ...] = ()
    trusted: Path | None = None

    def proxy(self) -> psutil.Process:
        """The mitmdump below it."""
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if any("mitmdump" in part for part in child.cmdline()):
                    return child
        raise LabError("no mitmdump runs below the capture")

    def stop(self) -> None:
        """SIGINT, as a person would; waits for the folder to be closed."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(_CLOSED_WITHIN)
        except subprocess.TimeoutExpired as error:
            self.process.kill()
            raise LabError("harness capture did not end after SIGINT") from error


def _first_line(stream: IO[str], seconds: float) -> str:
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.append(stream.readline()), daemon=True)
    reader.start()
    reader.join(seconds)
    return lines[0] if lines else ""


def _command(fault: Fault, folder: Path, rules: tuple[str, ...], trusted: Path) -> list[str]:
    command = [sys.executable, "-m", "harness", "capture", "--out", str(folder)]
    for rule in rules:
        command += ["--resolve", rule]
    if fault.knows_upstream_ca:
        command += ["--upstream-ca", str(trusted)]
    if fault.profile is not None:
        command += ["--profile", fault.profile]
    if not fault.probe:
        command.append("--no-probe")
    return command


@contextlib.contextmanager
def capturing(command: list[str], folder: Path) -> Generator[Capture]:
    """Raises LabError where the capture does not come up."""
    log = folder.with_suffix(".log")
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT, env=_environment()
        )
        try:
            assert process.stdout is not None
            line = _first_line(process.stdout, _READY_WITHIN)
            try:
                ready: dict[str, Any] = json.loads(line)
            except ValueError as error:
                raise LabError(
                    f"harness capture said {line!r} instead of its ready line: {log.read_text()}"
                ) from error
            route = Route(ready["host"], int(ready["port"]), Path(ready["ca"]))
            yield Capture(process, route, folder)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(10.0)
            if process.stdout is not None:
                process.stdout.close()


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("HARNESS_")}


def diagnose(folder: Path, profile: str | None = None) -> dict[str, Any]:
    """The document of `harness diagnose`. Raises LabError when it printed none."""
    command = [sys.executable, "-m", "harness", "diagnose", str(folder), "--json"]
    if profile is not None:
        command += ["--profile", profile]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=_JUDGED_WITHIN,
        cwd=ROOT,
        env=_environment(),
        check=False,
    )
    try:
        document: dict[str, Any] = json.loads(done.stdout)
        if not document["verdicts"]:
            raise LabError(f"harness diagnose gave no verdict (exit {done.returncode})")
    except (ValueError, KeyError) as error:
        raise LabError(
            f"harness diagnose gave no document (exit {done.returncode}): {done.stderr[-2000:]}"
        ) from error
    return document


def record(fault: Fault, authorities: Authorities, folder: Path) -> None:
    """Plays the fault through a real capture into `folder`. Raises LabError."""
    with standing(fault.hosts, authorities) as rules:
        command = _command(fault, folder, rules, authorities.trusted)
        with capturing(command, folder) as capture:
            capture.rules, capture.trusted = rules, authorities.trusted
            fault.play(capture.route, capture)
            time.sleep(_SETTLE)
            capture.stop()


def place(fault: Fault, keep: Path) -> Path:
    """Where a kept capture lies; a held-out one under a name that says nothing."""
    blind = hashlib.sha256(fault.name.encode()).hexdigest()[:16]
    return keep / "held_out" / blind if fault.held_out else keep / fault.name


def run(fault: Fault, authorities: Authorities, keep: Path | None = None) -> dict[str, Any]:
    """One experiment from end to end; the document of verdicts.

    `keep`: captures stay in this folder, and one that is there already is judged
    again instead of being played. Raises LabError.
    """
    with tempfile.TemporaryDirectory(prefix="faultlab-") as temporary:
        folder = place(fault, keep or Path(temporary))
        done = folder.with_suffix(".played")
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(parents=True, exist_ok=True)
            record(fault, authorities, folder)
            done.touch()
        return diagnose(folder, fault.profile)
