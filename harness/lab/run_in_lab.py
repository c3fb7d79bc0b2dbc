"""One run on the phones of a lab, and the one report of it."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from harness.adapters.verdict_file import read_verdicts
from harness.lab.dispatch import Dispatch, Errand, SchedulerLostError, errands_for, offered
from harness.lab.fetching import Fetching
from harness.lab.homecoming import lost_run
from harness.lab.log_ins import LabLogIns
from harness.lab.offer import Offer, wanted
from harness.lab.peers import compare_phones, tell_what_they_share
from harness.lab.scheduler import QUIET
from harness.lab.security import security_of
from harness.ports import InstrumentError
from harness.reporting.build import build_reports
from harness.reporting.merge import merge_runs
from harness.session.run_folder import RunFolder, link_latest, make_run_folder
from harness.session.run_scenarios import RunResult

if TYPE_CHECKING:
    from distributed import Client

CONNECT = 15.0
"""Seconds until the scheduler must have answered."""

INTERRUPTED = 2
"""pytest.ExitCode.INTERRUPTED."""


@dataclass(frozen=True, slots=True)
class LabRequest:
    """`words`: options of `harness run` for each host. `destructive`: they may destroy data."""

    scheduler: str
    certs: Path
    scenarios: tuple[str, ...]
    words: tuple[str, ...]
    names: tuple[str, ...] = ()  # of phones; none = all that fit
    where: Mapping[str, str] = field(default_factory=dict[str, str])
    destructive: bool = False
    incident: str | None = None
    out: Path | None = None


class NoSuchPhoneError(Exception):
    """The lab offers no phone that was asked for (exit code 18)."""


def run_in_lab(request: LabRequest, tell: Callable[[str], None]) -> RunResult:
    """Raises InstrumentError where the scheduler is not reached, NoSuchPhoneError."""
    security = security_of(request.certs)
    import dask.config
    from distributed import Client

    with dask.config.set(QUIET):
        try:
            client = Client(request.scheduler, security=security, timeout=CONNECT)
        except (OSError, TimeoutError, ValueError) as error:
            raise InstrumentError(
                "lab",
                f"reach the scheduler {request.scheduler}",
                f"{type(error).__name__}: {error}",
                advice="Is it running, and is the certificate of the same lab?",
            ) from error
        try:
            return _run(client, request, tell)
        finally:
            client.close(timeout=2)


def _run(client: Client, request: LabRequest, tell: Callable[[str], None]) -> RunResult:
    chosen = _chosen(client, request)
    folder = make_run_folder(request.out)
    log_ins = LabLogIns(client, folder.id)
    problems = log_ins.collect(offered(client))
    with tempfile.TemporaryDirectory(prefix=".incoming-", dir=folder.path.parent) as temp:
        fetching = Fetching(client, Path(temp))
        dispatch = Dispatch(
            client, f"{folder.id}", request.words,
            errands_for(chosen, named=bool(request.names), destructive=request.destructive), tell,
            request.where, home=fetching.begin, log_ins=log_ins,
        )  # fmt: skip
        try:
            interrupted = _worked(dispatch, request.scheduler, problems)
            runs = [_home(dispatch, one, fetching, request, problems) for one in dispatch.errands]
        finally:
            fetching.close()
        return _gather(dispatch, runs, folder, problems, interrupted=interrupted)


def _worked(dispatch: Dispatch, scheduler: str, problems: list[str]) -> bool:
    """Until every errand is over; whether it was interrupted."""
    interrupted = lost_scheduler = False
    try:
        dispatch.run()
    except SchedulerLostError as lost:
        lost_scheduler = True
        problems.append(
            f"the scheduler {scheduler} was lost: {lost}. The hosts finish what they began;"
            " what they found lies there, in lab/runs of the state folder"
        )
    except KeyboardInterrupt:
        interrupted = True
        _end_jobs(dispatch, problems)
    if dispatch.log_ins is not None and not lost_scheduler:
        problems += dispatch.log_ins.spread(dispatch.offers.values())
    for errand in dispatch.errands:
        if not errand.over:
            errand.lost = "the run was ended before" if interrupted else "the scheduler was lost"
    return interrupted


def _chosen(client: Client, request: LabRequest) -> list[Offer]:
    deadline = time.monotonic() + CONNECT
    while True:
        there = offered(client)
        try:
            chosen = wanted(there, request.names, request.where)
        except ValueError as error:
            raise NoSuchPhoneError(str(error)) from error
        if chosen:
            return chosen
        if time.monotonic() > deadline:
            names = ", ".join(offer.name for offer in there) or "none"
            raise NoSuchPhoneError(f"no phone of the lab fits; offered: {names}")
        time.sleep(0.5)


def _end_jobs(dispatch: Dispatch, problems: list[str]) -> None:
    """Phones are given back on their hosts; results of interrupted jobs still come home."""
    try:
        dispatch.interrupt()
        dispatch.wait_for_ends()
    except (SchedulerLostError, OSError, TimeoutError, KeyboardInterrupt) as error:
        problems.append(f"not every host could be told to end its job: {type(error).__name__}")


def _gather(
    dispatch: Dispatch, runs: list[Path], folder: RunFolder, problems: list[str],
    *, interrupted: bool,
) -> RunResult:  # fmt: skip
    _attempt("compare the phones", lambda: compare_phones(runs), problems)
    merged = merge_runs(runs, folder.path)
    _attempt("say what the phones share", lambda: tell_what_they_share(merged, runs), problems)
    _note(merged, dispatch, problems)
    problems.extend(build_reports(merged).problems)
    link_latest(merged)
    verdicts, incidents = read_verdicts(merged / "verdicts.json")
    return RunResult(
        folder=merged,
        verdicts=verdicts,
        incidents=incidents,
        pytest_exit=INTERRUPTED if interrupted else 0,
        problems=problems,
    )


def _attempt(action: str, call: Callable[[], object], problems: list[str]) -> None:
    try:
        call()
    except Exception as error:  # noqa: BLE001 - the verdicts of the hosts stand without it
        problems.append(f"could not {action}: {type(error).__name__}: {error}")


def _home(
    dispatch: Dispatch, errand: Errand, fetching: Fetching, request: LabRequest, problems: list[str]
) -> Path:
    """The folder of one errand's run, whatever became of it."""
    target = fetching.place / f"{errand.offer.name}-{secrets.token_hex(2)}"
    if errand.result is not None and errand.result.artefacts:
        problems += fetching.ended(errand.result.job)
        come = fetching.folder(errand.result.job)
        if (come / "verdicts.json").is_file():
            return come.rename(target)
    job = errand.job.id if errand.job is not None else ""
    if errand.result is not None and not errand.result.artefacts:
        errand.lost = (
            f"its run ended with exit code {errand.result.exit_code}: {errand.result.said}"
        )
    why = errand.lost or "its files did not come home"
    problems.append(f"phone {errand.offer.name}: {why}")
    lost_run(target, errand.offer.name, request.scenarios, why, incident=request.incident)
    document = dispatch.documents.get(job)
    if document is not None:  # the verdicts came, what they rest on did not
        (target / "verdicts.json").write_bytes(msgspec.json.encode(document))
    return target


def _note(merged: Path, dispatch: Dispatch, problems: Sequence[str]) -> None:
    from harness.reporting.manifest import read_manifest, write_manifest

    content: dict[str, Any] = read_manifest(merged)
    content.pop("schema", None)
    known = [*content.get("problems", [])]
    content["problems"] = [*known, *(one for one in problems if one not in known)]
    content["run_id"] = dispatch.run_id
    write_manifest(merged, content)
