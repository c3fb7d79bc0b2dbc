"""Phones of a lab's run are compared as those of one host are: each was judged alone there.

A phone that fails alone is no witness against the service, and an outage that all phones saw
is surer than each host could say.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from harness.adapters.observation_file import (
    PARTS,
    ObservationWriter,
    merge,
    read_observations,
)
from harness.adapters.profile_file import load_profile
from harness.adapters.verdict_file import read_verdicts, write_verdicts
from harness.attribution.incidents import group_incidents
from harness.attribution.odd_phone import find_odd_phones, with_odd_phones_apart
from harness.domain.facts.capture import ProxyStarted
from harness.domain.verdict import Verdict
from harness.reporting.manifest import seal_run
from harness.session.diagnose import diagnose_one
from harness.session.phone_factors import factors_of, with_shared_factors
from harness.session.second_phone import Comparison, compare


@dataclass(slots=True)
class _Home:
    """A run that came home."""

    folder: Path
    verdicts: list[Verdict]


def compare_phones(runs: Sequence[Path]) -> None:
    """Judges again what phones of other hosts tell of; rewrites these runs' verdicts.

    `runs`: folders of one phone each, with verdicts.json. Raises OSError, VerdictFileError.
    """
    homes = [_Home(run, read_verdicts(run / "verdicts.json")[0]) for run in runs]
    before = [list(home.verdicts) for home in homes]
    found = compare([verdict for home in homes for verdict in home.verdicts])
    for home in homes:
        mine = [one for one in found if any(one.verdict is verdict for verdict in home.verdicts)]
        if mine:
            _judge_again(home, mine)
    every = [verdict for home in homes for verdict in home.verdicts]
    told = iter(with_odd_phones_apart(every, find_odd_phones(every)))
    for home, old in zip(homes, before, strict=True):
        home.verdicts = [next(told) for _ in home.verdicts]
        if home.verdicts != old:
            incidents = group_incidents(home.verdicts)
            write_verdicts(home.folder / "verdicts.json", home.verdicts, incidents)
            seal_run(home.folder)


def _judge_again(home: _Home, comparisons: Sequence[Comparison]) -> None:
    """The comparison becomes a fact of the try, on the host's own clock."""
    last = max((seen.mono for seen in read_observations(home.folder)), default=None)
    if last is None:
        return  # a lost host: there is nothing to judge
    for number, one in enumerate(comparisons):
        device = one.verdict.device.name if one.verdict.device is not None else None
        with ObservationWriter(
            home.folder / PARTS / f"compared-{number}.jsonl",
            source="control",
            host=platform.node() or "localhost",
            device=device,
            monotonic=lambda: last,
        ) as log:
            log.write("control", one.control, scenario=one.verdict.scenario)
    merge(home.folder)
    again = {_try(verdict): verdict for verdict in diagnose_one(home.folder).verdicts}
    compared = {_try(one.verdict) for one in comparisons}
    home.verdicts = [
        replace(
            again[_try(old)],
            id=old.id,
            incident=old.incident,
            device=old.device,
            app=old.app,
        )
        if _try(old) in compared and _try(old) in again
        else old
        for old in home.verdicts
    ]


def _try(verdict: Verdict) -> tuple[str | None, int]:
    return verdict.scenario, verdict.try_number


def tell_what_they_share(merged: Path, runs: Sequence[Path]) -> None:
    """Adds to the incidents of the merged run what sets their phones apart from the others."""
    verdicts, incidents = read_verdicts(merged / "verdicts.json")
    seen = [one for run in runs for one in read_observations(run)]
    name = next((one.facts.profile for one in seen if isinstance(one.facts, ProxyStarted)), None)
    if not incidents or name is None:
        return
    shared = with_shared_factors(incidents, factors_of(seen, load_profile(name)))
    write_verdicts(merged / "verdicts.json", verdicts, shared)
