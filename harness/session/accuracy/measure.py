"""All trials, one after the other; each result is on disk before the next begins."""

from __future__ import annotations

import math
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from harness.domain.device import DeviceEntry
from harness.ports import InstrumentError
from harness.session.accuracy.play import play
from harness.session.accuracy.score import Result
from harness.session.accuracy.trial import Trial
from harness.session.injection import fault_table
from harness.session.launch import launch
from harness.session.tools import RunTools

RESULTS = "results.jsonl"


def table_of(entry: DeviceEntry) -> list[dict[str, Any]]:
    """The faults that this phone offers; it is started and ended for that.

    Raises InstrumentError, also for a phone that offers no control address.
    """
    action = f"read the faults of {entry.name}"
    if not entry.launch:
        raise InstrumentError("tools", action, "the phone has no launch command")
    with tempfile.TemporaryDirectory(prefix="harness-accuracy-") as folder:
        tools = RunTools(Path(folder))
        try:
            log = Path(folder) / "phone.log"
            port = tools.adb(entry).port
            phone = launch(entry.name, entry.launch, adb_port=port, log=log)
            try:
                if phone.control is None:
                    raise InstrumentError("tools", action, "it offers no control address")
                return fault_table(phone.control)
            finally:
                phone.stop()
        finally:
            tools.close()


def known_results(folder: Path) -> dict[str, Result]:
    """What an earlier call has measured, by key; a torn last line is left out."""
    found: dict[str, Result] = {}
    file = folder / RESULTS
    if not file.exists():
        return found
    for line in file.read_bytes().splitlines():
        try:
            result = msgspec.json.decode(line, type=Result)
        except msgspec.MsgspecError:
            continue
        found[result.key] = result
    return found


def measure(
    wanted: Sequence[Trial],
    folder: Path,
    *,
    devices: Path | None,
    tell: Callable[[Result], None] = lambda _: None,
    call: Callable[[Trial, Path, Path | None], Result] = play,
    seconds: float = math.inf,
) -> list[Result]:
    """Results in the order of `wanted`; those that are on disk already are not played again,
    but for trials that did not work. No trial is begun once `seconds` are over: the trials
    left out then are for a later call."""
    folder.mkdir(parents=True, exist_ok=True)
    known = known_results(folder)
    results: list[Result] = []
    begun = time.monotonic()
    for trial in wanted:
        result = known.get(trial.key)
        if result is None or result.trouble is not None:
            if time.monotonic() - begun >= seconds:
                continue
            result = call(trial, folder, devices)
            _append(folder / RESULTS, result)
            tell(result)
        results.append(result)
    return results


def _append(file: Path, result: Result) -> None:
    """One line; after a torn one it begins a line of its own."""
    with file.open("a+b") as target:
        if target.tell():
            target.seek(-1, os.SEEK_END)
            torn = target.read(1) != b"\n"
            target.write(b"\n" * torn)
        target.write(msgspec.json.encode(asdict(result)) + b"\n")
