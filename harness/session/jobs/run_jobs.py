"""One run on many phones at the same time, and the one report of it."""

from __future__ import annotations

import os
import platform
import secrets
import time
from collections.abc import Sequence

import pytest

from harness.domain.device import DeviceEntry
from harness.domain.verdict import DeviceLabel, Verdict
from harness.ports import InstrumentError
from harness.reporting.junit import join_junit, lost_suite
from harness.session.faults import FaultPlan
from harness.session.jobs.crew import Crew, Listener, Worker, warm_up
from harness.session.jobs.job import Job, ScenarioChoice, read_result
from harness.session.jobs.lost_job import lost_verdicts
from harness.session.machinery.breakers import break_this_host
from harness.session.run_end import Judged, RunEnd, finish
from harness.session.run_folder import make_run_folder
from harness.session.run_scenarios import RunResult
from harness.session.shared_servers import SharedServers

_COULD_NOT_BEGIN = {int(pytest.ExitCode.USAGE_ERROR), int(pytest.ExitCode.INTERNAL_ERROR)}


def run_jobs(
    entries: Sequence[DeviceEntry],
    choice: ScenarioChoice,
    *,
    named: bool,
    listener: Listener | None = None,
) -> RunResult:
    """The scenarios on all phones at once. `named`: the user asked for them by name.

    One phone's trouble stays its own: a job that dies is said, and its facts are kept.
    Ctrl-C ends all jobs, gives the phones back and reports what was found until then.
    Raises InstrumentError where the run folder cannot be had.
    """
    os.umask(0o077)  # what a run writes, only its owner can read
    folder = make_run_folder(choice.out)
    end = RunEnd(
        folder,
        host=platform.node() or "localhost",
        started=time.time(),
        incident=choice.incident,
        interception=choice.interception,
    )
    warm_up()
    break_this_host(FaultPlan.from_environment().name)
    key = secrets.token_bytes(32)
    servers = SharedServers(entries, folder.logs)
    crew = Crew(listener)

    def look_after() -> None:
        end.notes.extend(servers.mend())

    interrupted = False
    try:
        jobs = [Job(entry.name, folder, servers.addresses, key, named) for entry in entries]
        try:
            crew.start(jobs, choice)
            crew.listen(look_after)
        except KeyboardInterrupt:
            interrupted = True
            crew.interrupt(look_after)
    finally:
        crew.close()
        servers.close()
    profiles = [choice.profile or entry.profile for entry in entries]
    exits = [
        _gather(worker, profile, end, interrupted=interrupted)
        for worker, profile in zip(crew.workers, profiles, strict=False)  # Ctrl-C may start fewer
    ]
    _join_junit(crew.workers, end)
    finish(end)
    return _result(end, exits, interrupted=interrupted)


def _gather(worker: Worker, profile: str, end: RunEnd, *, interrupted: bool) -> int:
    """What a job left goes into the run; returns its pytest exit code."""
    job, found = worker.job, read_result(worker.job)
    judged: list[Judged] = []
    if found is not None:
        judged = found.judged()
        end.labels += found.labels
        end.unsuitable += found.unsuitable
        end.problems += found.problems
        end.notes += found.notes
    end.judged += judged
    if found is not None and found.ended and worker.exit is not None:
        return worker.exit
    if worker.exit is not None and worker.exit in _COULD_NOT_BEGIN:
        end.problems.append(f"phone {job.device}: {_last_words(job)}. Log: {job.log}")
        return worker.exit
    if not interrupted:
        end.problems.append(
            f"phone {job.device}: {worker.why()}; what was seen until then is kept."
            f" Log: {job.log}. Next: harness reset --device {job.device}"
        )
    end.judged += _lost(job, profile, [item.verdict for item in judged], worker.why(), end)
    return int(pytest.ExitCode.INTERRUPTED if interrupted else pytest.ExitCode.TESTS_FAILED)


def _lost(job: Job, profile: str, known: list[Verdict], why: str, end: RunEnd) -> list[Judged]:
    label = next((verdict.device for verdict in known if verdict.device), DeviceLabel(job.device))
    app = next((verdict.app for verdict in known if verdict.app), None)
    found = lost_verdicts(
        end.folder.path, label, known, why, app=app, incident=end.incident
    )  # fmt: skip
    return [Judged(verdict, begun, profile, whole=False) for verdict, begun in found]


def _last_words(job: Job) -> str:
    try:
        lines = job.log.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        lines = []
    told = [line.strip() for line in lines if line.strip()]
    return told[-1][:300] if told else "its job could not begin and said nothing"


def _join_junit(workers: Sequence[Worker], end: RunEnd) -> None:
    """One junit.xml of all jobs; the jobs' own files have had their use then."""
    try:
        suites = [
            lost_suite(worker.job.device, worker.why()) for worker in workers
            if not worker.job.junit_file.is_file()
        ]  # fmt: skip
        files = [worker.job.junit_file for worker in workers]
        join_junit(files, end.folder.path / "junit.xml", suites)
        for file in {path for job in workers for path in (job.job.junit_file, job.job.result_file)}:
            file.unlink(missing_ok=True)
        for place in {worker.job.result_file.parent for worker in workers}:
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()
    except (OSError, InstrumentError) as error:
        end.problems.append(f"could not join junit.xml: {error}")


def _result(end: RunEnd, exits: Sequence[int], *, interrupted: bool) -> RunResult:
    code = int(pytest.ExitCode.INTERRUPTED) if interrupted else max(exits, default=0)
    if exits and not interrupted and set(exits) != {code} and code > pytest.ExitCode.TESTS_FAILED:
        code = int(pytest.ExitCode.TESTS_FAILED)  # the others did their work
    return RunResult(
        folder=end.folder.path,
        verdicts=end.verdicts,
        incidents=end.incidents,
        pytest_exit=code,
        unsuitable=end.unsuitable,
        problems=end.problems,
    )
