import pytest

from harness.ports import DeviceControl
from harness.session.machinery import phone_state
from harness.session.machinery.phone_state import changes, read_state
from tests.adapters.adb.conftest import FakePhone


def test_lines_are_sorted_and_what_our_fault_changes_is_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def batch(_phone: DeviceControl, commands: dict[str, str], **_: object) -> dict[str, str]:
        found = dict.fromkeys(commands, "")
        found["global settings"] = "b=2\nauto_time=0\na=1\n\n"
        return found

    monkeypatch.setattr(phone_state, "read_batch", batch)

    assert read_state(FakePhone())["global settings"] == ("a=1", "b=2")


def test_what_differs_is_told_by_line() -> None:
    before = {"global settings": ("a=1", "b=2"), "loop": ()}

    assert changes(before, before) == ""
    assert changes(before, {"global settings": ("a=1", "b=3"), "loop": ("dm.pid",)}) == (
        "global settings: +b=3, -b=2; loop: +dm.pid"
    )
    assert changes(before, {}) == "global settings: -a=1, -b=2"
