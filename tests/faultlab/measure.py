"""Measures how right the attribution is on bare captures.

    python -m tests.faultlab.measure [--include held_out] [--draw N] [--only NAME]… [--keep DIR]
                                     [--json]

With --keep the captures stay, and a second call judges them again without playing.

The held-out third is only ever counted: its rows are not printed one by one, so that
nobody tunes rules on them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import Any

from harness.session.accuracy.score import bands, matrix, score
from tests.faultlab.certificates import Authorities
from tests.faultlab.experiment import LabError, run
from tests.faultlab.fault import Fault
from tests.faultlab.faults import FAULTS, named
from tests.faultlab.row_result import RowResult, read_verdict, result_of

AT_ONCE = 2
"""Captures in parallel; more would measure this machine's lag."""


def attempt(fault: Fault, authorities: Authorities, keep: Path | None = None) -> RowResult:
    """One row; an experiment that fails by itself is a result with `trouble`."""
    begun = time.monotonic()
    try:
        document = run(fault, authorities, keep)
        return read_verdict(fault, document, time.monotonic() - begun)
    except (LabError, KeyError, OSError) as error:
        seconds = time.monotonic() - begun
        return result_of(fault, seconds=seconds, trouble=f"{type(error).__name__}: {error}")


def attempt_all(
    faults: Iterable[Fault],
    authorities: Authorities,
    keep: Path | None = None,
    tell: Callable[[RowResult], None] = lambda _: None,
) -> list[RowResult]:
    """All rows, a few at a time; `tell` hears of each as it ends."""
    results: list[RowResult] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        jobs = [pool.submit(attempt, fault, authorities, keep) for fault in faults]
        for job in as_completed(jobs):
            result = job.result()
            tell(result)
            results.append(result)
    return results


def chosen(include_held_out: bool, only: Sequence[str], draw: int | None = None) -> list[Fault]:
    """Raises KeyError for a name that is not in the table."""
    if only:
        return [named(name) for name in only]
    drawn = [fault for fault in FAULTS if draw in {None, fault.draw}]
    return [fault for fault in drawn if include_held_out or not fault.held_out]


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def summary_lines(title: str, results: Sequence[RowResult]) -> list[str]:
    """The numbers of one part of the table."""
    numbers = score(results)
    due = numbers.separable
    right, decided = _share(numbers.right_share), _share(numbers.decided_share)
    lines = [
        f"{title}: {numbers.trials} rows, {numbers.troubled} experiments failed by themselves",
        f"  right among the decided      {right} ({numbers.right} of {numbers.decided})",
        f"  decided of the separable     {decided} ({numbers.decided_separable} of {due})",
        f"  abstained where it was due   {numbers.abstained_fairly} of {numbers.abstaining_due}",
        f"  wrong with confidence >= 0.9 {numbers.sure_and_wrong}",
    ]
    lines += ["  " + line for line in matrix(numbers)]
    return [*lines, f"  right by confidence: {bands(numbers)}"]


def row_line(result: RowResult) -> str:
    """One row that is not held out, for a person."""
    fault = result.fault
    if result.trouble is not None:
        return f"{fault.name}: {result.trouble}"
    truth = f"{fault.party}/{fault.outcome}" + ("" if fault.separable else " (not separable)")
    said = f"{result.party}/{result.outcome} {result.confidence:.2f}"
    return f"{fault.name}: true {truth}, said {said} by {result.rule}: {result.summary}"


def report_lines(results: Sequence[RowResult]) -> list[str]:
    """Everything that may be shown: held-out rows as counts only."""
    seen = [result for result in results if not result.fault.held_out]
    hidden = [result for result in results if result.fault.held_out]
    lines: list[str] = []
    draws = sorted({result.fault.draw for result in results})
    for draw, visibility in product(draws, ("open", "opaque")):
        for rows, more in ((seen, ""), (hidden, ", held out")):
            of_draw = [result for result in rows if result.fault.draw == draw]
            part = [result for result in of_draw if result.fault.visibility == visibility]
            if part:
                lines += summary_lines(f"draw {draw}, {visibility} traffic{more}", part)
    groups = {
        "wrong": [result for result in seen if result.wrong],
        "abstained though separable": [
            result
            for result in seen
            if result.trouble is None and not result.decided and result.fault.separable
        ],
        "experiment failed": [result for result in seen if result.trouble is not None],
    }
    for title, rows in groups.items():
        if rows:
            lines += [f"{title}:", *(f"  {row_line(row)}" for row in rows)]
    return lines


def document(results: Sequence[RowResult]) -> dict[str, Any]:
    """The same for machines."""
    parts: dict[str, Any] = {}
    draws = sorted({result.fault.draw for result in results})
    for draw, held_out, visibility in product(draws, (False, True), ("open", "opaque")):
        wanted = (draw, held_out, visibility)
        part = [
            result
            for result in results
            if (result.fault.draw, result.fault.held_out, result.fault.visibility) == wanted
        ]
        numbers = score(part)
        name = f"draw_{draw}_{visibility}_held_out" if held_out else f"draw_{draw}_{visibility}"
        parts[name] = asdict(numbers) | {
            "right_share": numbers.right_share,
            "decided_share": numbers.decided_share,
        }
    rows = [
        {
            "name": result.fault.name,
            "truth": [result.fault.party, result.fault.outcome],
            "separable": result.fault.separable,
            "said": [result.party, result.outcome],
            "confidence": result.confidence,
            "rule": result.rule,
            "candidates": list(result.candidates),
            "trouble": result.trouble,
        }
        for result in results
        if not result.fault.held_out
    ]
    return {"parts": parts, "rows": rows}


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faultlab.measure")
    parser.add_argument("--include", choices=["held_out"], help="count the held-out third as well")
    drawn = sorted({fault.draw for fault in FAULTS})
    parser.add_argument("--draw", type=int, choices=drawn, help="only the rows of this draw")
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the capture folders here")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """0 when all experiments worked, 1 when one failed by itself, 2 for an unknown name."""
    options = _arguments(words)
    try:
        faults = chosen(options.include == "held_out", options.only, options.draw)
    except KeyError as error:
        sys.stderr.write(f"faultlab: there is no row {error}\n")
        return 2

    def tell(result: RowResult) -> None:
        mark = "." if result.trouble is None else "!"
        sys.stderr.write(mark)
        sys.stderr.flush()

    with tempfile.TemporaryDirectory(prefix="faultlab-") as folder:
        results = attempt_all(faults, Authorities(Path(folder)), options.keep, tell)
    sys.stderr.write("\n")
    results.sort(key=lambda result: result.fault.name)
    if options.json:
        sys.stdout.write(json.dumps(document(results), indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(report_lines(results)) + "\n")
    return 1 if any(result.trouble is not None for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
