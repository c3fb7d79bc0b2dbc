"""The acts of the demo: runs of their own, side by side, each told as it goes on."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from rich.console import Console
from rich.text import Text

from harness.adapters import child

ACT_TIMEOUT = 600.0
"""Seconds; on two cores the three acts take about one minute side by side."""

_POLL = 0.1  # seconds between two looks at what the runs say
_LONGEST_END = 30.0  # seconds that an interrupted run may take to give its phone back

_TO_FILE = ("sh", "-c", 'out=$1; shift; exec "$@" >"$out"', "sh")


@dataclass(frozen=True, slots=True)
class Act:
    """One run of the demo. `short` stands before each of its lines."""

    short: str
    label: str
    phone: str
    incident: str


@dataclass(frozen=True, slots=True)
class Played:
    """How an act ended: its run folder, or None and what it said last."""

    act: Act
    folder: Path | None
    code: int
    said: str


def acts(incident: str) -> list[Act]:
    """In the order in which they are told."""
    return [
        Act("health", "In health", "sim", "none"),
        Act("outage", f"Incident: {incident}", "sim", incident),
        Act("opaque", f"Incident: {incident}, on a phone whose app refuses our certificate",
            "sim-retail", incident),
    ]  # fmt: skip


def command(act: Act, devices: Path) -> list[str]:
    """The run as a person would start it; its document comes to stdout."""
    words = ["run", "--devices", str(devices), "--device", act.phone, "--incident", act.incident]
    return [sys.executable, "-m", "harness", *words, "--allow-destructive", "--json"]


def play(
    chosen: Sequence[Act], folder: Path, build: Callable[[Act], list[str]], console: Console
) -> list[Played]:
    """Runs the acts at the same time and prints what each says, line by line.

    `folder` holds what they say while they run. Every act is ended, also when this is
    interrupted. Raises InstrumentError when one cannot be started.
    """
    # An adb server each, whatever the shell says: the first that ends would take it away.
    env = {key: text for key, text in os.environ.items() if key != "ANDROID_ADB_SERVER_PORT"}
    running: list[tuple[Act, subprocess.Popen[bytes]]] = []
    try:
        for act in chosen:
            # Into a file: a pipe fills, and the run would wait for us to empty it.
            words = [*_TO_FILE, str(folder / f"{act.short}.json"), *build(act)]
            log = folder / f"{act.short}.log"
            running.append((act, child.start("tools", words, env=env, output=log)))
        _follow(running, folder, console)
    finally:
        for _, process in running:
            _end(process)
    return [_played(act, process, folder) for act, process in running]


def _follow(
    running: Sequence[tuple[Act, subprocess.Popen[bytes]]], folder: Path, console: Console
) -> None:
    told = {act.short: 0 for act, _ in running}
    deadline = time.monotonic() + ACT_TIMEOUT
    going = True
    while going and time.monotonic() < deadline:
        time.sleep(_POLL)
        going = any(process.poll() is None for _, process in running)
        for act, _ in running:
            lines = _said(folder, act).split("\n")[:-1]
            for line in lines[told[act.short] :]:
                console.print(Text(f"{act.short:7}{line}"), soft_wrap=True)
            told[act.short] = len(lines)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)  # as Ctrl-C: the phone is given back
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_LONGEST_END)
    child.stop(process)


def _said(folder: Path, act: Act) -> str:
    return (folder / f"{act.short}.log").read_text(encoding="utf-8", errors="replace")


def _played(act: Act, process: subprocess.Popen[bytes], folder: Path) -> Played:
    code = process.returncode if process.returncode is not None else -1
    try:
        document: object = msgspec.json.decode((folder / f"{act.short}.json").read_bytes())
    except (OSError, msgspec.DecodeError):
        document = None
    run = document.get("folder") if isinstance(document, dict) else None
    last = "\n".join(_said(folder, act).splitlines()[-3:])
    return Played(act, Path(run) if isinstance(run, str) else None, code, last)
