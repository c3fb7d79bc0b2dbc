"""`python -m harness.simphone` as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

COMMAND = [sys.executable, "-m", "harness.simphone", "--no-connect"]


def start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_line_then_a_clean_end(number: signal.Signals) -> None:
    process = start("--count", "2", "--json")
    assert process.stdout is not None
    found = json.loads(process.stdout.readline())
    assert [phone["name"] for phone in found["phones"]] == ["sim-1", "sim-2"]
    folder = Path(found["service"]["upstream_ca"]).parent
    assert folder.is_dir()
    process.send_signal(number)
    rest, errors = process.communicate(timeout=20)
    assert (process.returncode, rest, errors) == (0, "", "")
    assert not folder.exists()


@pytest.mark.parametrize(
    ("words", "planted", "cards"),
    [
        ((), True, 0),
        (("--content", "none", "--logged-out"), False, 0),
        (("--seed", "7", "--card", "--preinstalled", "--allow-backup"), True, 2),
    ],
)
def test_what_a_phone_starts_with(words: tuple[str, ...], planted: bool, cards: int) -> None:
    process = start(*words)
    assert process.stdout is not None
    control = json.loads(process.stdout.readline())["phones"][0]["control"]
    rows = httpx.get(f"{control}/planted", timeout=5, trust_env=False).json()
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=20)[1] == ""
    assert bool(rows) == planted
    assert sum(row["path"].startswith("/storage/1A2B-3C4D/") for row in rows) == cards


@pytest.mark.parametrize("words", [("--incident", "nope"), ("--api", "7")])
def test_wrong_words_end_with_2_and_a_sentence(words: tuple[str, str]) -> None:
    process = start(*words)
    out, errors = process.communicate(timeout=20)
    assert (process.returncode, out) == (2, "")
    assert len(errors.strip().splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="kernel's parent-death signal")
def test_dies_with_its_parent() -> None:
    script = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen({COMMAND!r} + ['--die-with-parent'], stdout=subprocess.PIPE)\n"
        "print(child.pid, flush=True)\n"
        "print(child.stdout.readline().decode(), flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    folder = Path(json.loads(parent.stdout.readline())["service"]["upstream_ca"]).parent
    parent.kill()
    parent.wait(timeout=10)
    limit = time.monotonic() + 15
    while (folder.exists() or _is_running(child)) and time.monotonic() < limit:
        time.sleep(0.1)
    alive = _is_running(child)
    if alive:
        os.kill(child, signal.SIGKILL)
    assert not alive
    assert not folder.exists()
    parent.stdout.close()


def _is_running(pid: int) -> bool:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"
