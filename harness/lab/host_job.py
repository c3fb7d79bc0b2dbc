"""What a host does for a job: a run of its own on one phone, and its files on request.

Called by the scheduler's worker on the host that owns the phone.
"""

from __future__ import annotations

import json
import re
import secrets
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from harness.adapters import child
from harness.adapters.devices_file import find_devices_file, one_phone
from harness.adapters.durable import write_durably
from harness.adapters.places import state_folder
from harness.adapters.setting_error import SettingError
from harness.lab.kept_runs import forget_old, notes_folder, runs_folder
from harness.ports import InstrumentError
from harness.session.ledger import RUN, LogIns, learn, told

LONGEST = 3600.0
"""Seconds after which a job's run is ended."""

LONGEST_END = 90.0
"""Seconds that an interrupted run may take to give its phone back."""

STILL_FETCHED = 20.0
"""Seconds after a job's end, or the last piece of a file, for which its phone stays offered."""

PIECE = 8 * 1024 * 1024
"""Bytes of a file that travel at once."""

_LOOK = 0.2
_RUNNING: dict[str, str] = {}
_FETCHED: dict[str, tuple[str, float]] = {}  # by job: phone, when it was last asked for
_SAFE_ID = re.compile(r"[\w-]{1,80}")


class BegunBeforeError(Exception):
    """A job that destroys data was begun on this host before: it never runs twice."""


@dataclass(frozen=True, slots=True)
class LabJob:
    """One phone of a run. `words` are options of `harness run`."""

    id: str
    run: str
    phone: str  # name in the host's devices.yaml
    name: str  # of the phone in the whole lab, and in the reports
    words: tuple[str, ...]
    destructive: bool
    topic: str  # where its lines are heard
    account: str = ""  # key of the phone's account in the ledgers
    log_ins: LogIns = field(default_factory=dict[str, list[Mapping[str, Any]]])
    """What the lab knows of that account's log-ins."""


@dataclass(frozen=True, slots=True)
class Artefact:
    """A file of the run, as its manifest has it."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class HostResult:
    """How a job ended on its host. `artefacts` wait there to be fetched."""

    job: str
    phone: str  # name in the whole lab
    exit_code: int
    said: str
    artefacts: tuple[Artefact, ...] = field(default=())
    log_ins: LogIns = field(default_factory=dict[str, list[Mapping[str, Any]]])
    """What the host's ledger has of the phone's account now."""


def run_lab_job(job: LabJob) -> HostResult:
    """Runs the job and tells each line of it. Raises BegunBeforeError, InstrumentError."""
    from distributed import get_worker

    worker: Any = get_worker()
    forget_old()
    note_begun(job)
    learn(state_folder(), job.log_ins)
    devices = one_phone_file(job, worker.harness_devices)
    out = runs_folder() / job.id
    if out.exists():  # of a host that died: the safe job begins anew
        out = out.with_name(f"{job.id}-{secrets.token_hex(3)}")
    command = [sys.executable, "-m", "harness", "run", "--device", job.name, "--out", str(out)]
    command += [*job.words, "--devices", str(devices), "--json"]
    log = out.with_name(f"{out.name}.log")
    stop_file(job.id).unlink(missing_ok=True)

    def tell(told: dict[str, Any]) -> None:
        with suppress(Exception):  # nobody hears us any more; what was begun is ended all the same
            worker.log_event(job.topic, {"job": job.id, **told})

    _RUNNING[job.id] = job.name
    try:
        code = _follow(
            ["env", f"{RUN}={job.run}", *command], log, stop_file(job.id),
            lambda line: tell({"line": line[:500]}),
        )  # fmt: skip
        _remember(job, out)
        tell({"exit": code, "document": _verdicts(out)})
        known = told(state_folder(), [job.account])
        return HostResult(job.id, job.name, code, _last(log), _artefacts(out), known)
    finally:
        del _RUNNING[job.id]
        _FETCHED[job.id] = (job.name, time.monotonic())


def running_jobs() -> Mapping[str, str]:
    """The jobs that run in this process now, each with its phone's name in the lab."""
    return dict(_RUNNING)


def needed_phones() -> frozenset[str]:
    """Names of those that are worked for, or whose files are still being fetched."""
    now = time.monotonic()
    for job, (_, asked) in list(_FETCHED.items()):
        if now - asked > STILL_FETCHED:
            _FETCHED.pop(job, None)
    return frozenset({*_RUNNING.values(), *(name for name, _ in list(_FETCHED.values()))})


def note_begun(job: LabJob) -> None:
    """On the disk before its first command, so that nobody runs it again. Raises as above."""
    if not _SAFE_ID.fullmatch(job.id):
        raise InstrumentError("lab", f"begin job {job.id!r}", "that is no id of a job")
    file = notes_folder() / f"{job.id}.json"
    if job.destructive and file.exists():
        raise BegunBeforeError(
            f"job {job.id} destroys data and was begun on this host before; it is not run again"
        )
    write_durably(
        file, json.dumps({"run": job.run, "phone": job.phone, "at": time.time()}).encode()
    )


def one_phone_file(job: LabJob, devices: str | None) -> Path:
    """A devices.yaml with this phone alone, under its name in the lab.

    Raises InstrumentError("lab", …) where the host's own file has no such phone any more.
    """
    source = Path(devices) if devices is not None else find_devices_file()
    try:
        text = one_phone(source, job.phone, job.name)
    except SettingError as error:
        what = f"find the phone {job.phone} in {source}"
        raise InstrumentError("lab", what, str(error)) from error
    target = runs_folder() / f"{job.id}.yaml"
    write_durably(target, text.encode())
    return target


def stop_lab_job(job: str) -> None:
    """Ends a job's run as Ctrl-C does; its phone is given back."""
    file = stop_file(job)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)


def stop_file(job: str) -> Path:
    """Its presence ends the job."""
    return runs_folder() / f"{job}.stop"


def read_artefact(job: str, path: str, offset: int) -> bytes:
    """A piece of a file of the job's run; empty at its end. Raises InstrumentError("lab", …)."""
    if job in _FETCHED:
        _FETCHED[job] = (_FETCHED[job][0], time.monotonic())
    try:
        place = (runs_folder() / f"{job}.place").read_text(encoding="utf-8")
        root = Path(place).resolve()
        file = (root / path).resolve()
        if not file.is_relative_to(root):
            raise OSError("it lies outside of the run")
        with file.open("rb") as source:
            source.seek(offset)
            return source.read(PIECE)
    except OSError as error:
        raise InstrumentError("lab", f"read {path} of job {job}", str(error)) from error


def _follow(command: list[str], log: Path, ending: Path, tell: Callable[[str], None]) -> int:
    """Runs to its end, telling the lines of its log; interrupts it when `ending` is there."""
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    process = child.start("lab", ["sh", "-c", 'o=$1; shift; exec "$@" >"$o"', "sh",
                                  f"{log}.json", *command], output=log)  # fmt: skip
    deadline, place = time.monotonic() + LONGEST, 0
    interrupted = False
    try:
        while True:
            time.sleep(_LOOK)
            done = process.poll() is not None
            if not done and not interrupted and (ending.exists() or time.monotonic() > deadline):
                interrupted = True
                process.send_signal(signal.SIGINT)
                deadline = time.monotonic() + LONGEST_END
            elif interrupted and time.monotonic() > deadline:
                done = True
            with suppress(OSError), log.open("rb") as source:
                source.seek(place)
                data = source.read()
                whole = data[: data.rfind(b"\n") + 1]
                place += len(whole)
                for line in whole.decode("utf-8", "replace").splitlines():
                    tell(line)
            if done:
                break
    finally:
        code = child.stop(process, timeout=60.0)
    return code if code is not None else -1


def _last(log: Path) -> str:
    with suppress(OSError):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-3:])[-1000:]
    return ""


def _verdicts(run: Path) -> Any:  # noqa: ANN401 - a JSON document
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode((run / "verdicts.json").read_bytes())
    return None


def _artefacts(run: Path) -> tuple[Artefact, ...]:
    """From the manifest; what Allure built is built again at home."""
    from harness.reporting.manifest import artefacts

    if not run.is_dir():
        return ()
    rows = [*artefacts(run)]
    manifest = run / "manifest.json"
    found = [Artefact(str(row["path"]), int(row["size"]), str(row["sha256"])) for row in rows]
    if manifest.is_file():
        from harness.reporting.manifest import sha256_of

        found.append(Artefact("manifest.json", manifest.stat().st_size, sha256_of(manifest)))
    return tuple(one for one in found if not one.path.startswith("allure-report/"))


def _remember(job: LabJob, run: Path) -> None:
    (runs_folder() / f"{job.id}.place").write_text(str(run), encoding="utf-8")
