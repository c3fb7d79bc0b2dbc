"""A run as a terminal shows it: redrawn in a terminal, plain lines elsewhere, NO_COLOR."""

import os
import pty
import re
import subprocess
import sys

import pytest

SCRIPT = """
from rich.console import Console
from harness.cli.progress import shown
from harness.reporting.terminal import print_verdicts
from tests.reporting.records import verdict
with shown() as hooks:
    hooks.progress.step("sim", "login", "open the app", "begun")
    hooks.pytest_harness_verdict(verdict())
print_verdicts(Console(), [verdict(summary="A long sentence of many words. " * 8)])
"""
COLOUR = re.compile(rb"\x1b\[(?:3[0-7]|9[0-7]|1;3[0-7])[;m]")
REDRAWN = b"\x1b[2K"


def output(*, terminal: bool, **changes: str) -> bytes:
    """What a child writes into a pseudo-terminal of 80 columns, or into a pipe."""
    kept = {k: v for k, v in os.environ.items() if k not in {"CI", "NO_COLOR", "TERM"}}
    environment = kept | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "40"} | changes
    command = [sys.executable, "-c", SCRIPT]
    if not terminal:
        return subprocess.run(
            command, env=environment, capture_output=True, timeout=60, check=True
        ).stdout
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, env=environment, stdout=theirs, stderr=theirs) as child:
        os.close(theirs)
        pieces: list[bytes] = []
        try:
            while piece := os.read(ours, 65536):
                pieces.append(piece)
        except OSError:  # Linux says so when the last writer is gone
            pass
        os.close(ours)
        assert child.wait(60) == 0
    return b"".join(pieces)


def widths(text: bytes) -> list[int]:
    bare = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", text).decode()
    return [len(line) for part in bare.splitlines() for line in part.split("\r")]


def test_a_terminal_is_redrawn_in_colour_and_fits() -> None:
    text = output(terminal=True)

    assert REDRAWN in text
    assert COLOUR.search(text)
    assert b"failed" in text
    assert max(widths(text)) <= 80


@pytest.mark.parametrize(
    ("terminal", "changes", "redrawn", "colour"),
    [
        (True, {"NO_COLOR": "1"}, True, False),
        (True, {"CI": "1"}, False, True),
        (True, {"TERM": "dumb"}, False, False),
        (False, {}, False, False),
    ],
    ids=["NO_COLOR", "CI", "dumb", "pipe"],
)
def test_elsewhere(terminal: bool, changes: dict[str, str], redrawn: bool, colour: bool) -> None:
    text = output(terminal=terminal, **changes)

    assert (REDRAWN in text) is redrawn
    assert bool(COLOUR.search(text)) is colour
    assert (b"sim login: open the app" in text) is not redrawn
    assert b"failed, server, 95 %" in text or redrawn
    assert b"A long sentence" in text
