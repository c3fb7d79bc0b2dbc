"""`harness accuracy --machinery`: what runs end as when our own machinery breaks."""

import math
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import msgspec

from harness.adapters.places import clone_root
from harness.session.machinery.ending import Ending, word_of, wrongs
from harness.session.machinery.trial import MachineTrial

NOT_AS_IT_SHOULD = 10


def measure_and_print(
    count: int | None,
    seed: int,
    out: Path | None,
    *,
    only: Sequence[str] = (),
    plan: bool = False,
    as_json: bool = False,
    minutes: float | None = None,
) -> int:
    """Exit code 0 when every run that was played ended as it may, else 10."""
    from harness.session.machinery.measure import measure_machinery

    wanted = chosen(count, seed, only)
    if plan:
        sys.stdout.write("\n".join([*map(line_of_plan, wanted), f"{len(wanted)} trials"]) + "\n")
        return 0
    folder = (out or Path("reports") / "machinery").resolve()
    done = 0

    def tell(ending: Ending) -> None:
        nonlocal done
        done += 1
        print(f"[{done}/{len(wanted)}] {line_of(ending)}", file=sys.stderr, flush=True)

    seconds = math.inf if minutes is None else minutes * 60
    endings = measure_machinery(wanted, folder, tell=tell, seconds=seconds)
    if left := len(wanted) - len(endings):
        print(f"{left} trials are left; the same command goes on there", file=sys.stderr)
    bad = [ending for ending in endings if wrongs(ending)]
    if as_json:
        rows = [{**asdict(ending), "wrong": wrongs(ending)} for ending in endings]
        sys.stdout.write(msgspec.json.encode({"endings": rows}).decode() + "\n")
    else:
        sys.stdout.write("\n".join(table(endings)) + "\n")
    return NOT_AS_IT_SHOULD if bad else 0


def chosen(count: int | None, seed: int, only: Sequence[str]) -> list[MachineTrial]:
    """The trials of this call. `only`: names of faults. Raises UserError (2)."""
    from harness.cli.failure import UserError
    from harness.session.machinery.table import MACHINERY
    from harness.session.machinery.trial import sample, steps_in, trials

    unknown = [name for name in only if name not in MACHINERY]
    if unknown:
        raise UserError(f"no machinery fault {unknown[0]!r}; there are: {', '.join(MACHINERY)}")
    names = tuple(only) or tuple(MACHINERY)
    return sample(trials(steps_in(clone_root() / "scenarios"), names), count, seed)


def line_of_plan(trial: MachineTrial) -> str:
    """One trial, not yet played."""
    at = f"after {trial.after} s" if trial.after is not None else f"at {trial.step or 'first need'}"
    return f"{trial.key} {at}"


def line_of(ending: Ending) -> str:
    """One ending for a person."""
    code = "-" if ending.exit is None else str(ending.exit)
    said = ", ".join(f"{v.scenario} {v.outcome} {v.party} ({v.rule})" for v in ending.verdicts)
    rungs = f"; tried: {', '.join(ending.recovered)}" if ending.recovered else ""
    wrong = "".join(f"\n    WRONG: {sentence}" for sentence in wrongs(ending))
    return (
        f"{ending.key}: {word_of(ending)}, exit {code}, {ending.seconds:.0f} s,"
        f" {ending.facts} facts, phone {ending.phone}; {said or 'no verdict'}{rungs}{wrong}"
    )


def table(endings: Sequence[Ending]) -> list[str]:
    """How often each fault ended as what, and what must not be."""
    names = list(dict.fromkeys(ending.fault for ending in endings))
    lines: list[str] = []
    for name in names:
        mine = [ending for ending in endings if ending.fault == name]
        words = [word_of(ending) for ending in mine]
        counts = ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(words))
        longest = max(ending.seconds for ending in mine)
        lines.append(f"{name.ljust(26)} {counts} (longest {longest:.0f} s)")
    bad = [ending for ending in endings if wrongs(ending)]
    lines.append(f"{len(endings)} runs, {len(bad)} not as they may end")
    return [*lines, *(line_of(ending) for ending in bad)]
