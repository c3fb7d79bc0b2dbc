"""Starts and ends the programs that work for us: adb, Appium, launched phones."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

import psutil

from harness.ports import InstrumentError

_TETHER = Path(__file__).with_name("tether.py")
_SUBREAPER = Path(__file__).with_name("subreaper.py")


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
    tree: bool = False,
) -> subprocess.Popen[bytes]:
    """Starts `command`; it dies with us, also on SIGKILL.

    Call it from a thread that lives as long as the program shall: Linux binds to the
    thread. Output goes to the file `output` (appended) or nowhere; with `pipe` stdout
    is a pipe. `tree`: what the command starts dies with it and with us as well; the
    process returned is then the one that sees to that (subreaper.py), and the command is
    its child. Raises InstrumentError(instrument, …).
    """
    sink: int | IO[bytes] = subprocess.DEVNULL
    try:
        if output is not None:
            output.parent.mkdir(parents=True, exist_ok=True)
            sink = output.open("ab")
        process = subprocess.Popen(
            _with_all_it_starts(command) if tree else tethered(command),
            env=None if env is None else dict(env),
            cwd=cwd,
            stdin=subprocess.PIPE if tree else subprocess.DEVNULL,  # its end tells of ours
            stdout=subprocess.PIPE if pipe else sink,
            stderr=sink,
            start_new_session=True,  # Ctrl-C is for us; we end the others in order
        )
    except OSError as error:
        raise InstrumentError(
            instrument, f"start {command[0]}", str(error), advice="Run: harness doctor"
        ) from error
    finally:
        if not isinstance(sink, int):
            sink.close()
    return process


def _with_all_it_starts(command: Sequence[str]) -> list[str]:
    return [sys.executable, "-I", "-S", str(_SUBREAPER), *command]


def command_pid(tree: subprocess.Popen[bytes]) -> int | None:
    """Process id of the command of a process that was started with `tree`."""
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(tree.pid).children():
            return child.pid
    return None


def stop(process: subprocess.Popen[bytes], *, timeout: float = 5.0) -> int | None:
    """SIGTERM, then SIGKILL after `timeout` seconds. Returns the exit code."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            _kill(process, timeout)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    return process.returncode


def _kill(process: subprocess.Popen[bytes], timeout: float) -> None:
    if process.stdin is not None:  # a tree: it is ended from within, so that nothing is left
        process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout)
    process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout)


def free_port() -> int:
    """A loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
