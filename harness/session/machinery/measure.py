"""All machinery trials, one after the other; each ending is on disk before the next begins."""

from __future__ import annotations

import math
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import msgspec

from harness.session.machinery.ending import Ending, wrongs
from harness.session.machinery.play import folder_name, play
from harness.session.machinery.trial import MachineTrial

RESULTS = "machinery.jsonl"


def known_endings(folder: Path) -> dict[str, Ending]:
    """What an earlier call has measured, by key; a torn last line is left out."""
    file = folder / RESULTS
    found: dict[str, Ending] = {}
    for line in file.read_bytes().splitlines() if file.exists() else []:
        try:
            ending = msgspec.json.decode(line, type=Ending)
        except msgspec.MsgspecError:
            continue
        found[ending.key] = ending
    return found


def measure_machinery(
    wanted: Sequence[MachineTrial],
    folder: Path,
    *,
    tell: Callable[[Ending], None] = lambda _: None,
    call: Callable[[MachineTrial, Path], Ending] = play,
    seconds: float = math.inf,
    clock: Callable[[], float] = time.monotonic,
) -> list[Ending]:
    """In the order of `wanted`; what ended well before is not played again. The files of a
    trial are kept where something was wrong. None is begun after `seconds`; those that were
    not played are left out. Raises InstrumentError when no phone starts."""
    begun = clock()
    folder.mkdir(parents=True, exist_ok=True)
    known = known_endings(folder)
    endings: list[Ending] = []
    for trial in wanted:
        ending = known.get(trial.key)
        if ending is None or wrongs(ending):
            if clock() - begun > seconds:
                continue
            ending = call(trial, folder)
            with (folder / RESULTS).open("ab") as target:
                target.write(msgspec.json.encode(asdict(ending)) + b"\n")
            if not wrongs(ending):
                shutil.rmtree(folder / folder_name(trial.key), ignore_errors=True)
        endings.append(ending)
        tell(ending)
    return endings
