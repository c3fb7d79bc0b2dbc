"""What becomes of errands when hosts come and go; the scheduler is a stand-in."""

from __future__ import annotations

from typing import Any, cast

import pytest

from harness.lab import dispatch as module
from harness.lab.dispatch import Dispatch, Errand, SchedulerLostError, errands_for
from harness.lab.host_job import HostResult
from harness.lab.log_ins import LabLogIns
from harness.lab.offer import Offer

A, B = Offer("a", "sim"), Offer("b", "sim")


class Future:
    def __init__(self, status: str = "pending", value: Any = None) -> None:
        self.status, self.value, self.cancelled = status, value, False

    def done(self) -> bool:
        return self.status != "pending"

    def result(self, timeout: float = 0) -> Any:
        return self.value

    def exception(self, timeout: float = 0) -> Any:
        return self.value

    def cancel(self) -> None:
        self.cancelled = True


KilledWorker = type("KilledWorker", (Exception,), {})  # as Dask calls it


class Client:
    """Answers from a script: `lab` is who is there at each look."""

    def __init__(self, *lab: list[Offer]) -> None:
        self.lab = list(lab)
        self.status = "running"
        self.sent: list[tuple[str, dict[str, float]]] = []
        self.answers: list[Future] = []
        self.jobs: list[Any] = []
        self.lines: list[str] = []
        self.silent_after: int | None = None  # looks
        self.looks = 0
        self.told: dict[str, Any] | None = None  # an event, once a job is sent

    def subscribe_topic(self, topic: str, handler: Any) -> None:
        self.heard = handler

    def scheduler_info(self) -> dict[str, Any]:
        self.looks += 1
        if self.silent_after is not None and self.looks > self.silent_after:
            raise OSError("gone")
        if self.told is not None and self.looks > 1:
            self.heard((0.0, self.told | {"job": self.last}))
            self.heard((0.0, {"job": self.last, "line": "12:00:00 hello"}))
            self.heard((0.0, "noise"))
        there = self.lab.pop(0) if len(self.lab) > 1 else self.lab[0]
        return {"workers": {offer.name: {"resources": offer.resources} for offer in there}}

    def submit(self, _call: Any, job: Any, *, resources: dict[str, float], **words: Any) -> Future:
        assert words["retries"] == 0
        self.sent.append((job.name, resources))
        self.jobs.append(job)
        self.last = job.id
        return self.answers.pop(0)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_LOOK", 0.0), ("_LOOK_AT_LAB", 0.0), ("WAIT_FOR_HOST", 0.05)):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(module, "WAIT_FOR_SCHEDULER", 0.05)


def result(name: str) -> HostResult:
    return HostResult("j", name, 0, "")


def played(
    client: Client, *answers: Future, offers: tuple[Offer, ...] = (A,),
    named: bool = False, destructive: bool = False,
) -> tuple[Dispatch, list[Errand]]:  # fmt: skip
    client.answers = list(answers)
    errands = errands_for(list(offers), named=named, destructive=destructive)
    made = Dispatch(cast("Any", client), "run", (), errands, lambda _line: None)
    made.run()
    return made, errands


def test_each_phone_gets_its_own_job() -> None:
    client = Client([A, B])
    _, errands = played(
        client, Future("finished", result("a")), Future("finished", result("b")), offers=(A, B)
    )

    assert [one.result for one in errands] == [result("a"), result("b")]
    assert client.sent == [
        ("a.sim", {"phones": 1, "named:a.sim": 1}), ("b.sim", {"phones": 1, "named:b.sim": 1}),
    ]  # fmt: skip


def test_a_lost_hosts_safe_job_moves() -> None:
    pending = Future()
    client = Client([A, B], [B])
    _, (errand,) = played(client, pending, Future("finished", result("b")))

    assert errand.result == result("b")
    assert [name for name, _ in client.sent] == ["a.sim", "b.sim"]
    assert pending.cancelled


def test_a_job_moves_only_to_a_phone_that_fits() -> None:
    right = Offer("a", "other", {"api": "34"})
    client = Client([A, B, right], [Offer("a", "early"), B, right])
    client.answers = [Future(), Future("finished", result("other"))]
    errands = errands_for([A], named=False, destructive=False)
    made = Dispatch(
        cast("Any", client), "run", (), errands, lambda _line: None, where={"api": "34"}
    )
    made.run()

    assert [name for name, _ in client.sent] == ["a.sim", "a.other"]


def test_a_killed_worker_is_a_lost_host() -> None:
    client = Client([A, B], [B])
    _, (errand,) = played(
        client, Future("error", KilledWorker("a")), Future("finished", result("b"))
    )

    assert errand.result == result("b")


def test_a_phone_that_was_named_waits_for_its_host_and_no_longer() -> None:
    back = Client([A], [B], [A])
    _, (errand,) = played(back, Future(), Future("finished", result("a")), named=True)
    assert errand.result == result("a")
    assert [name for name, _ in back.sent] == ["a.sim", "a.sim"]

    gone = Client([A], [B])
    _, (errand,) = played(gone, Future(), named=True)
    assert errand.lost is not None
    assert "did not come back within" in errand.lost


def test_what_may_destroy_is_never_sent_twice() -> None:
    client = Client([A, B], [B])
    _, (errand,) = played(client, Future(), named=True, destructive=True)

    assert [name for name, _ in client.sent] == ["a.sim"]
    assert errand.lost is not None
    assert "may destroy data, so it is not begun a second time" in errand.lost


def test_a_job_does_not_wander_for_ever() -> None:
    client = Client([A, B])
    killed = [Future("error", KilledWorker("x")) for _ in range(3)]
    _, (errand,) = played(client, *killed)

    assert len(client.sent) == 3
    assert errand.lost == "its host was lost in the middle of the job, for the 3th time"


def test_a_host_that_cannot_do_it_is_told() -> None:
    _, (errand,) = played(Client([A]), Future("error", ValueError("no such phone")))

    assert errand.lost == "its host could not do the job: ValueError: no such phone"


def test_verdicts_that_were_told_outlive_their_host() -> None:
    client = Client([A, B], [A, B], [B])
    client.told = {"exit": 0, "document": {"schema": 1}}

    made, (errand,) = played(client, Future())

    assert errand.lost == "its host is gone, after it had told its verdicts"
    assert list(made.documents.values()) == [{"schema": 1}]
    assert len(client.sent) == 1


def test_lines_of_a_host_are_told_without_its_clock() -> None:
    client = Client([A], [A], [])
    client.told = {"exit": 0, "document": {"schema": 1}}
    told: list[str] = []
    client.answers = [Future()]
    errands = errands_for([A], named=True, destructive=False)
    Dispatch(cast("Any", client), "run", (), errands, told.append).run()

    assert "hello" in told


def test_a_scheduler_that_says_nothing_is_lost() -> None:
    client = Client([A])
    client.silent_after = 1

    with pytest.raises(SchedulerLostError, match="gave no answer"):
        played(client, Future())


A1, B1 = Offer("a", "sim", account="anna"), Offer("b", "sim", account="anna")
TRIED = {"t": 1.0, "run": "run", "kind": "try"}


def shared(client: Client, *, named: bool = True, destructive: bool = False) -> Dispatch:
    """Phones of two hosts with one account."""
    made = Dispatch(
        cast("Any", client), "run", (), [], client.lines.append,
        log_ins=LabLogIns(cast("Any", client), "run", wall=lambda: 9.0),
    )  # fmt: skip
    made.errands = errands_for([A1, B1], named=named, destructive=destructive)
    return made


class Late(Future):
    """Done after so many looks."""

    def __init__(self, looks: int, value: Any) -> None:
        super().__init__(value=value)
        self.left = looks

    def done(self) -> bool:
        self.left -= 1
        if self.left < 0:
            self.status = "finished"
        return super().done()


def test_an_account_is_used_on_one_phone_at_a_time() -> None:
    client = Client([A1, B1])
    first = Late(1, HostResult("j", "a.sim", 0, "", log_ins={"anna": [TRIED]}))
    client.answers = [first, Future("finished", result("b"))]

    shared(client).run()

    assert [(job.name, dict(job.log_ins)) for job in client.jobs] == [
        ("a.sim", {}), ("b.sim", {"anna": [TRIED]}),
    ]  # fmt: skip
    assert client.lines.count("b.sim: waits, its account is in use on a.sim") == 1
    assert {job.run for job in client.jobs} == {"run"}


def test_a_lost_jobs_log_in_is_not_tried_again_on_another_phone() -> None:
    client = Client([A1, B1], [B1])
    client.answers = [Future(), Future("finished", result("b")), Future("finished", result("b"))]

    shared(client, named=False).run()

    presumed = {"anna": [{"t": 9.0, "run": "run", "kind": "try"}]}
    assert [(job.name, job.log_ins) for job in client.jobs] == [
        ("a.sim", {}), ("b.sim", presumed), ("b.sim", presumed),
    ]  # fmt: skip


def test_what_was_not_begun_is_not_refused_as_begun_before() -> None:
    client = Client([A1, B1], [A1])
    client.answers = [Late(30, result("a"))]
    made = shared(client, destructive=True)

    made.run()

    assert made.errands[1].lost == "its host is gone and did not come back within 0 s"
    assert [job.name for job in client.jobs] == ["a.sim"]


class Breaking(Client):
    """Loses the scheduler after the first look; Dask then gives up by itself after a while."""

    @property
    def status(self) -> str:
        self.asked += 1
        return "connecting" if self.asked < 6 else "closed"

    @status.setter
    def status(self, _value: str) -> None:
        self.asked = 0


def test_without_the_scheduler_no_job_is_called_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT_FOR_SCHEDULER", 60.0)
    lines: list[str] = []
    client = Breaking([A])
    client.answers = [Future("cancelled")]  # as Dask calls all of them then
    errands = errands_for([A], named=False, destructive=False)

    with pytest.raises(SchedulerLostError, match="broke and did not come back"):
        Dispatch(cast("Any", client), "run", (), errands, lines.append).run()

    assert lines == ["a.sim: sent to its host"]
    assert errands[0].lost is None
