"""A small app's screens, and as much of a phone as the display's parts ask for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, cast

from harness.simphone.contracts import Invocation, PhoneParts, PhoneSpec, Process
from harness.simphone.ui.display import PhoneDisplay
from harness.simphone.ui.node import Node
from harness.simphone.ui.rest.faults import UiServerFaults
from harness.simphone.ui.widgets import (
    button,
    column,
    edit_text,
    icon_button,
    image,
    list_view,
    row,
    spacer,
    text,
)

APP = "com.example.app"
ACTIVITY = "com.example.app.Main"


class StoppedClock:
    """A clock that only a test moves."""

    boot = 0.0

    def __init__(self) -> None:
        self.seconds = 1_741_081_260.0

    def now(self) -> float:
        return self.seconds

    def uptime(self) -> float:
        return self.seconds


async def nothing() -> None:
    """A click listener that does nothing."""


@dataclass
class LogIn:
    """An app with a log-in form that redraws itself on each change."""

    display: PhoneDisplay
    name: str = ""
    password: str = ""
    clicks: list[str] = field(default_factory=list[str])

    def open(self) -> LogIn:
        self.window = self.display.open_window(APP, ACTIVITY)
        self.draw()
        return self

    def draw(self) -> None:
        self.window.set_content(
            column(
                row(icon_button("back", desc="Back", on_click=self.clicked("back")), height=132),
                text("Log in", rid=f"{APP}:id/title", bold=True),
                edit_text(self.name, hint="Email or username", on_text=self.typed("name")),
                edit_text(
                    self.password,
                    hint="Password",
                    password=True,
                    on_text=self.typed("password"),
                    rid=f"{APP}:id/secret",
                ),
                button(
                    "Continue",
                    on_click=self.clicked("continue"),
                    enabled=bool(self.name and self.password),
                    rid=f"{APP}:id/go",
                ),
                spacer(),
            )
        )

    def typed(self, what: str) -> Callable[[str], None]:
        def take(value: str) -> None:
            setattr(self, what, value)
            self.draw()

        return take

    def clicked(self, what: str) -> Callable[[], Awaitable[None]]:
        async def click() -> None:
            self.clicks.append(what)

        return click


def long_list(rows: int = 40) -> Node:
    """A scrollable list that is higher than the screen."""
    items = [text(f"Row {number}", desc=f"row-{number}", height=200) for number in range(rows)]
    return column(image(picture=3, height=200), list_view(*items, rid=f"{APP}:id/list"))


def new_display(*, api: int = 34) -> PhoneDisplay:
    return PhoneDisplay(PhoneSpec("test", api=api), StoppedClock())


def node_of(display: PhoneDisplay, **wanted: object) -> Node:
    """The first node on the screen with these fields."""
    for root in display.roots():
        for node in root.walk():
            if all(getattr(node, name) == value for name, value in wanted.items()):
                return node
    raise LookupError(wanted)


@dataclass
class Pipe:
    """stdin, stdout or stderr in memory."""

    data: bytes = b""

    async def write(self, data: bytes) -> None:
        self.data += data

    async def read(self, size: int = -1) -> bytes:
        return b""


@dataclass
class Files:
    written: dict[str, bytes] = field(default_factory=dict[str, bytes])
    read_only: bool = False

    def write(self, path: str, data: bytes, **_: object) -> None:
        if self.read_only:
            raise OSError(30, "Read-only file system")
        self.written[path] = data


@dataclass
class ProcessTable:
    live: list[Process] = field(default_factory=list[Process])
    killed: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    listeners: list[Callable[[Process, str], None]] = field(
        default_factory=list[Callable[[Process, str], None]]
    )

    def start(self, name: str, *, uid: int, package: str | None = None) -> Process:
        process = Process(4000 + len(self.live), uid, name, time.time(), package)
        self.live.append(process)
        return process

    def find(self, name: str) -> Process | None:
        return next((process for process in self.live if process.name == name), None)

    def kill(self, pid: int, *, reason: str = "signaled", signal: int = 9) -> bool:
        for process in [process for process in self.live if process.pid == pid]:
            self.live.remove(process)
            self.killed.append((process.name, reason))
            for listener in self.listeners:
                listener(process, reason)
        return True

    def on_exit(self, listener: Callable[[Process, str], None]) -> None:
        self.listeners.append(listener)


@dataclass
class Network:
    ports: dict[int, int] = field(default_factory=dict[int, int])
    is_online: bool = True
    listening: asyncio.Event = field(default_factory=asyncio.Event)

    def listen(self, port: int, os_port: int) -> None:
        self.ports[port] = os_port
        self.listening.set()

    def unlisten(self, port: int) -> None:
        self.ports.pop(port, None)

    def online(self) -> bool:
        return self.is_online


class Nothing:
    """Packages and settings of an empty phone."""

    def get(self, *_: str) -> None:
        return None

    def all(self, *_: str) -> list[Any]:
        return []


@dataclass
class FakePhone:
    """The parts of a phone that the display's programs and server touch."""

    display: PhoneDisplay = field(default_factory=new_display)
    fs: Files = field(default_factory=Files)
    processes: ProcessTable = field(default_factory=ProcessTable)
    network: Network = field(default_factory=Network)
    packages: Nothing = field(default_factory=Nothing)
    settings: Nothing = field(default_factory=Nothing)
    spec: PhoneSpec = field(default_factory=lambda: PhoneSpec("test"))
    ui_faults: UiServerFaults = field(default_factory=UiServerFaults)
    shell: object = None

    @property
    def parts(self) -> PhoneParts:
        return cast("PhoneParts", self)


def invocation(phone: FakePhone, *argv: str) -> tuple[Invocation, Pipe, Pipe]:
    """A command line as the shell starts it, with its stdout and stderr."""
    out, err = Pipe(), Pipe()
    return Invocation(argv, Pipe(), out, err, phone.parts), out, err
