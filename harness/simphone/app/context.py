"""What the app's flows work with: one running process of the app."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.simphone.app.api import TikTokApi
from harness.simphone.app.drift import drift, rename
from harness.simphone.app.faults import ActiveAppFaults
from harness.simphone.app.files import AppFiles
from harness.simphone.app.popups import Popup, popup_named
from harness.simphone.app.reactions import log_line
from harness.simphone.app.screens.pages import PAGES, SCOPES
from harness.simphone.app.screens.popups import over
from harness.simphone.app.screens.view import View
from harness.simphone.app.state import AppState
from harness.simphone.app.texts import RIGHT_TO_LEFT
from harness.simphone.contracts import Package, PhoneParts, Process, Window
from harness.simphone.network.client import OKHTTP_SECONDS

EARLY_SECONDS = 0.5
LOGIN_ACTIVITY_FRAMES = (
    "com.ss.android.ugc.aweme.account.login.LoginPresenter.onLoginClick(SourceFile:214)",
    "com.ss.android.ugc.aweme.account.login.LoginFragment.lambda$onViewCreated$3(SourceFile:97)",
    "android.view.View.performClick(View.java:7659)",
    "android.os.Handler.dispatchMessage(Handler.java:106)",
)


@dataclass(slots=True)
class Context:
    """State, files, service and window of one process; `act` runs an action by name."""

    phone: PhoneParts
    package: Package
    process: Process
    state: AppState
    texts: Mapping[str, str]
    ids: Mapping[str, str]
    language: str
    files: AppFiles
    api: TikTokApi
    faults: ActiveAppFaults
    act: Callable[[str, str], Awaitable[None]]
    typed: Callable[[str, str], None]
    window: Window | None = None
    frozen: bool = False
    events: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    asked: Window | None = None  # a question of the system that waits for its answer
    on_page: Callable[[], None] = field(default=lambda: None)  # called after each drawing
    tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    @property
    def popup(self) -> Popup | None:
        """What lies over the page; the start picture and gates let none through."""
        if self.state.page not in SCOPES or not self.state.popups:
            return None
        return popup_named(self.state.popups[0])

    def t(self, key: str) -> str:
        """The label `key`."""
        return self.texts[key]

    def render(self) -> None:
        """Draws the page that the state says; does nothing while the main thread hangs."""
        if self.window is None or self.frozen:
            return
        page = self.state.page
        view = self._view()
        root = PAGES[page](view)
        scope = SCOPES.get(page)
        if scope and self.faults.has("labels-renamed", scope):
            rename(root)
        elif scope and self.faults.has("locator-drift", scope):
            drift(root)
        if self.popup is not None:
            root = over(view, root, self.popup)
        self.window.mirrored = self.language in RIGHT_TO_LEFT
        self.window.set_content(root)
        self.on_page()

    def show(self, page: str) -> None:
        """Puts a page on the back stack and draws it."""
        if self.state.page != page:
            self.state.pages.append(page)
        self.render()

    def replace(self, *pages: str) -> None:
        """Replaces the back stack."""
        self.state.pages = list(pages)
        self.render()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Runs work of the app in the background; it ends with the process."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def log(self, tag: str, text: str, priority: str = "I") -> None:
        """A line of logcat by this process."""
        self.phone.log.write(
            tag, text, priority=priority, pid=self.process.pid, uid=self.package.uid
        )

    def failed(self, what: str, error: Exception) -> None:
        """Notes a failed request as the app's network stack does."""
        self.log("TTNet", f"{what} failed: {log_line(error)}", "W")

    def track(self, name: str, **details: object) -> None:
        """A telemetry event: into the app's own log, sent later."""
        uid = self.state.profile.uid if self.state.profile else ""
        self.events.append({"event": name, "params": details})
        try:
            self.files.event(name, "", details, uid)
        except OSError as error:
            self.log("AppLog", f"event {name} not stored: {error}", "W")

    def seconds(self, scope: str) -> float:
        """How long to wait for an answer."""
        early = self.faults.has("gives-up-early", scope)
        return EARLY_SECONDS if early else OKHTTP_SECONDS

    async def may_ask(self, scope: str) -> bool:
        """Lets the client faults of `scope` happen; False when nothing is to be asked."""
        if self.faults.has("crash", scope):
            self.phone.activities.crash(
                self.package.name,
                "java.lang.NullPointerException",
                "Attempt to invoke virtual method 'java.lang.String "
                "java.lang.Object.toString()' on a null object reference",
                LOGIN_ACTIVITY_FRAMES,
            )
            return False
        for fault, reason in (("native-crash", "native crash"), ("quits", "exit self")):
            if self.faults.has(fault, scope):
                signal = 11 if fault == "native-crash" else 0
                self.phone.processes.kill(self.process.pid, reason=reason, signal=signal)
                return False
        if self.faults.has("anr", scope):
            self.frozen = True
            reason = "Input dispatching timed out (Waited 5003ms for MotionEvent)"
            self.phone.activities.not_responding(self.package.name, reason)
            return False
        return not self.faults.has("never-asks", scope)

    def _view(self) -> View:
        def do(action: str, value: str) -> Callable[[], Awaitable[None]]:
            async def clicked() -> None:
                if not self.frozen:
                    await self.act(action, value)

            return clicked

        return View(
            self.state, self.texts, self.ids, self.package.name, self.language, do, self.typed
        )
