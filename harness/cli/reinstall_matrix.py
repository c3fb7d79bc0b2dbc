"""`harness reinstall-matrix`: every arm on every simulated Android, told against the truth."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import msgspec
import typer

from harness.adapters.durable import write_durably
from harness.cli.failure import UserError
from harness.cli.options import AsJson
from harness.domain.device import DeviceEntry
from harness.domain.removal import Arm
from harness.reporting.arm_matrix_picture import ArmCell, draw_arms
from harness.session.reinstall_matrix.cell import APIS, ORDER, CellResult, cells

LABELS = {
    Arm.NOTHING: "nothing",
    Arm.STOP_START: "stop and start",
    Arm.UPDATE_IN_PLACE: "update",
    Arm.ARCHIVE: "archive",
    Arm.KEEP_DATA: "keep the data",
    Arm.CLEAR: "clear storage",
    Arm.UNINSTALL_INSTALL: "delete",
    Arm.BY_HAND: "delete by hand",
}
"""Mildest first."""
PICTURE, DOCUMENT = "reinstall-matrix.svg", "reinstall-matrix.json"
GONE = frozenset({"lost", "not_checked"})


def reinstall_matrix(
    api: Annotated[list[int] | None, typer.Option(help="Only these Androids.")] = None,
    arm: Annotated[list[str] | None, typer.Option(help="Only these ways.")] = None,
    content: Annotated[
        str, typer.Option(help="odd, or large: 5 000 files more, one of 200 MB.")
    ] = "odd",
    out: Annotated[
        Path | None, typer.Option(help="Where results are kept; a second call goes on there.")
    ] = None,
    plan: Annotated[bool, typer.Option("--plan", help="List the experiments; make none.")] = False,
    as_json: AsJson = False,
) -> int:
    """Every way of removing the app on every simulated Android, against what is true there."""
    from harness.session.reinstall_matrix.measure import measure
    from harness.session.reinstall_matrix.play import play
    from harness.session.tools import RunTools

    wanted = cells(_apis(api), _arms(arm))
    if plan:
        sys.stdout.write("".join(f"{cell.key}\n" for cell in wanted))
        return 0
    folder = (out or Path("reports") / f"reinstall-{content}").resolve()
    with TemporaryDirectory(prefix="harness-matrix-") as logs:
        tools = RunTools(Path(logs))
        try:
            link = tools.adb(DeviceEntry("matrix", launch=("harness", "phone")))
            results = measure(
                wanted,
                folder,
                lambda cell: play(cell, link, content=content, put_back=content != "large"),
                tell=lambda result: print(line_of(result), file=sys.stderr, flush=True),
            )
        finally:
            tools.close()
    write_durably(folder / PICTURE, picture(results).encode())
    write_durably(folder / DOCUMENT, document(results))
    if as_json:
        sys.stdout.write(document(results).decode() + "\n")
    else:
        sys.stdout.write("\n".join(table(results)) + f"\npicture: {folder / PICTURE}\n")
    return 0 if all(result.whole for result in results) else 10


def line_of(result: CellResult) -> str:
    """One cell for a person."""
    if result.trouble is not None:
        return f"{result.key}: did not work: {result.trouble}"
    fates = ", ".join(f"{count} {fate}" for fate, count in sorted(result.fates.items()))
    mark = f"{result.right} of {result.had} files told right"
    return f"{result.key}: {result.result}; {mark}; {fates}; {result.seconds:.0f} s"


def table(results: Sequence[CellResult]) -> list[str]:
    """Things lost of things had, a line an arm and a column a release; then what was wrong."""
    apis, found = _columns(results), {(r.arm, r.api): r for r in results}
    lines = ["arm".ljust(16) + "".join(f"API {api}".rjust(9) for api in apis)]
    for arm, label in _rows(results):
        cellwords = [_words(found[arm, api]) if (arm, api) in found else "" for api in apis]
        lines.append(label.ljust(16) + "".join(word.rjust(9) for word in cellwords))
    lines += ["(drafts and videos lost, of those that were there; refused: Android did not do it)"]
    lines.append(_told(results))
    for result in results:
        lines += [f"  {result.key}: {line}" for line in (*result.wrong, *result.not_back)[:20]]
        lines += [f"  {line_of(result)}"] if result.trouble is not None else []
    return lines


def picture(results: Sequence[CellResult]) -> str:
    """The same as SVG."""
    drawn = {(str(r.arm), str(r.api)): _cell(r) for r in results}
    rows = [(str(arm), label) for arm, label in _rows(results)]
    columns = [str(api) for api in _columns(results)]
    return draw_arms(drawn, rows, columns, title="What removing the app costs", told=_told(results))


def document(results: Sequence[CellResult]) -> bytes:
    """For machines."""
    return msgspec.json.encode({"cells": [asdict(r) | {"whole": r.whole} for r in results]})


def _cell(result: CellResult) -> ArmCell:
    spoken = f"{LABELS[result.arm]}, API {result.api}: "
    if result.trouble is not None:
        return ArmCell("refused", "!", f"{spoken}{result.trouble}", flawed=True)
    lost, had = _things(result)
    told = f"{lost} of {had} drafts and videos lost, {_files_lost(result)} of {result.had} files"
    if result.result == "refused":
        return ArmCell("refused", "–", f"{spoken}refused", flawed=not result.whole)
    shade = "lost" if lost else "cache" if _files_lost(result) else "kept"
    return ArmCell(shade, str(lost), spoken + told, flawed=not result.whole)


def _words(result: CellResult) -> str:
    if result.trouble is not None:
        return "!"
    if result.result == "refused":
        return "refused"
    lost, had = _things(result)
    return f"{lost}/{had}" + ("" if result.whole else "!")


def _things(result: CellResult) -> tuple[int, int]:
    counts = [pair for fates in result.things.values() for pair in fates.items()]
    lost = sum(count for fate, count in counts if fate in GONE)
    return lost, sum(count for _, count in counts)


def _files_lost(result: CellResult) -> int:
    return result.fates.get("lost", 0)


def _told(results: Sequence[CellResult]) -> str:
    right, had = sum(r.right for r in results), sum(r.had for r in results)
    whole = sum(r.whole for r in results)
    experiments = f"{whole} of {len(results)} experiments without a flaw"
    return f"{right:,} of {had:,} files told right; {experiments}"


def _columns(results: Sequence[CellResult]) -> list[int]:
    return sorted({result.api for result in results})


def _rows(results: Sequence[CellResult]) -> list[tuple[Arm, str]]:
    there = {result.arm for result in results}
    return [(arm, label) for arm, label in LABELS.items() if arm in there]


def _apis(apis: Sequence[int] | None) -> Sequence[int]:
    for api in apis or ():
        if api not in APIS:
            raise UserError(f"--api {api}: simulated are {APIS[0]} to {APIS[-1]}")
    return apis or APIS


def _arms(arms: Sequence[str] | None) -> Sequence[Arm]:
    for arm in arms or ():
        if arm not in ORDER:
            raise UserError(f"--arm {arm}: there are {', '.join(ORDER)}")
    return [Arm(arm) for arm in arms] if arms else ORDER
