"""The process of one job: pytest for one phone, told to the run that started it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection

import pytest

from harness.domain.verdict import Verdict
from harness.session.jobs.job import Job, ScenarioChoice
from harness.session.run_scenarios import run_scenarios
from harness.session.scenario_run import ScenarioRun


@dataclass(frozen=True, slots=True)
class StepTold:
    """`state` is begun, done or failed."""

    phone: str
    scenario: str
    title: str
    state: str


type Told = StepTold | Verdict | int
"""What a job tells while it works; a number is pytest's exit code, its last word."""


class Reporter:
    """A pytest plugin that tells the run of steps and verdicts."""

    def __init__(self, run: Connection) -> None:
        self._run = run

    @pytest.hookimpl(optionalhook=True)
    def pytest_harness_step(self, run: ScenarioRun, title: str, state: str) -> None:
        """Called by the plugin at the begin and the end of each step."""
        self.tell(StepTold(run.session.entry.name, run.name, title, state))

    @pytest.hookimpl(optionalhook=True)
    def pytest_harness_verdict(self, verdict: Verdict) -> None:
        """Called by the plugin when a scenario was judged."""
        self.tell(verdict)

    def tell(self, told: Told) -> None:
        """Nobody listens any more: the run is gone, and this process ends by itself."""
        try:
            self._run.send(told)
        except OSError:
            return


def work(job: Job, choice: ScenarioChoice, environment: dict[str, str], run: Connection) -> None:
    """The whole of a job's process; what it found lies in the job's file."""
    os.setsid()  # Ctrl-C is for the run; it asks us in order
    os.environ.clear()
    os.environ.update(environment)
    _say_into(job)
    threading.Thread(target=_die_with, args=(run,), daemon=True).start()
    reporter = Reporter(run)
    result = run_scenarios(
        [job.device],
        scenarios=choice.scenarios,
        devices=choice.devices,
        out=job.folder.path,
        incident=choice.incident,
        profile=choice.profile,
        allow_destructive=choice.allow_destructive,
        arm=choice.arm,
        interception=choice.interception,
        folder=choice.folder,
        progress=reporter,
        faults=choice.faults,
        job=job,
    )
    reporter.tell(result.pytest_exit)
    sys.stdout.flush()
    os._exit(0)  # nothing is left to end, and a thread that hangs must not keep us


def _say_into(job: Job) -> None:
    """What pytest and we print belongs to the job's log."""
    job.log.parent.mkdir(parents=True, exist_ok=True)
    log = os.open(job.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)


def _die_with(run: Connection) -> None:
    """The run never sends: when its end of the pipe closes, it is gone, and so are we."""
    try:
        run.recv()
    except (EOFError, OSError):
        os.kill(os.getpid(), signal.SIGKILL)
