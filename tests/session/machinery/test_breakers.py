"""Each fault is made where the table says, on this run's own programs."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import psutil
import pytest

from harness.adapters import places
from harness.domain.device import DeviceEntry
from harness.domain.resolve import ResolveMap, parse_resolve
from harness.ports import InstrumentError
from harness.session.machinery import breakers
from harness.session.machinery.breakers import NO_NAME, breakers_at_open, breakers_of
from harness.session.machinery.table import MACHINERY
from tests.answers import always


@pytest.fixture
def program() -> Generator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait(10)


def session(**more: Any) -> Any:
    tools = SimpleNamespace(pid_of=always(more.get("pid")))
    run = SimpleNamespace(tools=tools, faults=(), folder=SimpleNamespace(path=Path("/none")))
    made = {
        "run": run,
        "entry": DeviceEntry("desk", serial="S1"),
        "control": "http://control",
        "resolve": ResolveMap((parse_resolve("api.example:443:127.0.0.1:9"),)),
        "replaced_resolve": None,
        **more,
    }
    return cast("Any", SimpleNamespace(**made))


@pytest.mark.parametrize("name", ["adb-server-hung", "appium-hung"])
def test_a_program_that_hangs_lives(name: str, program: subprocess.Popen[bytes]) -> None:
    breakers_of(session(pid=program.pid))[name]()

    deadline = time.monotonic() + 10.0
    while psutil.Process(program.pid).status() != psutil.STATUS_STOPPED:
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("name", ["adb-server-killed", "appium-killed"])
def test_a_program_that_is_killed_is_gone(name: str, program: subprocess.Popen[bytes]) -> None:
    breakers_of(session(pid=program.pid))[name]()

    assert program.wait(10) == -9


@pytest.mark.parametrize("name", ["adb-server-hung", "appium-hung", "appium-killed"])
def test_what_is_not_ours_is_left_alone(name: str) -> None:
    breakers_of(session(pid=None))[name]()


@pytest.mark.parametrize("name", [row.name for row in MACHINERY.values() if row.verb])
def test_a_phone_is_broken_at_its_control_address(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, object]] = []

    def ask(control: str, verb: str, value: object) -> None:
        asked.append((control, verb, value))

    monkeypatch.setattr(breakers, "ask_phone", ask)

    breakers_of(session())[name]()

    assert asked == [("http://control", MACHINERY[name].verb, MACHINERY[name].value)]
    with pytest.raises(InstrumentError, match="no control address"):
        breakers_of(session(control=None))[name]()


def test_a_host_that_finds_no_name() -> None:
    broken = session()

    breakers_at_open(broken)["host-dns-dead"]()

    assert broken.replaced_resolve.lookup("api.example", 443) == (NO_NAME, 9)


def test_the_port_of_uiautomator2_is_taken_by_another_program() -> None:
    broken = session()
    breakers_at_open(broken)["port-taken"]()

    with socket.create_connection(("127.0.0.1", broken.entry.ports.system), timeout=5):
        pass


@pytest.mark.parametrize("tool", ["node", "allure"])
def test_a_tool_is_missing(tool: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_MISSING", set[str]())
    every = {**breakers_of(session()), **breakers_at_open(session())}

    every[f"{tool}-missing"]()

    assert places.is_missing(tool)


@pytest.mark.parametrize(
    ("name", "missing"), [("node-missing", "node"), ("allure-missing", "allure"), (None, "")]
)
def test_tools_are_missing_to_a_run_of_many_phones_as_well(
    name: str | None, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_MISSING", set[str]())

    breakers.break_this_host(name)

    assert ({missing} if missing else set()) == places._MISSING
