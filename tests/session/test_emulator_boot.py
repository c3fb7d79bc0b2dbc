"""A boot is over when everything works, and is given up with the stage that it reached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.ports import InstrumentError, ShellResult
from harness.session import emulator_boot
from harness.session.emulator_boot import SIGNS, await_boot
from tests.adapters.removal.folder_phone import FolderPhone

HOME = "priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false\n"
ONLINE = (
    "Active default network: 100\n\nCurrent Networks:\n"
    "  NetworkAgentInfo{network{100} nc{[ Transports: WIFI Capabilities: INTERNET&VALIDATED ]}}\n"
)
UP = {
    "getprop sys.boot_completed": "1\n",
    "pm path android": "package:/system/framework/framework-res.apk\n",
    "cmd package resolve-activity": f"{HOME}com.android.launcher3/.Launcher\n",
    "dumpsys connectivity": ONLINE,
}


class Booting(FolderPhone):
    """Answers from a table; what is not in it fails."""

    answers: dict[str, str]
    attached = True

    def state(self) -> str:
        return "device" if self.attached else "offline"

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        self.done.append(command)
        for start, answer in self.answers.items():
            if command.startswith(start):
                if answer == "closed":
                    raise InstrumentError("adb", command, "closed")
                return ShellResult(command, answer, "", 0)
        return ShellResult(command, "", "", 1)


@pytest.fixture
def phone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Booting:
    monkeypatch.setattr(emulator_boot, "_POLL", 0.001)
    made = Booting(tmp_path)
    made.answers = dict(UP)
    return made


def running() -> int | None:
    return None


def test_every_sign_is_asked_for_in_order(phone: Booting) -> None:
    await_boot(phone, 1.0, running)
    assert [command.split()[0] for command in phone.done] == ["getprop", "pm", "cmd", "dumpsys"]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"getprop sys.boot_completed": "\n"}, "it has adb, but not Android"),
        ({"getprop sys.boot_completed": "closed"}, "not Android (sys.boot_completed) (closed)"),
        ({"pm path android": "closed"}, "but not the package manager"),
        ({"cmd package resolve-activity": "No activity found\n"}, "but not the launcher"),
        (
            {"cmd package resolve-activity": f"{HOME}com.android.settings/.FallbackHome\n"},
            "but not the launcher",
        ),
        ({"dumpsys connectivity": "Active default network: none\n"}, "but not a network"),
    ],
)
def test_what_is_missing_is_told(phone: Booting, changes: dict[str, str], missing: str) -> None:
    phone.answers |= changes
    with pytest.raises(InstrumentError) as caught:
        await_boot(phone, 0.02, running)
    assert "not up within 0 s" in str(caught.value)
    assert missing in str(caught.value)


def test_a_phone_that_never_shows_up(phone: Booting) -> None:
    phone.attached = False
    with pytest.raises(InstrumentError, match="it has not adb"):
        await_boot(phone, 0.02, running)


def test_it_goes_on_as_soon_as_it_is_up(phone: Booting) -> None:
    asked: list[int] = []

    def late(answer: str, after: int) -> Callable[[str], None]:
        def note(_: str) -> None:
            asked.append(1)
            if len(asked) == after:
                phone.answers["pm path android"] = answer

        return note

    phone.answers["pm path android"] = "closed"
    noted = late("package:x\n", 4)
    original = phone.shell

    def shell(command: str, **more: object) -> ShellResult:
        noted(command)
        return original(command)

    phone.shell = shell  # pyright: ignore[reportAttributeAccessIssue] - a stand-in
    await_boot(phone, 5.0, running)
    assert len(asked) > len(SIGNS)


def test_an_emulator_that_ended_is_told_at_once(phone: Booting) -> None:
    with pytest.raises(InstrumentError, match="ended with exit code 1"):
        await_boot(phone, 60.0, lambda: 1)
