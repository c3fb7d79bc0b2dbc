"""All cells, one after the other; each result is on disk before the next begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import msgspec

from harness.session.reinstall_matrix.cell import Cell, CellResult

RESULTS = "reinstall.jsonl"


def known_results(folder: Path) -> dict[str, CellResult]:
    """What an earlier call has measured, by key; a torn last line is left out."""
    found: dict[str, CellResult] = {}
    file = folder / RESULTS
    if not file.exists():
        return found
    for line in file.read_bytes().splitlines():
        try:
            result = msgspec.json.decode(line, type=CellResult)
        except msgspec.MsgspecError:
            continue
        found[result.key] = result
    return found


def measure(
    wanted: Sequence[Cell],
    folder: Path,
    call: Callable[[Cell], CellResult],
    tell: Callable[[CellResult], None] = lambda _: None,
) -> list[CellResult]:
    """Results in the order of `wanted`; what is on disk already and worked is not played again."""
    folder.mkdir(parents=True, exist_ok=True)
    known = known_results(folder)
    results: list[CellResult] = []
    for cell in wanted:
        result = known.get(cell.key)
        if result is None or result.trouble is not None:
            result = call(cell)
            with (folder / RESULTS).open("ab") as target:
                target.write(msgspec.json.encode(asdict(result)) + b"\n")
            tell(result)
        results.append(result)
    return results
