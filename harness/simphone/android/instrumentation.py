"""What `am instrument` runs: a hook that lives as long as the tested process."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from harness.simphone.android.parts import AndroidPhone, generic
from harness.simphone.contracts import Package, Process


class NoInstrumentation(LookupError):  # noqa: N818 - named after what it says
    """No installed package has this test runner, or its target is missing."""


@dataclass(frozen=True, slots=True)
class _Run:
    packages: tuple[str, str]  # the test's and the target's
    process: Process
    task: asyncio.Future[None]


class Instrumentations:
    """Runs `phone.instrumentation["PKG/RUNNER"]`, one at a time for each target."""

    def __init__(self, phone: AndroidPhone) -> None:
        self._phone = phone
        self._runs: list[_Run] = []

    async def run(self, component: str) -> bool:
        """True when the hook ended by itself, False when it was stopped or failed.

        Cancelling this call ends the hook and the process, as the death of the
        `am` process does on a phone. Raises NoInstrumentation.
        """
        test, target = self._packages(component)
        hook = self._phone.instrumentation.get(component)
        self.stop(test.name)
        for process in self._phone.processes.of_package(target.name):
            why = f"stop {target.name} due to start instr"
            self._phone.processes.kill(process.pid, reason="user requested", description=why)
        process = self._phone.processes.start(
            target.name,
            uid=target.uid,
            package=target.name,
            hosting="added application",
            component=target.name,
        )
        if hook is None:  # the runner's code is not simulated: it dies at once
            self._phone.processes.kill(process.pid, reason="exit self")
            return False
        task = asyncio.ensure_future(hook(generic(self._phone)))
        run = _Run((test.name, target.name), process, task)
        self._runs.append(run)
        try:
            await asyncio.wait({task})
        finally:
            self._runs.remove(run)
            task.cancel()
            self._phone.processes.kill(process.pid, reason="exit self")
        return self._ended_well(task, process)

    def stop(self, package: str) -> None:
        """Force-stop of the test's or the target's package ends the run."""
        for run in [run for run in self._runs if package in run.packages]:
            why = f"stop {package} due to from pid 2000"
            self._phone.processes.kill(run.process.pid, reason="user requested", description=why)

    def process_ended(self, pid: int) -> None:
        """Ends the hook with its process, unless the hook itself is ending the process."""
        for run in self._runs:
            if run.process.pid == pid and run.task is not asyncio.current_task():
                run.task.cancel()

    def _packages(self, component: str) -> tuple[Package, Package]:
        test = self._phone.packages.get(component.partition("/")[0])
        if test is None or test.instrumentation is None:
            raise NoInstrumentation(component)
        runner, target_name = test.instrumentation
        target = self._phone.packages.get(target_name)
        if component != f"{test.name}/{runner}" or target is None:
            raise NoInstrumentation(component)
        return test, target

    def _ended_well(self, task: asyncio.Future[None], process: Process) -> bool:
        if task.cancelled():
            return False
        error = task.exception()
        if error is not None:
            text = f"Instrumentation of {process.name} failed: {type(error).__name__}: {error}"
            self._phone.log.write("TestRunner", text, priority="E", pid=process.pid)
        return error is None
