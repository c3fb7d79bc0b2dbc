"""`am instrument` of the UiAutomator2 server: its process and its port."""

from __future__ import annotations

from harness.simphone.contracts import SHELL_UID, PhoneParts, Process
from harness.simphone.ui.display import PhoneDisplay
from harness.simphone.ui.rest.server import UiServer

PHONE_PORT = 6790
PACKAGE = "io.appium.uiautomator2.server"


async def run_instrumentation(phone: PhoneParts) -> None:
    """Runs the server until its session is deleted, its process is killed, or a cancel.

    Afterwards nothing listens on the phone's port and the process is gone.
    `am instrument` starts the process itself; one that is there is used.
    Raises TypeError when the phone's display is not a `PhoneDisplay`.
    """
    display = phone.display
    if not isinstance(display, PhoneDisplay):
        raise TypeError(f"the UI server needs a PhoneDisplay, not {type(display).__name__}")
    process = phone.processes.find(PACKAGE) or _start_process(phone)
    server = UiServer(phone, display)

    def ended(other: Process, _reason: str) -> None:
        if other.pid == process.pid:
            server.over.set()

    phone.processes.on_exit(ended)
    port = await server.start()
    phone.network.listen(PHONE_PORT, port)
    try:
        await server.over.wait()
    finally:
        phone.network.unlisten(PHONE_PORT)
        await server.close()
        if phone.processes.find(PACKAGE) is process:
            reason = "crash" if server.crashed else "exit self"
            phone.processes.kill(process.pid, reason=reason)


def _start_process(phone: PhoneParts) -> Process:
    package = phone.packages.get(PACKAGE)
    uid = package.uid if package is not None else SHELL_UID
    return phone.processes.start(PACKAGE, uid=uid, package=PACKAGE)
