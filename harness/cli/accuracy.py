"""`harness accuracy`: how often the verdicts are right, measured with injected faults."""

import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from harness.adapters.places import clone_root
from harness.cli.failure import UserError
from harness.cli.machinery import measure_and_print
from harness.cli.options import AsJson, DeviceNames, DevicesFile
from harness.domain.vocabulary import Party
from harness.reporting.matrix_picture import draw_matrix
from harness.session.accuracy.score import Result, bands, by_traffic, matrix
from harness.session.accuracy.trial import Scenario, touched

USUAL = ("sim", "sim-retail")

Machinery = Annotated[
    bool, typer.Option("--machinery", help="Break the harness's own machinery instead.")
]
OnlyFaults = Annotated[
    list[str] | None, typer.Option("--only", help="With --machinery: only this fault.")
]


def accuracy(
    device: DeviceNames = None,
    sample: Annotated[
        int | None, typer.Option(min=1, help="Only so many trials, spread over the parties.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Which ones.")] = 0,
    out: Annotated[
        Path | None, typer.Option(help="Where results are kept; a second call goes on there.")
    ] = None,
    minutes: Annotated[
        float | None, typer.Option(min=0.1, help="Begin no trial after so many minutes.")
    ] = None,
    devices: DevicesFile = None,
    plan: Annotated[bool, typer.Option("--plan", help="List the trials; play none.")] = False,
    faults: Annotated[
        bool, typer.Option("--list", help="List the faults: what each breaks, who is at fault.")
    ] = False,
    machinery: Machinery = False,
    only: OnlyFaults = None,
    as_json: AsJson = False,
) -> int:
    """Injects every fault of the simulator into every scenario that it can touch."""
    if machinery:
        return measure_and_print(
            sample, seed, out, only=only or (), plan=plan, as_json=as_json, minutes=minutes
        )
    from harness.cli.phones import chosen
    from harness.session.accuracy.measure import measure, table_of
    from harness.session.accuracy.trial import sample as sampled
    from harness.session.accuracy.trial import scenarios_in, trials

    entries = chosen(device or list(USUAL), devices)
    scenarios = scenarios_in(clone_root() / "scenarios")
    table = table_of(entries[0])
    if faults:
        sys.stdout.write(print_faults(table, scenarios, as_json=as_json))
        return 0
    wanted = sampled(trials(table, scenarios, [entry.name for entry in entries]), sample, seed)
    if plan:
        print_plan([trial.key for trial in wanted], len(table))
        return 0
    if not wanted:
        raise UserError("there is no scenario that a fault could touch")
    folder = (out or Path("reports") / "accuracy").resolve()
    count = 0

    def tell(result: Result) -> None:
        nonlocal count
        count += 1
        print(f"[{count}/{len(wanted)}] {line_of(result)}", file=sys.stderr)

    seconds = math.inf if minutes is None else minutes * 60
    results = measure(wanted, folder, devices=devices, tell=tell, seconds=seconds)
    pictures = write_pictures(folder, results)
    if as_json:
        sys.stdout.write(document(results, len(table)) + "\n")
    else:
        sys.stdout.write("\n".join(report(results, len(table))) + "\n")
        sys.stdout.write("".join(f"picture: {path}\n" for path in pictures))
    return 10 if any(result.trouble is not None for result in results) else 0


def print_faults(
    table: Sequence[Mapping[str, Any]], scenarios: Sequence[Scenario], *, as_json: bool
) -> str:
    """Every fault by name: where it is, who is truly at fault, what it breaks, what it meets."""
    rows = [
        {key: str(row[key]) for key in ("name", "where", "party", "outcome", "about")}
        | {"scenarios": touched(row, scenarios)}
        for row in table
    ]
    if as_json:
        return "".join(msgspec.json.encode(row).decode() + "\n" for row in rows)
    lines = [
        f"{row['name']:<28}{row['where']:<9}{f'{row["party"]}/{row["outcome"]}':<22}"
        f"{', '.join(row['scenarios']) or 'no scenario':<38}{row['about']}"
        for row in rows
    ]
    parties = Counter(row["party"] for row in rows)
    counts = ", ".join(f"{party} {count}" for party, count in parties.most_common())
    return "\n".join([*lines, f"{len(rows)} faults: {counts}", ""])


def print_plan(keys: Sequence[str], faults: int) -> None:
    """What would be played."""
    sys.stdout.write("\n".join([*keys, f"{len(keys)} trials of {faults} faults"]) + "\n")


def line_of(result: Result) -> str:
    """One trial for a person."""
    if result.trouble is not None:
        return f"{result.key}: did not work: {result.trouble}"
    mark = "right" if result.decided and result.right else "wrong" if result.decided else "open"
    said = f"{result.party}/{result.outcome} {result.confidence:.2f} ({result.rule})"
    return f"{result.key}: {mark}; true {result.true_party}/{result.true_outcome}, said {said}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def report(results: Sequence[Result], faults: int) -> list[str]:
    """The numbers apart for open and opaque traffic, then each verdict that was not right."""
    lines = [f"{faults} faults known, {len(results)} trials"]
    for name, part in by_traffic(results).items():
        right, decided = _share(part.right_share), _share(part.decided_share)
        lines += [
            f"{name} traffic: {part.trials} trials, {part.troubled} did not work",
            f"  right among the decided   {right} ({part.right} of {part.decided})",
            f"  decided                   {decided}",
            f"  wrong at >= 0.9           {part.sure_and_wrong}",
            *("  " + line for line in matrix(part)),
            f"  right by confidence: {bands(part)}",
        ]
    odd = [r for r in results if r.trouble is not None or not (r.decided and r.right)]
    return [*lines, *(["not right:"] if odd else []), *(f"  {line_of(result)}" for result in odd)]


def write_pictures(folder: Path, results: Sequence[Result]) -> list[Path]:
    """The confusion matrices as SVG files, apart for open and opaque traffic."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, part in by_traffic(results).items():
        counts = {(truth, said): count for truth, said, count in part.confusion}
        labels = [party for party in Party if any(party in pair for pair in counts)]
        path = folder / f"matrix-{name}.svg"
        path.write_text(draw_matrix(counts, labels, title=f"{name.capitalize()} traffic"), "utf-8")
        written.append(path)
    return written


def document(results: Sequence[Result], faults: int) -> str:
    """The same for machines."""
    parts = {
        name: asdict(part) | {"right_share": part.right_share, "decided_share": part.decided_share}
        for name, part in by_traffic(results).items()
    }
    whole = {"faults": faults, "parts": parts, "trials": [asdict(result) for result in results]}
    return msgspec.json.encode(whole).decode()
