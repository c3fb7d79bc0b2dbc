from __future__ import annotations

import pytest

from harness.simphone.sh.state import ReadOnlyVariableError, ShellState, default_environment


def state() -> ShellState:
    return ShellState(pid=7, variables={"A": "1", "B": "2"}, exported={"A"}, positional=["x", "y"])


@pytest.mark.parametrize(
    ("name", "value"),
    [("?", "0"), ("$", "7"), ("!", None), ("#", "2"), ("1", "x"), ("3", None), ("@", "x y"),
     ("A", "1"), ("C", None), ("0", "/system/bin/sh"), ("-", "hc")],
)  # fmt: skip
def test_parameters(name: str, value: str | None) -> None:
    assert state().get(name) == value


def test_a_subshell_changes_nothing_outside() -> None:
    outer = state()
    outer.traps = {0: "echo bye", 1: "", 15: "echo t"}
    inner = outer.subshell()
    inner.assign("A", "changed")
    inner.unset("B")
    inner.positional.append("z")

    assert (outer.get("A"), outer.get("B"), outer.get("#")) == ("1", "2", "2")
    assert inner.traps == {1: ""}
    assert inner.get("$") == "7"
    assert outer.environment() == {"A": "1"}
    assert outer.ignored_signals() == {1}


def test_read_only_variables() -> None:
    fixed = state()
    fixed.read_only.add("A")

    with pytest.raises(ReadOnlyVariableError):
        fixed.assign("A", "2")
    with pytest.raises(ReadOnlyVariableError):
        fixed.unset("A")


def test_environment_of_adb() -> None:
    assert default_environment(0)["USER"] == "root"
    assert "/system/bin" in default_environment(2000)["PATH"]
