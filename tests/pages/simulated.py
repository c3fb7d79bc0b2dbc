"""The page objects' phone without adb and Appium: a simulated phone of this process."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Coroutine, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - lxml ships no types

from harness.adapters.locator_file import load_locators
from harness.adapters.profile_file import load_profile
from harness.domain.secret import Secret
from harness.pages.app import App
from harness.pages.hand import Hand, Sight
from harness.ports import ShellResult
from harness.simphone.app.build import PACKAGE, SPLASH
from harness.simphone.contracts import ROOT_UID, SHELL_UID
from harness.simphone.control import set_faults
from harness.simphone.fleet import Fleet, Running, Wish
from harness.simphone.phone_verbs import PHONE_VERBS, Target
from harness.simphone.ui import hierarchy
from tests.pages.scripted_ui import Notes

PROFILE = load_profile("tiktok")
BACK = 4  # key code


class SimulatedUi:
    """Implements pages.ui.Ui by the display's own tree and touches."""

    def __init__(self, phone: SimulatedPhone) -> None:
        self._phone = phone

    def source(self) -> str:
        async def dump() -> str:
            return hierarchy.build(self._phone.running.phone.display.roots()).xml()

        return self._phone.run(dump())

    def screenshot(self) -> bytes:
        return b""

    def focus(self) -> tuple[str, str] | None:
        return self._phone.running.phone.display.focus()

    def tap(self, xpath: str) -> None:
        found: Any = etree.fromstring(self.source().encode()).xpath(xpath)
        edges = [int(edge) for edge in re.findall(r"-?\d+", found[0].attrib["bounds"])]
        x, y = (edges[0] + edges[2]) // 2, (edges[1] + edges[3]) // 2
        self._phone.run(self._phone.running.phone.display.tap(x, y))

    def type(self, xpath: str, text: str | Secret) -> None:
        self.tap(xpath)
        plain = text.reveal() if isinstance(text, Secret) else text
        self._phone.run(self._phone.running.phone.display.type_text(plain))

    def text(self, xpath: str) -> str:
        return ""

    def back(self) -> None:
        self._phone.run(self._phone.running.phone.display.key(BACK))

    def hide_keyboard(self) -> None: ...


class _Pipe:
    """A shell's stream: collects what is written, gives nothing to read."""

    def __init__(self) -> None:
        self.data = b""

    async def write(self, data: bytes) -> None:
        self.data += data

    async def read(self, size: int = -1) -> bytes:
        return b""


class SimulatedDevice:
    """Implements ports.DeviceControl by the phone's own shell, without adb."""

    name = "one"
    serial = "SIMULATED"

    def __init__(self, phone: SimulatedPhone) -> None:
        self._phone = phone
        self.reversed: dict[int, int] = {}

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        out, err = _Pipe(), _Pipe()
        phone = self._phone.running.phone
        uid = ROOT_UID if phone.adb_root else SHELL_UID
        code = self._phone.run(
            phone.shell.run(command, stdin=_Pipe(), stdout=out, stderr=err, uid=uid)
        )
        said, complained = (pipe.data.decode("utf-8", "replace") for pipe in (out, err))
        return ShellResult(command, said, complained, code)

    def push(self, source: Path, target: str, *, mode: int = 0o644, timeout: float = 60.0) -> None:
        async def write() -> None:
            data = source.read_bytes()
            self._phone.running.phone.fs.write(target, data, uid=SHELL_UID, mode=mode)

        self._phone.run(write())

    def pull(self, source: str, target: Path, *, timeout: float = 60.0) -> None:
        raise AssertionError("nothing is pulled")

    def reverse(self, phone_port: int, host_port: int) -> None:
        self.reversed[phone_port] = host_port

    def reverse_list(self) -> list[tuple[int, int]]:
        return list(self.reversed.items())

    def remove_reverse(self, phone_port: int) -> None:
        self.reversed.pop(phone_port, None)

    def root(self, *, timeout: float = 15.0) -> bool:
        self._phone.running.phone.adb_root = self._phone.running.wish.profile != "retail"
        return self.is_root()

    def is_root(self) -> bool:
        return self._phone.running.phone.adb_root

    def state(self) -> str:
        return "device"

    def wait_for(self, state: str = "device", *, timeout: float = 30.0) -> None: ...


class SimulatedPhone:
    """One phone in a loop of its own; also the app's icon."""

    def __init__(self, loop: asyncio.AbstractEventLoop, fleet: Fleet) -> None:
        self._loop = loop
        self.fleet = fleet
        self.notes = Notes()
        self.ui = SimulatedUi(self)
        self.device = SimulatedDevice(self)

    @property
    def running(self) -> Running:
        return self.fleet.running[0]

    def run[T](self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def start(self) -> None:
        async def start() -> None:
            await self.running.phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")

        self.run(start())

    def stop(self) -> None:
        async def stop() -> None:
            self.running.phone.activities.force_stop(PACKAGE)

        self.run(stop())

    def faults(self, *pairs: tuple[str, str]) -> None:
        """Switches faults of the app or the service on."""
        self.run(set_faults(self._target, list(pairs)))

    def verb(self, name: str, value: object) -> None:
        """Does something to the phone or its network."""

        async def act() -> None:
            await PHONE_VERBS[name].act(self._target, value)

        self.run(act())

    @property
    def _target(self) -> Target:
        return Target(self.running.phone, self.fleet.service, adopted=self.running.wish.adopted)

    def app(self) -> App:
        sight = Sight(load_locators("tiktok"), PROFILE, (PACKAGE,))
        return App(Hand(self.ui, sight, self.notes), self)


@contextmanager
def simulated(folder: Path, incident: str = "none", **wish: Any) -> Generator[SimulatedPhone]:
    """A phone with the app on it, used and logged in unless `wish` says otherwise."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    folder.mkdir(exist_ok=True)
    wishes: dict[str, Any] = {"logged_in": True, **wish}
    fleet = Fleet([Wish("one", **wishes)], folder)
    phone = SimulatedPhone(loop, fleet)
    try:
        phone.run(fleet.start(incident))
        yield phone
    finally:
        phone.run(fleet.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
