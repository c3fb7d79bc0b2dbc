"""What each arm of the experiment does to the app, as far as a command can."""

from __future__ import annotations

from harness.adapters.adb.device import AdbDevice, quote, run_adb
from harness.domain.removal import Arm, Proof
from harness.ports import DeviceControl

_SLOW = 300.0

_COMMANDS = {
    Arm.STOP_START: "am force-stop --user {user} {package}",
    Arm.CLEAR: "pm clear --user {user} {package}",
    Arm.KEEP_DATA: "cmd package uninstall -k --user {user} {package}",
    Arm.UNINSTALL_INSTALL: "pm uninstall --user {user} {package}",
    Arm.ARCHIVE: "pm archive --user {user} {package}",
}
"""Always for one user: without --user an uninstallation is one for all of them."""

_SILENT = frozenset({Arm.STOP_START})
"""Say nothing when they did it."""


class ArmRefusedError(Exception):
    """Android or the phone did not do it; `answer` is what it said."""

    def __init__(self, arm: Arm, answer: str) -> None:
        self.arm = arm
        self.answer = answer
        super().__init__(f"the phone refused {arm}: {answer}")


def perform(device: DeviceControl, arm: Arm, package: str, *, user: int = 0) -> str:
    """Does the arm's first half (the installation afterwards is `installing`'s) and returns
    the phone's answer, "" where none is due. Raises ArmRefusedError and InstrumentError."""
    template = _COMMANDS.get(arm)
    if template is None:
        return ""
    result = device.shell(template.format(user=user, package=quote(package)), timeout=_SLOW)
    said = (result.stdout + result.stderr).strip()
    if arm in _SILENT:
        if not result.ok:
            raise ArmRefusedError(arm, said or f"exit {result.exit_code}")
        return ""
    if "Success" not in result.stdout:
        lines = [line for line in said.splitlines() if line.strip()]
        raise ArmRefusedError(arm, lines[0][:200] if lines else f"exit {result.exit_code}")
    return "Success"


def adb_keeps_data(device: AdbDevice, package: str) -> Proof:
    """Asks adb's own `uninstall -k`, which its client refuses by itself (android-storage
    reference, fact 6); an old one that does it has done the arm."""
    done = run_adb(device, "uninstall", "-k", package, timeout=_SLOW)
    said = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
    first = said.splitlines()[0][:160] if said else f"exit {done.returncode}"
    if "Success" in said:
        return Proof("adb_k", holds=True, statement="adb uninstall -k removed the app")
    return Proof("adb_k", None, f"adb uninstall -k was refused: {first}")
