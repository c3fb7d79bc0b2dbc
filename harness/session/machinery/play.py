"""Plays one trial: a phone that outlives the run, the run with its fault, and a look after."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from harness.adapters import child
from harness.adapters.adb.device import AdbDevice, connect
from harness.adapters.adb.server import AdbServer, start_server
from harness.adapters.observation_file import read_observations
from harness.domain.facts.recovery import RecoveryTried
from harness.ports import InstrumentError
from harness.session.injection import ask_phone
from harness.session.launch import first_line
from harness.session.machinery.ending import Ending, Said
from harness.session.machinery.phone_state import changes, read_state
from harness.session.machinery.table import MACHINERY
from harness.session.machinery.trial import MachineTrial

BOUND = 280.0
"""Seconds after which a run counts as hanging."""

AS_FOUND_WITHIN = 15.0
"""Seconds for the loop on the phone (10) and a phone that restarts."""

NAME = "desk"
_UNDO: tuple[tuple[str, object], ...] = (
    ("cable_pulled", False),
    ("adb_silent", False),
    ("unauthorized", False),
    ("screen_locked", False),
    ("storage_full", False),
    ("battery_low", False),
    ("ui_crash", False),
    ("clock_offset", 0),
)


class Desk:
    """One standing phone, our own adb server beside the run's, and the files of a trial."""

    def __init__(self, folder: Path) -> None:
        """`folder` is emptied first. Raises InstrumentError when the phone does not start."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.folder = folder
        self.out = folder / "run"
        self._server: AdbServer = start_server(child.free_port(), log=folder / "adb.log")
        try:
            self._phone = self._start_phone()
        except BaseException:
            self._server.stop()
            raise

    def _start_phone(self) -> AdbDevice:
        command = [sys.executable, "-m", "harness", "phone", "--count", "1", "--no-connect"]
        self._process = child.start(
            "tools", command, output=self.folder / "phone.log", pipe=True, env=self.environment()
        )
        try:
            line = first_line(self._process, 90.0)
            phone = cast("dict[str, Any]", json.loads(line))["phones"][0]
            self.control = str(phone["control"])
            address = str(phone["address"])
            connect(self._server.link, address)
        except BaseException:
            child.stop(self._process)
            raise
        (self.folder / "line.json").write_text(line + "\n", encoding="utf-8")
        self._write_devices(address)
        return AdbDevice(NAME, address, self._server.link)

    def _write_devices(self, address: str) -> None:
        launch = [
            "{python}",
            "-m",
            "harness.session.machinery.standing_phone",
            str(self.folder / "line.json"),
        ]
        entry = {
            "launch": launch,
            "default": True,
            "may_log_out": True,
            "may_change_trust": True,
        }
        files = {"devices.yaml": {NAME: entry}, "reset.yaml": {NAME: {"serial": address}}}
        for name, phones in files.items():  # JSON is YAML as well
            (self.folder / name).write_text(json.dumps({"phones": phones}), encoding="utf-8")

    def environment(self, **more: str) -> dict[str, str]:
        """No adb server of the caller's, a state folder of this trial."""
        dropped = {"ANDROID_ADB_SERVER_PORT", "ANDROID_SERIAL", "HARNESS_FAULT"}
        kept = {key: value for key, value in os.environ.items() if key not in dropped}
        return {**kept, "HARNESS_STATE": str(self.folder / "state"), "NO_COLOR": "1", **more}

    def state(self) -> dict[str, tuple[str, ...]]:
        """What a run may change on the phone."""
        return read_state(self._phone)

    def undo_fault(self) -> None:
        """Takes back what the fault did to the phone: that is ours, not the run's."""
        for verb, value in _UNDO:
            ask_phone(self.control, verb, value)

    def reconnect(self) -> None:
        """Our own server finds a phone again that was away. Raises InstrumentError."""
        connect(self._server.link, self._phone.serial)

    def reset(self) -> str:
        """`harness reset`; "" or why it failed."""
        file = str(self.folder / "reset.yaml")
        words = [sys.executable, "-m", "harness", "reset", "--devices", file]
        try:
            done = subprocess.run(
                words,
                capture_output=True,
                text=True,
                timeout=90.0,
                env=self.environment(),
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "harness reset did not end within 90 s"
        return "" if done.returncode == 0 else f"harness reset: {done.stdout[-300:]}"

    def close(self) -> None:
        """Ends phone and server."""
        child.stop(self._process)
        self._server.stop()


def folder_name(key: str) -> str:
    """Where the files of a trial lie."""
    return key.replace("/", "_").replace("#", "-")


def play(trial: MachineTrial, folder: Path) -> Ending:
    """Never raises for what a run does."""
    desk = Desk(folder / folder_name(trial.key))
    try:
        before = desk.state()
        ending = _run(trial, desk)
        _allow_reading(desk.out)
        ending = replace(ending, phone=_look_after(desk, before))
        return _read_facts(ending, desk)
    finally:
        desk.close()


def _run(trial: MachineTrial, desk: Desk) -> Ending:
    command = [sys.executable, "-m", "harness", "run", "--json", "--scenario", trial.scenario]
    command += ["--devices", str(desk.folder / "devices.yaml"), "--out", str(desk.out)]
    more = {"HARNESS_FAULT": trial.variable} if trial.variable else {}
    begun = time.monotonic()
    # Pipes, because a full disk must not take what the run says about it.
    process = subprocess.Popen(
        child.tethered(command),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=desk.environment(**more),
        start_new_session=True,
        text=True,
        errors="replace",
    )
    code, printed, told = _await(process, trial)
    for name, text in (("stdout", printed), ("stderr", told)):
        (desk.folder / name).write_text(text, encoding="utf-8")
    lines = [line for line in told.splitlines() if line.strip()]
    return Ending(
        key=trial.key,
        fault=trial.fault,
        exit=code,
        verdicts=_verdicts(printed),
        seconds=round(time.monotonic() - begun, 1),
        said=lines[-1][:300] if lines else "",
        traceback="Traceback (most recent call last)" in told,
    )


def _await(process: subprocess.Popen[str], trial: MachineTrial) -> tuple[int | None, str, str]:
    """(exit code, stdout, stderr); the code is None for a run that had to be ended."""
    try:
        if trial.after is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                printed, told = process.communicate(timeout=trial.after)
                return process.returncode, printed, told
            process.send_signal(signal.Signals[trial.fault.upper()])
        printed, told = process.communicate(timeout=BOUND)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        printed, told = process.communicate(timeout=10.0)
        return None, printed, told
    return process.returncode, printed, told


def _verdicts(printed: str) -> tuple[Said, ...]:
    lines = printed.strip().splitlines()
    try:
        document = cast("dict[str, Any]", json.loads(lines[-1]))
        return tuple(
            Said(
                str(entry["scenario"]),
                str(entry["outcome"]),
                str(entry["party"]),
                str(entry["rule"]),
                float(entry["confidence"]),
            )
            for entry in document["verdicts"]
        )
    except (ValueError, KeyError, IndexError, TypeError):
        return ()


def _allow_reading(out: Path) -> None:
    """Takes run-folder-readonly back."""
    for path in (out, *out.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)


def _look_after(desk: Desk, before: Mapping[str, tuple[str, ...]]) -> str:
    try:
        desk.undo_fault()
        left = _settled(desk, before)
        if not left:
            return "as found"
        failed = desk.reset()
        left = _settled(desk, before, within=3.0)
    except InstrumentError as error:
        return str(error)[:300]
    return f"{left} {failed}".strip() if left else "after reset"


def _settled(
    desk: Desk, before: Mapping[str, tuple[str, ...]], within: float = AS_FOUND_WITHIN
) -> str:
    """What still differs when it is the same no more within the time; "" = as found."""
    deadline = time.monotonic() + within
    left = "the phone is not reachable"
    while True:
        with contextlib.suppress(InstrumentError):
            desk.reconnect()
            left = changes(before, desk.state())
            if not left:
                return ""
        if time.monotonic() >= deadline:
            return left
        time.sleep(0.5)


def _read_facts(ending: Ending, desk: Desk) -> Ending:
    if MACHINERY[ending.fault].signal and not any(desk.out.glob("observations*")):
        return replace(ending, facts_before=1)  # it ended before it had begun to write
    try:
        seen = list(read_observations(desk.out))
    except (OSError, ValueError) as error:
        return replace(ending, unreadable=f"{type(error).__name__}: {error}")
    rungs = [entry.facts.rung for entry in seen if isinstance(entry.facts, RecoveryTried)]
    return replace(
        ending,
        facts=len(seen),
        facts_before=sum(entry.kind in {"device.identity", "app.package"} for entry in seen),
        recovered=tuple(dict.fromkeys(rungs)),
    )
