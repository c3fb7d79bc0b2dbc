"""Starts one process a phone, listens to all of them, and ends them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from typing import Protocol

from harness.domain.verdict import Verdict
from harness.session.jobs.job import Job, ScenarioChoice

SILENCE = 900.0
"""Seconds without a word after which a job is ended; its longest single call takes 240."""

LONGEST_END = 90.0
"""Seconds that interrupted jobs may take to give their phones back."""

_LOOK = 0.2  # seconds between two looks at processes and servers
_PRELOAD = ["__main__", "harness.session.jobs.work", "harness.plugin"]
"""Imported once, in the process that all jobs are forked from: it takes two seconds."""


class Listener(Protocol):
    """Shows how it goes; `harness.reporting.progress.Progress` is one."""

    def step(self, phone: str, scenario: str, title: str, state: str) -> None:
        """A step was begun, done or failed."""
        ...

    def over(self, verdict: Verdict) -> None:
        """A scenario was judged."""
        ...


@dataclass(slots=True)
class Worker:
    """A job and its process. Times in monotonic seconds."""

    job: Job
    process: ForkServerProcess
    words: Connection
    heard: float
    exit: int | None = None  # pytest's, its last word
    doing: str = ""  # "log in: submit log-in"
    ended_by_us: str = ""

    @property
    def over(self) -> bool:
        """It has said its last word, or can say none any more."""
        return self.words.closed

    def why(self) -> str:
        """How a job ended that did not say its last word."""
        code = self.process.exitcode
        how = f"by signal {-code}" if code is not None and code < 0 else f"with exit code {code}"
        during = f" during {self.doing}" if self.doing else ""
        return self.ended_by_us or f"its process ended {how}{during}"


@dataclass(slots=True)
class Crew:
    """`start`, then `listen` until all are over; `interrupt` where that is broken off."""

    listener: Listener | None = None
    work: Callable[[Job, ScenarioChoice, dict[str, str], Connection], None] | None = None
    """What a job's process does; None = `work.work`."""
    workers: list[Worker] = field(default_factory=list[Worker])

    def start(self, jobs: Sequence[Job], choice: ScenarioChoice) -> None:
        """All at the same time."""
        context = multiprocessing.get_context("forkserver")
        environment = dict(os.environ)
        from harness.session.jobs.work import work

        target = self.work or work
        for job in jobs:
            ours, theirs = context.Pipe()
            process = context.Process(
                target=target, args=(job, choice, environment, theirs), daemon=True
            )
            process.start()
            theirs.close()
            self.workers.append(Worker(job, process, ours, time.monotonic()))

    def listen(self, each_look: Callable[[], None], deadline: float | None = None) -> None:
        """Until every job is over, or `deadline` (monotonic seconds)."""
        while busy := [worker for worker in self.workers if not worker.over]:
            ready = wait([worker.words for worker in busy], timeout=_LOOK)
            for worker in busy:
                if worker.words in ready:
                    self._hear(worker)
                elif time.monotonic() - worker.heard > SILENCE:
                    worker.ended_by_us = f"it said nothing for {SILENCE:.0f} s and was ended"
                    worker.process.kill()
            if deadline is not None and time.monotonic() > deadline:
                return
            each_look()

    def interrupt(self, each_look: Callable[[], None]) -> None:
        """As Ctrl-C for each: phones are given back. Then nothing of ours runs any more."""
        for worker in self.workers:
            if worker.process.is_alive() and worker.process.pid is not None:
                with suppress(ProcessLookupError):
                    os.kill(worker.process.pid, signal.SIGINT)
        try:
            self.listen(each_look, time.monotonic() + LONGEST_END)
        finally:
            self.close()

    def close(self) -> None:
        """Ends what still runs."""
        for worker in self.workers:
            if worker.process.is_alive():
                worker.process.kill()
            worker.process.join(10.0)
            worker.words.close()

    def _hear(self, worker: Worker) -> None:
        worker.heard = time.monotonic()
        try:
            told = worker.words.recv()
        except (EOFError, OSError):
            worker.process.join(5.0)
            worker.words.close()
            return
        if isinstance(told, int):
            worker.exit = told
        elif isinstance(told, Verdict):
            worker.doing = ""
            if self.listener is not None:
                self.listener.over(told)
        else:
            worker.doing = f"{told.scenario}: {told.title}"
            if self.listener is not None:
                self.listener.step(told.phone, told.scenario, told.title, told.state)


def warm_up() -> None:
    """Lets the process that jobs are forked from begin its imports."""
    from multiprocessing import forkserver

    multiprocessing.get_context("forkserver").set_forkserver_preload(_PRELOAD)
    forkserver.ensure_running()
