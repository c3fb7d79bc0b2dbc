"""How each fault of machinery.table is made on a phone's session. Only for tests of us."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from harness.adapters import places
from harness.adapters.child import free_port
from harness.domain.resolve import ResolveMap
from harness.ports import InstrumentError
from harness.session.injection import ask_phone
from harness.session.machinery.host_trouble import (
    fill_host_disk,
    forbid_writing,
    jump_clock,
    take_port,
)
from harness.session.machinery.old_adb_server import OldAdbServer
from harness.session.machinery.table import MACHINERY
from harness.session.tools import fill_disk, kill, pause

if TYPE_CHECKING:  # phone_session.py uses this file
    from harness.session.phone_session import PhoneSession

NO_NAME = "name-service-dead.invalid"
"""A name that no resolver anywhere may know (RFC 6761)."""

Breakers = Mapping[str, Callable[[], None]]


def breakers_of(session: PhoneSession) -> Breakers:
    """What strikes as a step begins: the rows of the table, and the run's own injections."""
    run = session.run
    entry = session.entry
    own: dict[str, Callable[[], None]] = {
        "proxy-killed": lambda: kill(session.proxy.address.pid),
        "proxy-wedged": lambda: pause(session.proxy.address.pid),
        "adb-server-killed": lambda: _end_adb(session),
        "adb-server-hung": lambda: _strike(run.tools.pid_of("adb", entry), pause),
        "adb-server-wrong-version": lambda: _replace_adb(session),
        "appium-killed": lambda: _strike(run.tools.pid_of("appium", entry), kill),
        "appium-hung": lambda: _strike(run.tools.pid_of("appium", entry), pause),
        "disk-full": lambda: fill_disk(session.proxy.address.pid, session.journal.proxy_file),
        "host-disk-full": fill_host_disk,
        "run-folder-readonly": lambda: forbid_writing(run.folder.path),
        "clock-jump": jump_clock,
        "allure-missing": lambda: places.pretend_missing("allure"),
        "sigint": partial(os.kill, os.getpid(), signal.SIGINT),
        "sigterm": partial(os.kill, os.getpid(), signal.SIGTERM),
        "sigkill": partial(os.kill, os.getpid(), signal.SIGKILL),
    }
    asked = {row.name: partial(_ask, session, row.name) for row in MACHINERY.values() if row.verb}
    moments = [fault.name for fault in run.faults if fault.at_step]
    return {
        **own,
        **asked,
        **dict.fromkeys(moments, lambda: session.inject(at_step=True)),
    }


def breakers_at_open(session: PhoneSession) -> Breakers:
    """What has to be broken before the phone is acquired."""
    return {
        "port-taken": lambda: _take_system_port(session),
        "host-dns-dead": lambda: _kill_names(session),
        "node-missing": lambda: places.pretend_missing("node"),
    }


def break_this_host(name: str | None) -> None:
    """For the process of a run whose phones have processes of their own."""
    tool = {"node-missing": "node", "allure-missing": "allure"}.get(name or "")
    if tool is not None:
        places.pretend_missing(tool)


def _strike(pid: int | None, blow: Callable[[int], None]) -> None:
    """A server that is not ours is left alone."""
    if pid is not None:
        blow(pid)


def _end_adb(session: PhoneSession) -> None:
    pid = session.run.tools.pid_of("adb", session.entry)
    if pid is not None:
        kill(pid)
        return
    try:
        session.device.link.command("host:kill", timeout=3.0)
    except InstrumentError:
        return  # it was gone already


def _replace_adb(session: PhoneSession) -> None:
    _end_adb(session)
    OldAdbServer(session.device.link.port).start()


def _ask(session: PhoneSession, name: str) -> None:
    row = MACHINERY[name]
    if session.control is None:
        raise InstrumentError(
            "tools",
            f"break {session.entry.name} by {name}",
            "the phone offers no control address",
            advice="Only phones that do can be broken on purpose.",
        )
    ask_phone(session.control, row.verb, row.value)


def _take_system_port(session: PhoneSession) -> None:
    port = session.entry.ports.system or free_port()
    session.entry = replace(session.entry, ports=replace(session.entry.ports, system=port))
    take_port(port)


def _kill_names(session: PhoneSession) -> None:
    known = session.resolve
    session.replaced_resolve = ResolveMap(
        tuple(replace(rule, address=NO_NAME) for rule in known.rules)
    )
