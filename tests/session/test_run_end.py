"""The end of a run: the odd phone is set apart, only a phone's own files are read."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from harness.adapters.observation_file import PARTS, ObservationWriter
from harness.domain.facts import ScenarioBegun
from harness.domain.vocabulary import Outcome, Party
from harness.session.run_end import Judged, RunEnd, finish, observations_of
from harness.session.run_folder import RunFolder
from tests.session.jobs.working import verdict

BEGUN = ScenarioBegun("t", None, 1, None)


def write(run: Path, stem: str, device: str) -> None:
    with ObservationWriter(
        run / PARTS / f"{stem}.scenario.jsonl", source="scenario", host="h", device=device
    ) as log:
        log.write("scenario.begun", BEGUN, scenario="login")


def test_while_a_run_goes_on_only_a_phones_own_files_are_read(tmp_path: Path) -> None:
    write(tmp_path, "sim", "sim")
    write(tmp_path, "sim-retail", "sim-retail")
    (tmp_path / PARTS / "other.scenario.jsonl").write_bytes(b"{cut")

    found = observations_of(tmp_path, "sim", "login", 0.0)

    assert [seen.device for seen in found] == ["sim"]


def test_a_phone_that_fails_alone_is_told_and_counted_by_itself(tmp_path: Path) -> None:
    rows = [verdict(phone, name) for phone in "abcd" for name in ("x", "y", "z")]
    rows = [
        dataclasses.replace(row, outcome=Outcome.FAILED, party=Party.DEVICE)
        if row.device is not None and row.device.name == "a"
        else row
        for row in rows
    ]
    write(tmp_path, "a", "a")
    judged = [Judged(row, 0.0, "tiktok") for row in rows]
    end = RunEnd(
        RunFolder(tmp_path, "r"), host="h", started=0.0, incident=None, interception=True,
        judged=judged,
    )  # fmt: skip
    finish(end)

    document = json.loads((tmp_path / "verdicts.json").read_text())
    (incident,) = document["incidents"]
    assert (incident["odd_phone"], incident["phones"]) == ("a", ["a"])
    assert incident["statistics"][0].startswith("a failed 3 of 3 where its 3 peers failed 0 of 9")
    assert "a is the odd one out" in (tmp_path / "index.html").read_text(encoding="utf-8")
