"""A person deletes and installs; we wait, say what is due, and give up in the end."""

import pytest

from harness.ports import InstrumentError, ShellResult
from harness.session.by_hand import await_reinstall
from tests.adapters.adb.conftest import FakePhone


class Phone(FakePhone):
    """Has the app, then not, then again; `stays` ends the story early."""

    def __init__(self, stays: int) -> None:
        super().__init__()
        self.story = ["package:/x", "", "", "package:/y"][:stays]

    def shell(self, command: str, **_: object) -> ShellResult:
        now = self.story.pop(0) if len(self.story) > 1 else self.story[0]
        return ShellResult(command, now, "", 0)


def test_gone_and_there_again() -> None:
    said: list[str] = []
    await_reinstall(Phone(4), "a.b", patience=1.0, tell=said.append)
    assert len(said) == 3
    assert "delete a.b" in said[0]


@pytest.mark.parametrize(("stays", "due"), [(1, "delete a.b"), (2, "install a.b")])
def test_a_person_who_does_not_come(stays: int, due: str) -> None:
    with pytest.raises(InstrumentError, match=due):
        await_reinstall(Phone(stays), "a.b", patience=0.05, tell=lambda _: None)
