"""Files come while others work; a host that went away is asked once, not for every file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, cast

from harness.lab.fetching import Fetching
from harness.lab.host_job import Artefact, HostResult
from harness.ports import InstrumentError

FILES = {"verdicts.json": b"{}", "a.txt": b"0123", "b.txt": b"4567"}
RESULT = HostResult(
    "job-1",
    "h.sim",
    0,
    "",
    tuple(Artefact(p, len(c), hashlib.sha256(c).hexdigest()) for p, c in FILES.items()),
)


class Client:
    """Dask without Dask: `answers` by path; an exception is raised when its answer is read."""

    def __init__(self, **other: Exception) -> None:
        self.other = other
        self.asked: list[tuple[str, str]] = []

    def submit(self, _call: Any, job: str, path: str, offset: int, **words: Any) -> Client:
        (worker,) = words["workers"]
        self.asked.append((worker, path))
        self.path, self.offset = path, offset
        assert job == "job-1"
        return self

    def result(self, timeout: float) -> bytes:
        error = self.other.get(self.path.partition(".")[0])
        if error is not None:
            raise error
        return FILES[self.path][self.offset :]


def fetched(place: Path, client: Client) -> list[str]:
    fetching = Fetching(cast("Any", client), place)
    try:
        fetching.begin("h.sim", RESULT)
        return fetching.ended("job-1")
    finally:
        fetching.close()


def test_a_finished_job_s_files_come_home(tmp_path: Path) -> None:
    client = Client()

    assert fetched(tmp_path, client) == []
    assert {path: (tmp_path / "job-1" / path).read_bytes() for path in FILES} == FILES
    assert {worker for worker, _ in client.asked} == {"h.sim"}


def test_a_host_that_is_gone_is_not_asked_for_every_file(tmp_path: Path) -> None:
    client = Client(a=TimeoutError("no answer"))

    problems = fetched(tmp_path, client)

    assert [path for _, path in client.asked] == ["verdicts.json", "a.txt"]
    assert len(problems) == 2
    assert all("h.sim does not answer any more: TimeoutError" in told for told in problems)
    assert (tmp_path / "job-1" / "verdicts.json").is_file()


def test_one_file_that_cannot_be_read_does_not_cost_the_others(tmp_path: Path) -> None:
    client = Client(a=InstrumentError("lab", "read a.txt", "denied"))

    (problem,) = fetched(tmp_path, client)

    assert "denied" in problem
    assert (tmp_path / "job-1" / "b.txt").is_file()


def test_of_a_job_that_told_nothing_nothing_is_missed(tmp_path: Path) -> None:
    fetching = Fetching(cast("Any", Client()), tmp_path)
    assert fetching.ended("other") == []
    fetching.close()
