"""The same step once without our capture, and once more with it."""

from __future__ import annotations

import ast
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.adapters.places import clone_root
from harness.ports import InstrumentError
from harness.screens.errors import BlockedError
from harness.session import capture_off
from harness.session.capture_off import CaptureOff

NOT_THERE = AssertionError("no profile is shown")
CAPTCHA = BlockedError("captcha", "a captcha")


class Phone:
    """`looks`: what each look gives or raises."""

    def __init__(self, *looks: bool | Exception) -> None:
        self.looks = list(looks)
        self.done: list[str] = []

    def start(self) -> None: ...

    def stop(self) -> None:
        self.done.append("stop")

    @contextmanager
    def aside(self) -> Generator[None]:
        self.done.append("aside")
        try:
            yield
        finally:
            self.done.append("attached")

    def look(self) -> bool:
        self.done.append("look")
        seen = self.looks.pop(0)
        if isinstance(seen, Exception):
            raise seen
        return seen


@pytest.mark.parametrize(
    ("looks", "result", "stages"),
    [
        ((True, False), "ok", ("ok", "failed")),
        ((True, NOT_THERE), "ok", ("ok", "failed")),
        ((True, True), "not_made", ("ok", "ok")),
        ((True, CAPTCHA), "not_made", ("ok", "not_made")),
        ((False,), "failed", ("failed", "not_made")),
        ((NOT_THERE,), "failed", ("failed", "not_made")),
        ((CAPTCHA,), "not_made", ("not_made", "not_made")),
    ],
)
def test_only_what_works_without_us_and_fails_with_us_is_ours(
    looks: tuple[bool | Exception, ...], result: str, stages: tuple[str, str]
) -> None:
    phone = Phone(*looks)
    made = CaptureOff(phone, phone.aside, phone.look).same_step()
    assert (made.name, made.result) == ("capture_off", result)
    assert (made.stages["off"], made.stages["on"]) == stages
    assert made.stages["trial"] == result
    # The app is ended before its traffic comes to us again.
    assert phone.done[:4] == ["aside", "look", "stop", "attached"]
    assert phone.done[-1] == "stop"


def test_a_look_that_took_long_is_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture_off, "SECONDS", -1.0)
    phone = Phone(True)
    made = CaptureOff(phone, phone.aside, phone.look).same_step()
    assert (made.result, made.stages["on"]) == ("not_made", "not_made")


def test_a_phone_that_fails_in_the_middle_is_attached_again() -> None:
    phone = Phone(InstrumentError("adb", "start", "gone"))
    with pytest.raises(InstrumentError):
        CaptureOff(phone, phone.aside, phone.look).same_step()
    assert phone.done[-1] == "attached"


def test_no_step_that_logs_in_is_ever_looked_at_again() -> None:
    again: list[str] = []
    for file in (clone_root() / "scenarios").glob("test_*.py"):
        for node in ast.walk(ast.parse(Path(file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.With):
                call = node.items[0].context_expr
                if isinstance(call, ast.Call) and any(w.arg == "again" for w in call.keywords):
                    again.append(ast.unparse(call))
                    inside = "".join(ast.unparse(line) for line in node.body)
                    assert "take_log_in" not in inside, ast.unparse(call)
                    assert "submit" not in inside, ast.unparse(call)
    assert len(again) == 2
    assert not [call for call in again if "login" in call]
