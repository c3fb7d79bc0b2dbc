"""The activity manager: starts apps, stops them, and knows what is on top."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.simphone.android import app_failures, appium_recorder, appium_settings, plain_screens
from harness.simphone.android.instrumentation import Instrumentations
from harness.simphone.android.intents import Intent, short
from harness.simphone.android.intents import component as parse_component
from harness.simphone.android.parts import AndroidPhone, android, generic
from harness.simphone.android.resolver import NoActivity, resolve
from harness.simphone.android.service_state import ActivityRecord, ServiceState
from harness.simphone.android.system_log import event, say
from harness.simphone.contracts import SHELL_UID, App, Package, PhoneParts, Process

FIRST_FRAME_SECONDS = 2.0
"""How long a start waits for the app's first `on_start`; a slow app goes on behind it."""


@dataclass(frozen=True, slots=True)
class Launched:
    """What a start did: `cold` when the process was made for it."""

    package: str
    activity: str
    cold: bool
    on_top: bool  # it already had the focus
    seconds: float


class PhoneActivities:
    """`contracts.Activities`; `state` is the memory of the services around it."""

    def __init__(self, phone: PhoneParts) -> None:
        self._phone: AndroidPhone = android(phone)
        self.state = ServiceState()
        self.instrumentations = Instrumentations(self._phone)
        self._apps: dict[int, App] = {}  # by pid
        self._tasks: dict[asyncio.Task[None], int] = {}  # on_start calls -> pid
        self._next_task = 10
        self._phone.processes.on_exit(self._exited)

    async def start_activity(
        self,
        component: str,
        *,
        action: str | None = None,
        data: str | None = None,
        extras: Mapping[str, str] | None = None,
        stop_first: bool = False,
    ) -> None:
        """Raises NoActivity when the component is not there."""
        intent = Intent(action=action, data=data, extras=dict(extras or {}))
        intent.component = parse_component(component)
        await self.launch(intent, stop_first=stop_first)

    async def launch(
        self, intent: Intent, *, stop_first: bool = False, uid: int = SHELL_UID
    ) -> Launched:
        """Resolves and starts; returns once the app drew its first frame (2 s at most)."""
        package, activity = resolve(self._phone.packages, intent)
        if stop_first:
            self.force_stop(package)
        began = self._phone.clock.uptime()
        on_top = self._phone.display.focus() == (package, activity)
        cold, first = self._begin(package, activity, intent, uid)
        if first is not None:
            await asyncio.wait({first}, timeout=FIRST_FRAME_SECONDS)
        seconds = self._phone.clock.uptime() - began
        shown = f"Displayed {short(package, activity)} for user 0: +{seconds * 1000:.0f}ms"
        say(self._phone, "ActivityTaskManager", shown)
        return Launched(package, activity, cold, on_top, seconds)

    def force_stop(self, package: str) -> None:
        found = self._phone.packages.get(package)
        if found is not None:
            found.stopped = True
            text = f"Force stopping {package} appid={found.uid} user=0: from pid {SHELL_UID}"
            say(self._phone, "ActivityManager", text)
        self.instrumentations.stop(package)
        for process in self._phone.processes.of_package(package):
            self._phone.processes.kill(
                process.pid,
                reason="user requested",
                description=f"stop {package} due to from pid {SHELL_UID}",
            )
        self.state.notifications.cancel(package)
        self._phone.display.close_package(package)

    def crash(self, package: str, exception: str, message: str, frames: Sequence[str]) -> None:
        """A Java exception that nobody caught ends the app's process."""
        app_failures.crash(self._phone, package, exception, message, frames)

    def native_crash(self, package: str, signal: int, frames: Sequence[str]) -> None:
        """A signal such as 11 (SIGSEGV) ends the app's process and leaves a tombstone."""
        app_failures.native_crash(self._phone, package, signal, frames)

    def not_responding(self, package: str, reason: str) -> None:
        app_failures.not_responding(self._phone, package, reason)

    def home(self) -> None:
        intent = Intent(action="android.intent.action.MAIN")
        intent.categories.append("android.intent.category.HOME")
        self._begin(*self._phone.packages.home, intent, SHELL_UID)

    def app_of(self, package: str) -> App | None:
        """The running `App` of a package, for faults that reach into it."""
        processes = self._phone.processes.of_package(package)
        return next((self._apps[p.pid] for p in processes if p.pid in self._apps), None)

    def ensure_process(self, package: Package, hosting: str, name: str) -> tuple[Process, bool]:
        """The package's process, and whether it had to be started for `hosting`."""
        package.stopped = package.not_launched = False
        found = self._phone.processes.find(package.name)
        if found is not None:
            return found, False
        process = self._phone.processes.start(
            package.name,
            uid=package.uid,
            package=package.name,
            hosting=hosting,
            component=f"{package.name}/{name}",
        )
        return process, True

    def _begin(
        self, package: str, activity: str, intent: Intent, uid: int
    ) -> tuple[bool, asyncio.Task[None] | None]:
        found = self._phone.packages.get(package)
        if found is None:
            raise NoActivity(f"Activity class {{{package}/{activity}}} does not exist.")
        intent.component = (package, activity)
        inner = str(intent).removeprefix("Intent { ").removesuffix(" }")
        text = f"START u0 {{{inner}}} with LAUNCH_MULTIPLE from uid {uid} result code=0"
        say(self._phone, "ActivityTaskManager", text)
        process, cold = self.ensure_process(found, "next-top-activity", activity)
        if appium_settings.starts_service(self._phone, package, process):
            # its activity only starts the service and finishes; it may record meanwhile
            self._run(appium_recorder.recording(self._phone, intent, process), process.pid)
            return cold, None
        self._on_top(package, activity, process)
        factory = self._phone.apps.get(found.behaviour or "")
        if factory is None:
            plain_screens.show(self._phone, found, activity)
            return cold, None
        app = self._apps.get(process.pid)
        if app is None:
            app = self._apps[process.pid] = factory(generic(self._phone), found, process)
        return cold, self._run(app.on_start(activity, intent.action, intent.data), process.pid)

    def _run(self, work: Coroutine[Any, Any, None], pid: int) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._tasks[task] = pid
        task.add_done_callback(self._started)
        return task

    def _started(self, task: asyncio.Task[None]) -> None:
        pid = self._tasks.pop(task)
        error = None if task.cancelled() else task.exception()
        process = self._phone.processes.get(pid)
        if error is not None and process is not None and process.package:
            frames = ["android.app.ActivityThread.performLaunchActivity(ActivityThread.java:3782)"]
            message = f"Unable to start activity: {type(error).__name__}: {error}"
            self.crash(process.package, "java.lang.RuntimeException", message, frames)

    def _exited(self, process: Process, _reason: str) -> None:
        for task in [task for task, pid in self._tasks.items() if pid == process.pid]:
            task.cancel()
        app = self._apps.pop(process.pid, None)
        if app is not None:
            app.on_stop()
        self.instrumentations.process_ended(process.pid)
        state = self.state
        state.stack = [record for record in state.stack if record.pid != process.pid]
        gone = [name for name, pid in state.services.items() if pid == process.pid]
        for name in gone:
            del state.services[name]
            state.notifications.cancel(name.partition("/")[0], service=True)
        if process.package and not self._phone.processes.of_package(process.package):
            self._phone.display.close_package(process.package)

    def _on_top(self, package: str, activity: str, process: Process) -> None:
        stack = self.state.stack
        known = next((r for r in stack if (r.package, r.activity) == (package, activity)), None)
        if known is None:
            task = next((r.task for r in stack if r.package == package), self._next_task)
            self._next_task = max(self._next_task, task + 1)
            token = 0x1A00000 + 0x11 * self._next_task + len(stack)
            known = ActivityRecord(package, activity, task, token, process.pid)
        else:
            stack.remove(known)
        stack.insert(0, known)
        name = f"{package}/{activity}"
        event(self._phone, "wm_set_resumed_activity", 0, name, "resumeTopActivity")
