"""Runs come home from their hosts: each file by its content hash, checked, once."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from harness.adapters.verdict_file import write_verdicts
from harness.attribution.rules_version import RULES_VERSION
from harness.domain.verdict import Candidate, DeviceLabel, Evidence, Verdict
from harness.domain.vocabulary import Layer, Level, Outcome, Party, Visibility
from harness.lab.host_job import Artefact, HostResult
from harness.ports import InstrumentError

LOST_HOST = "lost_host"
"""Rule of a verdict on a job whose host was lost."""

Fetch = Callable[[str, str, int], bytes]
"""(job, path, offset) → a piece of the file, empty at its end."""


def bring_home(result: HostResult, target: Path, fetch: Fetch, store: Path) -> list[str]:
    """Fills `target` with the run's files; one sentence for each that did not come whole.

    `store` holds what has come by content hash: the same content travels once.
    """
    problems: list[str] = []
    store.mkdir(parents=True, exist_ok=True, mode=0o700)
    for artefact in result.artefacts:
        place = (target / artefact.path).resolve()
        if not place.is_relative_to(target.resolve()):
            problems.append(f"{result.phone}: {artefact.path} would lie outside of the run")
            continue
        try:
            content = _fetched(result.job, artefact, fetch, store)
        except (InstrumentError, OSError) as error:
            problems.append(f"{artefact.path} of {result.phone}: {error}")
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(content, place)
        except OSError:
            shutil.copyfile(content, place)
    return problems


def _fetched(job: str, artefact: Artefact, fetch: Fetch, store: Path) -> Path:
    kept = store / artefact.sha256
    if kept.exists():
        return kept
    partial = kept.with_suffix(".partial")
    digest, size = hashlib.sha256(), 0
    with partial.open("wb") as target:
        while size < artefact.size and (piece := fetch(job, artefact.path, size)):
            target.write(piece)
            digest.update(piece)
            size += len(piece)
    if digest.hexdigest() != artefact.sha256:
        partial.unlink(missing_ok=True)
        raise InstrumentError(
            "lab", f"fetch {artefact.path}", "it came with other content than its host told"
        )
    return partial.replace(kept)


def lost_run(
    target: Path, phone: str, scenarios: Sequence[str], why: str, *, incident: str | None
) -> Path:
    """A run folder that says of each scenario that its host was lost, and blames nobody else."""
    from harness.reporting.manifest import write_manifest

    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    verdicts = [_lost(phone, name, why, now, incident) for name in scenarios]
    write_verdicts(target / "verdicts.json", verdicts, [])
    (target / "observations.jsonl").touch(mode=0o600)
    write_manifest(
        target,
        {
            "run_id": target.name,
            "started": now,
            "ended": now,
            "incident": incident,
            "simulated": False,
            "devices": [
                {"name": phone, "serial": None, "model": None, "api": None, "simulated": None}
            ],
            "scenarios": sorted(scenarios),
            "tools": {},
            "problems": [f"phone {phone}: {why}"],
        },
    )
    return target


def _lost(phone: str, scenario: str, why: str, now: str, incident: str | None) -> Verdict:
    return Verdict(
        id=f"lost-host-{phone}-{scenario}",
        scenario=scenario,
        step=None,
        outcome=Outcome.INCONCLUSIVE,
        party=Party.HARNESS,
        candidates=(Candidate(Party.HARNESS, 1.0),),
        confidence=1.0,
        layer=Layer.HOST,
        rule=LOST_HOST,
        rules_version=RULES_VERSION,
        summary=f"The lab lost this phone's host before the scenario's end: {why}.",
        advice=(
            "Run it again once the host is back; the phone and the app show no fault by this.",
            "On the host: harness reset",
        ),
        evidence=(Evidence(Layer.HOST, Level.COUNTED, f"The lab: {why}."),),
        conflicts=(),
        controls=(),
        visibility=Visibility.NOT_CAPTURED,
        device=DeviceLabel(phone),
        started=now,
        ended=now,
        incident=incident,
    )
