"""How system_server writes to the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.simphone.android.parts import AndroidPhone


def server_pid(phone: AndroidPhone) -> int:
    """Pid of system_server; 0 before boot."""
    server = phone.processes.find("system_server")
    return server.pid if server else 0


def event(phone: AndroidPhone, tag: str, *values: object) -> None:
    """One entry of the events buffer: `[a,b,c]`."""
    text = ",".join(str(value) for value in values)
    phone.log.write(tag, f"[{text}]", pid=server_pid(phone), buffer="events")


def say(phone: AndroidPhone, tag: str, text: str, priority: str = "I") -> None:
    """One entry of the system buffer."""
    phone.log.write(tag, text, priority=priority, pid=server_pid(phone), buffer="system")
