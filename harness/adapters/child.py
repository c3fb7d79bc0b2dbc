"""Starts and ends the programs that work for us: adb, Appium, launched phones."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from harness.ports import InstrumentError

_TETHER = Path(__file__).with_name("tether.py")
_WATCHERS: list[subprocess.Popen[bytes]] = []
"""Of groups; each ends with its group."""


def tethered(command: Sequence[str]) -> list[str]:
    """The command line of a program that dies with us, for `subprocess.run` as well."""
    return [sys.executable, "-I", "-S", str(_TETHER), str(os.getpid()), *command]


def start(
    instrument: str,
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    output: Path | None = None,
    pipe: bool = False,
    group: bool = False,
) -> subprocess.Popen[bytes]:
    """Starts `command`; it dies with us, also on SIGKILL.

    Call it from a thread that lives as long as the program shall: Linux binds to the
    thread. Output goes to the file `output` (appended) or nowhere; with `pipe` stdout
    is a pipe. `group`: what the command starts dies with us as well. Raises
    InstrumentError(instrument, …).
    """
    sink: int | IO[bytes] = subprocess.DEVNULL
    try:
        if output is not None:
            output.parent.mkdir(parents=True, exist_ok=True)
            sink = output.open("ab")
        process = subprocess.Popen(
            tethered(command),
            env=None if env is None else dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if pipe else sink,
            stderr=sink,
            start_new_session=True,  # Ctrl-C is for us; we end the others in order
        )
        if group:  # a session of its own has the process's id as its group
            _WATCHERS.append(_watcher(process.pid))
    except OSError as error:
        raise InstrumentError(
            instrument, f"start {command[0]}", str(error), advice="Run: harness doctor"
        ) from error
    finally:
        if not isinstance(sink, int):
            sink.close()
    return process


def _watcher(group: int) -> subprocess.Popen[bytes]:
    words = ["--group", str(os.getpid()), str(group)]
    return subprocess.Popen(
        [sys.executable, "-I", "-S", str(_TETHER), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def stop(process: subprocess.Popen[bytes], *, timeout: float = 5.0) -> int | None:
    """SIGTERM, then SIGKILL after `timeout` seconds. Returns the exit code."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            try:
                process.wait(timeout)
            except subprocess.TimeoutExpired:
                return None
    if process.stdout is not None:
        process.stdout.close()
    return process.returncode


def free_port() -> int:
    """A loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
