"""Runs of several hosts compared, as the phones of one host are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.adapters.observation_file import encode_line, read_observations
from harness.adapters.verdict_file import read_verdicts, write_verdicts
from harness.attribution.engine import judge_scenario
from harness.domain.facts import AppPackage, ControlMade, DeviceIdentity
from harness.domain.facts.capture import ProxyStarted
from harness.domain.verdict import DeviceLabel, Verdict
from harness.domain.vocabulary import Outcome, Party, Visibility
from harness.lab.homecoming import lost_run
from harness.lab.peers import compare_phones, tell_what_they_share
from harness.reporting.manifest import read_manifest, write_manifest
from harness.reporting.merge import merge_runs
from harness.session.second_phone import NAME
from tests.attribution.build import TIKTOK, observe, scenario_lines
from tests.attribution.log_in_facts import APP, FEED, login


def run_of(folder: Path, phone: str, *facts: Any, version: str = "43.1.4", **script: Any) -> Path:
    """A run of one host: one try, judged there alone."""
    folder.mkdir()
    identity = DeviceIdentity("S", "Pixel", "G", 34, "14", "user", "f", simulated=False)
    app = AppPackage(APP, version, 1, None, None)
    whole = [
        *observe((-2.0, identity), (-1.0, app)),
        *(replace(seen, id=f"t{seen.id}") for seen in scenario_lines(*facts, **script)),
    ]
    lines = [
        replace(
            seen,
            device=phone,
            facts=replace(seen.facts, profile="tiktok")
            if isinstance(seen.facts, ProxyStarted)
            else seen.facts,
        )
        for seen in whole
    ]
    (folder / "observations.jsonl").write_bytes(b"".join(map(encode_line, lines)))
    verdict = judge_scenario(lines, TIKTOK, device=DeviceLabel(phone), app=None, incident="x")
    write_verdicts(folder / "verdicts.json", [verdict], [])
    write_manifest(folder, {"run_id": folder.name, "devices": [{"name": phone}]})
    return folder


def failing(folder: Path, phone: str, **words: Any) -> Path:
    return run_of(folder, phone, login(status=503), **words)


def well(folder: Path, phone: str, **words: Any) -> Path:
    return run_of(folder, phone, FEED, login(), result="passed", **words)


def only(run: Path) -> Verdict:
    (verdict,) = read_verdicts(run / "verdicts.json")[0]
    return verdict


def test_an_outage_that_both_hosts_saw_is_surer(tmp_path: Path) -> None:
    runs = [failing(tmp_path / name, f"{name}.sim") for name in ("a", "b")]
    before = [only(run) for run in runs]

    compare_phones(runs)

    for run, old in zip(runs, before, strict=True):
        new = only(run)
        assert (new.party, new.id, new.incident) == (Party.SERVER, old.id, "x")
        assert new.confidence > old.confidence
        facts = [one.facts for one in read_observations(run)]
        assert [one.name for one in facts if isinstance(one, ControlMade)] == [NAME]
        listed = {row["path"] for row in read_manifest(run)["artefacts"]}
        assert {"verdicts.json", "observations.jsonl"} <= listed


def test_a_host_where_it_works_speaks_against_the_service(tmp_path: Path) -> None:
    runs = [failing(tmp_path / "a", "a.sim"), well(tmp_path / "b", "b.sim")]
    before = [only(run) for run in runs]

    compare_phones(runs)

    assert only(runs[0]).confidence < before[0].confidence
    assert only(runs[1]) == before[1]
    assert "artefacts" not in read_manifest(runs[1])  # nothing changed, nothing was written


def test_the_odd_one_out_of_all_hosts_is_left_out_of_the_service_s_blame(tmp_path: Path) -> None:
    def tries(run: Path, count: int, **changes: Any) -> Path:
        """The same phone in `count` scenarios; nothing could be read, so nothing is judged anew."""
        write_verdicts(
            run / "verdicts.json",
            [replace(only(run), **changes, id=f"v{n}", scenario=f"s{n}") for n in range(count)],
            [],
        )
        return run

    bad = failing(tmp_path / "bad", "bad.sim")
    hidden = {"outcome": Outcome.FAILED, "party": Party.SERVER, "visibility": Visibility.OPAQUE}
    runs = [tries(bad, 4, **hidden)]
    runs += [tries(well(tmp_path / name, f"{name}.sim"), 4) for name in ("a", "b", "c")]

    compare_phones(runs)

    changed = read_verdicts(runs[0] / "verdicts.json")[0]
    assert {verdict.party for verdict in changed} == {Party.UNKNOWN}
    assert "bad.sim failed 4 of 4 where its 3 peers failed 0 of 12" in changed[0].notes[-1]
    merged = merge_runs(runs, tmp_path / "merged")
    incidents = read_verdicts(merged / "verdicts.json")[1]
    assert {one.odd_phone for one in incidents} == {"bad.sim"}


def test_what_the_phones_of_an_incident_share_is_said(tmp_path: Path) -> None:
    runs = [failing(tmp_path / f"n{n}", f"n{n}.sim", version="47.0.3") for n in range(4)]
    runs += [well(tmp_path / f"o{n}", f"o{n}.sim") for n in range(4)]
    merged = merge_runs(runs, tmp_path / "merged")

    tell_what_they_share(merged, runs)

    (incident,) = read_verdicts(merged / "verdicts.json")[1]
    (told,) = [text for text in incident.statistics if "app version" in text and "47.0.3" in text]
    assert told.startswith("4 of 4 phones with app version 47.0.3 failed, 0 of 4 others did")
    assert read_manifest(merged)["merged_runs"]


def test_a_lost_host_changes_nothing(tmp_path: Path) -> None:
    lost = lost_run(tmp_path / "lost", "l.sim", ["log_in"], "its host is gone", incident=None)
    runs = [lost, well(tmp_path / "a", "a.sim")]
    before = [(run / "verdicts.json").read_bytes() for run in runs]

    compare_phones(runs)

    assert [(run / "verdicts.json").read_bytes() for run in runs] == before
    tell_what_they_share(merge_runs([lost], tmp_path / "merged"), [lost])


@pytest.mark.parametrize("runs", [[], ["a"]])
def test_of_less_than_two_phones_nothing_is_said(runs: list[str], tmp_path: Path) -> None:
    made = [failing(tmp_path / name, f"{name}.sim") for name in runs]
    before = [only(run) for run in made]

    compare_phones(made)

    assert [only(run) for run in made] == before
