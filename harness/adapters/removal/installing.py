"""Installs an app from its saved parts by a session of the phone's package manager."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from harness.adapters.adb.device import quote
from harness.domain.removal import CodePart
from harness.ports import InstrumentError, StreamingControl

_SLOW = 600.0
_SESSION = re.compile(r"\[(\d+)\]")


class InstallRefusedError(InstrumentError):
    """The phone did not take the app; `answer` is what it said."""

    def __init__(self, device: str, command: str, answer: str) -> None:
        self.answer = answer
        super().__init__(
            "adb",
            f"install the app on {device}",
            f"{command!r} gave: {answer}",
            advice="On some phones 'Install via USB' must be allowed in the developer options."
            if "USER_RESTRICTED" in answer
            else "",
        )


def install_code(
    device: StreamingControl,
    parts: Sequence[CodePart],
    folder: Path,
    *,
    installer: str | None,
    user: int = 0,
    opened: Callable[[int], None] = lambda _: None,
) -> str:
    """Over what is installed, or anew; the same for one APK and for splits. Returns the
    phone's answer. `opened` is told the session before anything is written into it.

    Raises InstallRefusedError.
    """
    total = sum(part.size for part in parts)
    words = f"pm install-create --user {user} -r -S {total}"
    if installer is not None:
        words += f" -i {quote(installer)}"
    created = device.shell(words, timeout=60.0)
    found = _SESSION.search(created.stdout)
    if not created.ok or found is None:
        raise InstallRefusedError(device.name, words, _said(created.stdout + created.stderr))
    session = int(found[1])
    opened(session)
    try:
        for part in parts:
            _write(device, session, part, folder / part.file)
        command = f"pm install-commit {session}"
        done = device.shell(command, timeout=_SLOW)
        answer = _said(done.stdout + done.stderr)
        if "Success" not in done.stdout:
            raise InstallRefusedError(device.name, command, answer)
    except InstrumentError:
        abandon(device, session)
        raise
    return answer


def abandon(device: StreamingControl, session: int) -> None:
    """Gives up a session; one that is over is fine."""
    device.shell(f"pm install-abandon {session}", timeout=30.0)


def _write(device: StreamingControl, session: int, part: CodePart, file: Path) -> None:
    command = f"pm install-write -S {part.size} {session} {quote(part.name)} -"
    with file.open("rb") as source:
        result = device.shell_from_file(command, source, timeout=_SLOW)
    if "Success" not in result.stdout:
        raise InstallRefusedError(device.name, command, _said(result.stdout + result.stderr))


def _said(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "nothing"
