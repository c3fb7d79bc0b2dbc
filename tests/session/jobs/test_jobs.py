"""Many phones at once, each a real process: trouble of one stays its own, nothing is lost."""

from __future__ import annotations

import threading
import time
from functools import partial
from pathlib import Path

import psutil
import pytest

from harness.adapters.observation_file import read_observations
from harness.domain.device import DeviceEntry
from harness.domain.verdict import Verdict
from harness.session.jobs import crew, run_jobs
from harness.session.jobs.crew import Crew
from harness.session.jobs.job import Job, ScenarioChoice, leave_result, read_result
from harness.session.jobs.lost_job import LOST_JOB
from harness.session.run_folder import RunFolder
from harness.session.run_scenarios import RunResult
from harness.session.shared_servers import ServerAddresses
from tests.session.jobs.working import end_of, verdict, work

ENDING = pytest.mark.timeout(120)


class NoServers:
    addresses = ServerAddresses()
    mended = 0

    def __init__(self, *_: object) -> None: ...

    def mend(self) -> list[str]:
        return []

    def close(self) -> None: ...


class Heard:
    def __init__(self) -> None:
        self.steps: list[tuple[str, str]] = []
        self.verdicts: list[Verdict] = []

    def step(self, phone: str, scenario: str, title: str, state: str) -> None:
        self.steps.append((phone, title))

    def over(self, verdict: Verdict) -> None:
        self.verdicts.append(verdict)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_jobs, "SharedServers", NoServers)
    monkeypatch.setattr(run_jobs, "Crew", partial(Crew, work=work))


def play(folder: Path, *names: str, heard: Heard | None = None) -> RunResult:
    entries = [DeviceEntry(name, serial=name) for name in names]
    choice = ScenarioChoice(out=folder)
    return run_jobs.run_jobs(entries, choice, named=True, listener=heard)


def job(folder: Path, name: str) -> Job:
    return Job(name, RunFolder(folder, "r"), ServerAddresses(), b"key")


@ENDING
@pytest.mark.usefixtures("jobs")
def test_all_phones_become_one_report(tmp_path: Path) -> None:
    heard = Heard()
    result = play(tmp_path / "run", "good-1", "good-2", "good-3", heard=heard)

    assert result.pytest_exit == 0
    assert result.problems == []
    assert [one.id for one in result.verdicts] == ["good-1-login", "good-2-login", "good-3-login"]
    assert sorted(heard.steps) == [(f"good-{n}", "open the app") for n in (1, 2, 3)]
    assert len(heard.verdicts) == 3
    run = tmp_path / "run"
    assert {seen.device for seen in read_observations(run)} == {"good-1", "good-2", "good-3"}
    assert run.joinpath("junit.xml").read_text().count("<testsuite ") == 3
    assert not run.joinpath("jobs").exists()


@ENDING
@pytest.mark.usefixtures("jobs")
def test_a_job_that_dies_is_said_and_costs_the_others_nothing(tmp_path: Path) -> None:
    result = play(tmp_path / "run", "both-1", "dies")

    lost = [one for one in result.verdicts if one.rule == LOST_JOB]
    assert [(one.scenario, one.outcome.value, one.party.value) for one in lost] == [
        ("followers", "inconclusive", "harness")
    ]
    assert {one.id for one in result.verdicts} >= {"both-1-login", "dies-login"}
    (problem,) = result.problems
    assert problem.startswith("phone dies: its process ended by signal 9 during followers: see")
    assert "harness reset --device dies" in problem
    kinds = [(seen.device, seen.scenario) for seen in read_observations(tmp_path / "run")]
    assert ("dies", "followers") in kinds
    assert 'name="job of dies"' in (tmp_path / "run" / "junit.xml").read_text()


@ENDING
@pytest.mark.usefixtures("jobs")
def test_where_pytest_could_not_begin_its_words_are_told(tmp_path: Path) -> None:
    mixed = play(tmp_path / "one", "good-1", "usage-1")
    assert mixed.problems[0].startswith("phone usage-1: ERROR: no scenario of that name")
    assert mixed.pytest_exit == 1

    assert play(tmp_path / "two", "usage-1", "usage-2").usage


@ENDING
@pytest.mark.usefixtures("jobs")
def test_ctrl_c_ends_all_and_keeps_what_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen = Crew.listen
    calls: list[int] = []

    def broken_off(self: Crew, each_look: object, deadline: float | None = None) -> None:
        calls.append(1)
        if len(calls) > 1:
            listen(self, lambda: None, deadline)
            return
        until = time.monotonic() + 60
        while time.monotonic() < until and not (self.workers[0].over and self.workers[1].doing):
            listen(self, lambda: None, time.monotonic())
        raise KeyboardInterrupt

    monkeypatch.setattr(Crew, "listen", broken_off)
    result = play(tmp_path / "run", "good-1", "slow")

    assert result.interrupted
    assert "good-1-login" in {one.id for one in result.verdicts}
    assert not [problem for problem in result.problems if "slow" in problem]


@ENDING
def test_a_job_dies_with_its_run(tmp_path: Path) -> None:
    crew.warm_up()
    team = Crew(work=work)
    team.start([job(tmp_path, "slow")], ScenarioChoice())
    pid = team.workers[0].process.pid
    assert pid is not None
    assert psutil.pid_exists(pid)
    team.close()

    assert team.workers[0].over
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@ENDING
def test_a_job_that_says_nothing_for_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "SILENCE", 0.5)
    team = Crew(work=work)
    team.start([job(tmp_path, "slow")], ScenarioChoice())
    guard = threading.Timer(60, team.close)
    guard.start()
    try:
        team.listen(lambda: None)
    finally:
        guard.cancel()
        team.close()

    assert team.workers[0].why() == "it said nothing for 0 s and was ended"


def test_a_result_is_read_as_it_was_left(tmp_path: Path) -> None:
    one = job(tmp_path, "pixel 8/a")
    assert read_result(one) is None

    leave_result(one, end_of(one, verdict("pixel")), ended=True)
    found = read_result(one)

    assert found is not None
    assert (found.ended, found.labels[0].name) == (True, "pixel 8/a")
    assert [item.verdict for item in found.judged()] == [verdict("pixel")]
    assert [file.name for file in (tmp_path / "jobs").iterdir()] == ["pixel-8-a.json"]
    assert "key" not in repr(one).split("folder")[0]
    one.result_file.write_text("{")
    assert read_result(one) is None
