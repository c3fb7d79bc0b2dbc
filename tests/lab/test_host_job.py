"""A job on its host: begun once where it may destroy, its files read and no others."""

from __future__ import annotations

import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from harness.adapters.devices_file import load_devices
from harness.lab import host_job
from harness.lab.host_job import (
    BegunBeforeError,
    LabJob,
    note_begun,
    one_phone_file,
    read_artefact,
    stop_file,
    stop_lab_job,
)
from harness.lab.kept_runs import runs_folder
from harness.ports import InstrumentError

JOB = LabJob("run-1", "run", "pixel", "shelf.pixel", (), destructive=True, topic="t")


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARNESS_STATE", str(tmp_path / "state"))


def test_what_may_destroy_is_begun_once() -> None:
    note_begun(JOB)
    with pytest.raises(BegunBeforeError, match="run-1 destroys data and was begun"):
        note_begun(JOB)
    note_begun(replace(JOB, id="run-2"))


def test_what_destroys_nothing_may_begin_again_and_is_noted_once(tmp_path: Path) -> None:
    safe = replace(JOB, destructive=False)
    note_begun(safe)
    note_begun(safe)
    assert [found.name for found in tmp_path.rglob("*.json")] == [f"{safe.id}.json"]


def test_an_id_that_is_a_path_is_refused() -> None:
    with pytest.raises(InstrumentError, match="no id of a job"):
        note_begun(replace(JOB, id="../../x"))


def test_the_run_gets_its_phone_alone_under_its_name_in_the_lab(tmp_path: Path) -> None:
    source = tmp_path / "devices.yaml"
    source.write_text("phones:\n  pixel: &a {serial: S1, tags: [wifi]}\n  other: *a\n")

    made = one_phone_file(JOB, str(source))

    (entry,) = load_devices(made)
    assert (entry.name, entry.serial, entry.tags) == ("shelf.pixel", "S1", ("wifi",))
    with pytest.raises(InstrumentError, match="find the phone nexus"):
        one_phone_file(replace(JOB, phone="nexus"), str(source))
    source.write_text(
        "accounts: {one: {user: a, password_env: P}}\n"
        "phones: {pixel: {serial: S1, account: one, app: {file: builds/x.apk}}}\n"
    )
    (entry,) = load_devices(one_phone_file(JOB, str(source)))
    assert (entry.account.user, entry.app_file) == ("a", str(tmp_path / "builds/x.apk"))
    source.write_text(yaml.safe_dump([1]))
    with pytest.raises(InstrumentError, match="find the phone"):
        one_phone_file(JOB, str(source))


def test_only_files_of_the_run_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_job, "PIECE", 4)
    run = runs_folder() / "run-1"
    run.mkdir(parents=True)
    (run / "a").write_bytes(b"0123456")
    (tmp_path / "secret").write_text("s")
    host_job._remember(JOB, run)

    assert [read_artefact("run-1", "a", at) for at in (0, 4, 7)] == [b"0123", b"456", b""]
    for path in ("../../../secret", str(tmp_path / "secret"), "absent"):
        with pytest.raises(InstrumentError, match="read"):
            read_artefact("run-1", path, 0)
    with pytest.raises(InstrumentError):
        read_artefact("run-2", "a", 0)


def test_lines_are_told_as_they_come_and_the_code_is_the_runs(tmp_path: Path) -> None:
    told: list[str] = []
    script = "import sys; print('json'); print('one\\ntwo', file=sys.stderr); sys.exit(17)"

    code = host_job._follow(
        [sys.executable, "-c", script], tmp_path / "x.log", tmp_path / "x.stop", told.append
    )

    assert (code, told) == (17, ["one", "two"])
    assert (tmp_path / "x.log.json").read_text() == "json\n"


def test_a_job_that_is_stopped_is_interrupted_and_ends_in_order(tmp_path: Path) -> None:
    script = (
        "import sys, time\n"
        "print('up', file=sys.stderr, flush=True)\n"
        "try:\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    sys.exit(19)\n"
    )
    threading.Timer(1.0, stop_lab_job, ["run-9"]).start()

    code = host_job._follow(
        [sys.executable, "-c", script], tmp_path / "x.log", stop_file("run-9"), lambda _line: None
    )

    assert code in {19, -signal.SIGINT}
