"""Processes that stand for jobs: each behaves as its phone is called."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing.connection import Connection

from harness.adapters.observation_file import PARTS, ObservationWriter
from harness.domain.facts import ScenarioBegun
from harness.domain.verdict import Candidate, DeviceLabel, Verdict
from harness.domain.vocabulary import Layer, Outcome, Party, Visibility
from harness.session.jobs.job import Job, ScenarioChoice, leave_result
from harness.session.jobs.work import StepTold
from harness.session.run_end import Judged, RunEnd


def verdict(phone: str, scenario: str = "login") -> Verdict:
    return Verdict(
        id=f"{phone}-{scenario}", scenario=scenario, step=None, outcome=Outcome.PASSED,
        party=Party.NONE, candidates=(Candidate(Party.NONE, 1.0),), confidence=1.0,
        layer=Layer.UI, rule="passed", rules_version="1", summary="It works.", advice=(),
        evidence=(), conflicts=(), controls=(), visibility=Visibility.OPEN,
        device=DeviceLabel(phone), started="2026-11-01T10:00:00Z", ended="2026-11-01T10:00:30Z",
    )  # fmt: skip


def end_of(job: Job, *verdicts: Verdict) -> RunEnd:
    return RunEnd(
        job.folder, host="h", started=0.0, incident=None, interception=True,
        judged=[Judged(one, time.monotonic(), "tiktok") for one in verdicts],
        labels=[DeviceLabel(job.device)],
    )  # fmt: skip


def work(job: Job, _choice: ScenarioChoice, _environment: dict[str, str], run: Connection) -> None:
    """By the name's begin: good passes; both passes two scenarios; dies is killed in its
    second; usage: pytest could not begin; slow waits for Ctrl-C."""
    os.setsid()
    parts = job.folder.path / PARTS
    with ObservationWriter(
        parts / f"{job.device}.scenario.jsonl", source="scenario", host="h", device=job.device
    ) as log:
        if job.device.startswith("usage"):
            job.log.parent.mkdir(parents=True, exist_ok=True)
            job.log.write_text("ERROR: no scenario of that name\n")
            run.send(4)
            return
        log.write("scenario.begun", ScenarioBegun("log in", None, 1, None), scenario="login")
        run.send(StepTold(job.device, "login", "open the app", "begun"))
        if job.device.startswith("slow"):
            try:
                time.sleep(60)
            except KeyboardInterrupt:
                leave_result(job, end_of(job), ended=True)
                run.send(2)
                return
        leave_result(job, end_of(job, verdict(job.device)), ended=False)
        run.send(verdict(job.device))
        if job.device.startswith("dies"):
            log.write("scenario.begun", ScenarioBegun("again", None, 1, None), scenario="followers")
            run.send(StepTold(job.device, "followers", "see the list", "begun"))
            os.kill(os.getpid(), signal.SIGKILL)
    rows = [verdict(job.device)]
    if job.device.startswith("both"):
        rows.append(verdict(job.device, "followers"))
        run.send(rows[1])
    leave_result(job, end_of(job, *rows), ended=True)
    job.junit_file.write_text(f'<testsuites><testsuite name="{job.device}"/></testsuites>')
    run.send(0)
