"""The stand-in for a person does what is asked, in its order, and says what went wrong."""

from __future__ import annotations

from typing import Any, cast

import pytest

from harness.adapters.adb.device import AdbDevice
from harness.ports import InstrumentError, ShellResult
from harness.session.reinstall_matrix.person import Person


class Phone:
    def __init__(self, code: int = 0, *, away: bool = False) -> None:
        self.code, self.away = code, away
        self.done: list[str] = []

    def shell(self, command: str, **_: object) -> ShellResult:
        if self.away:
            raise InstrumentError("adb", "shell", "device offline")
        self.done.append(command)
        return ShellResult(command, "", "no room", self.code)


def person(phone: Phone) -> Person:
    return Person(cast("AdbDevice", cast("Any", phone)), "a.b")


def test_deletes_installs_and_then_listens_only() -> None:
    phone = Phone()
    made = person(phone)
    for text in ("please delete", "please install", "thank you"):
        made.hear(text)
        made.done()
    assert ["uninstall" in phone.done[0], "pm install" in phone.done[1]] == [True, True]
    assert len(phone.done) == 3


@pytest.mark.parametrize(
    ("phone", "due"), [(Phone(1), "exit 1: no room"), (Phone(away=True), "device offline")]
)
def test_what_could_not_be_done_is_said(phone: Phone, due: str) -> None:
    made = person(phone)
    made.hear("please delete")
    with pytest.raises(InstrumentError, match=due):
        made.done()
