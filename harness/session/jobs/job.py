"""What a job is told, and the file in which it leaves what it found."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from harness.adapters.verdict_file import VerdictFileError, decode_verdicts, document
from harness.domain.file_stem import file_stem
from harness.domain.removal import USUAL_ARM, Arm
from harness.domain.verdict import DeviceLabel
from harness.session.run_folder import RunFolder
from harness.session.shared_servers import ServerAddresses

if TYPE_CHECKING:  # run_end.py is used by run.py, which imports this file
    from harness.session.run_end import Judged, RunEnd

PLACE = "jobs"
"""Folder of the results within a run, while it goes on."""


@dataclass(frozen=True, slots=True)
class Job:
    """One phone of a run of many. `key` (of the run's tags) never reaches the disk."""

    device: str
    folder: RunFolder
    servers: ServerAddresses
    key: bytes = field(repr=False)
    named: bool = True  # the user asked for this phone by name

    @property
    def result_file(self) -> Path:
        """Where it leaves its verdicts, written anew after each."""
        return self.folder.path / PLACE / f"{file_stem(self.device)}.json"

    @property
    def junit_file(self) -> Path:
        """Its part of junit.xml."""
        return self.folder.path / PLACE / f"{file_stem(self.device)}.junit.xml"

    @property
    def log(self) -> Path:
        """What pytest and the job itself say."""
        return self.folder.logs / f"job-{file_stem(self.device)}.log"


@dataclass(frozen=True, slots=True)
class ScenarioChoice:
    """What every phone of a run is asked for; the words of `harness run`."""

    scenarios: tuple[str, ...] = ()  # none = all
    devices: Path | None = None
    out: Path | None = None
    incident: str | None = None
    profile: str | None = None
    allow_destructive: bool = False
    arm: Arm = USUAL_ARM
    interception: bool = True
    folder: Path | None = None  # of the scenario modules
    faults: tuple[str, ...] = ()


class JobResult(msgspec.Struct, frozen=True):
    """As the file has it. `ended` False: the job was killed after this was written."""

    device: str
    verdicts: dict[str, Any]  # a verdicts.json document
    begun: list[float] = []  # monotonic seconds, of each verdict
    profiles: list[str] = []  # of each verdict
    labels: list[DeviceLabel] = []
    unsuitable: list[str] = []
    problems: list[str] = []
    notes: list[str] = []
    ended: bool = False

    def judged(self) -> list[Judged]:
        """Raises VerdictFileError."""
        from harness.session.run_end import Judged

        verdicts, _ = decode_verdicts(msgspec.json.encode(self.verdicts))
        rows = zip(verdicts, self.begun, self.profiles, strict=True)
        return [Judged(verdict, begun, profile) for verdict, begun, profile in rows]


def leave_result(job: Job, end: RunEnd, *, ended: bool) -> None:
    """Replaces the job's file in one go."""
    result = JobResult(
        job.device,
        document(end.verdicts, []),
        [judged.begun for judged in end.judged],
        [judged.profile for judged in end.judged],
        end.labels,
        end.unsuitable,
        end.problems,
        end.notes,
        ended,
    )
    job.result_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = job.result_file.with_name(f"{job.result_file.name}.{os.getpid()}")
    partial.write_bytes(msgspec.json.encode(result))
    partial.replace(job.result_file)


def read_result(job: Job) -> JobResult | None:
    """What a job has left; None where it left nothing that can be read."""
    try:
        return msgspec.json.decode(job.result_file.read_bytes(), type=JobResult)
    except (OSError, msgspec.MsgspecError, VerdictFileError):
        return None
