"""Starts the harness and simulated phones as a user would, each by its command line."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from harness.adapters.places import adb_binary

ROOT = Path(__file__).resolve().parents[2]
HARNESS = [str(Path(sys.executable).with_name("harness"))]


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, adb_port: int, **more: str) -> dict[str, str]:
    """An empty home, an adb server of its own; nothing of the developer's shell leaks in."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "TMPDIR") if key in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "HARNESS_STATE": str(home / "state"),
        "ANDROID_ADB_SERVER_PORT": str(adb_port),
        "ADB_USB": "0",
        "ADB_MDNS": "0",
        "ADB_EMU": "0",
        "NO_COLOR": "1",
        **more,
    }


@dataclass(slots=True)
class Lab:
    """One home, one adb server, and what was started in it."""

    home: Path
    adb_port: int = field(default_factory=free_port)

    def env(self, **more: str) -> dict[str, str]:
        return environment(self.home, self.adb_port, **more)

    def harness(
        self, *arguments: str, timeout: float = 180, cwd: Path | None = None, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Runs `harness ARGUMENTS` to its end."""
        return subprocess.run(
            [*HARNESS, *arguments],
            cwd=cwd or ROOT,
            env=self.env(**more),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def adb(self, *arguments: str, timeout: float = 30) -> subprocess.CompletedProcess[str]:
        """Runs the real adb against this lab's server."""
        return subprocess.run(
            [str(adb_binary()), *arguments],
            env=self.env(),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    @contextmanager
    def phones(self, *arguments: str) -> Generator[dict[str, Any]]:
        """`harness phone` in the background; gives its JSON line."""
        with started([*HARNESS, "phone", *arguments], self.env()) as process:
            yield first_json_line(process, 60)

    def close(self) -> None:
        self.adb("kill-server", timeout=10)


@contextmanager
def started(
    command: list[str], env: dict[str, str], cwd: Path = ROOT
) -> Generator[subprocess.Popen[str]]:
    """A program in the background, asked to end by SIGINT, then by SIGKILL."""
    process = subprocess.Popen(
        command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate(timeout=10)


def first_json_line(process: subprocess.Popen[str], seconds: float) -> dict[str, Any]:
    """The one JSON line that a command prints once it is up."""
    lines: list[str] = []

    def read() -> None:
        assert process.stdout is not None
        lines.append(process.stdout.readline())

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(seconds)
    if not lines or not lines[0].strip():
        process.kill()
        _, said = process.communicate(timeout=10)
        raise AssertionError(f"{process.args} printed no line within {seconds} s: {said[-2000:]}")
    return cast("dict[str, Any]", json.loads(lines[0]))


def devices_file(folder: Path, answer: dict[str, Any], **more: str) -> Path:
    """devices.yaml for a phone that is already running, as for a phone on the desk."""
    phone, service = answer["phones"][0], answer["service"]
    text = textwrap.dedent(f"""\
        phones:
          desk:
            serial: "{phone["address"]}"
            default: true
            account:
              user: "{phone["account"]["user"]}"
              password_file: "{phone["account"]["password_file"]}"
            may_log_out: true
            may_change_trust: true
            upstream_ca: "{service["upstream_ca"]}"
            resolve: {json.dumps(service["resolve"])}
    """)
    text += "".join(f"    {key}: {value}\n" for key, value in more.items())
    file = folder / "devices.yaml"
    file.write_text(text)
    return file


def verdicts(run: Path) -> list[dict[str, Any]]:
    """The verdicts of a run folder."""
    document = json.loads((run / "verdicts.json").read_text())
    return cast("list[dict[str, Any]]", document["verdicts"])


def eventually(check: Callable[[], bool], seconds: float, pause: float = 0.2) -> bool:
    """Whether `check` became true within `seconds`."""
    done = threading.Event()
    for _ in range(int(seconds / pause) + 1):
        if check():
            return True
        done.wait(pause)
    return False
