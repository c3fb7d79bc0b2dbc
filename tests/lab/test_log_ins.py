"""What hosts know of log-ins is asked, joined and told; Dask is a stand-in that runs at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from harness.lab.log_ins import LabLogIns
from harness.lab.offer import Offer
from harness.ports import InstrumentError
from harness.session.ledger import account_key

ANNA, BEN = account_key("anna"), account_key("ben")
OFFERS = [
    Offer("one", "pixel", account=ANNA),
    Offer("two", "nexus", account=ANNA),
    Offer("two", "other", account=BEN),
    Offer("three", "sim"),
]


def row(run: str, kind: str = "try", t: float = 1.0) -> dict[str, Any]:
    return {"t": t, "run": run, "kind": kind}


class Answer:
    def __init__(self, call: Callable[[], Any]) -> None:
        self.call = call

    def result(self, timeout: float) -> Any:
        assert timeout > 0
        return self.call()


class Client:
    """Each host has a state folder of its own; a host in `away` does not answer."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, away: str = "") -> None:
        self.folder, self.monkeypatch, self.away = folder, monkeypatch, away
        self.asked: list[str] = []

    def submit(self, call: Callable[[Any], Any], words: Any, *, workers: list[str], pure: bool):  # noqa: ANN201 - the stand-in's own
        (worker,) = workers
        host = worker.split(".")[0]
        self.asked.append(worker)

        def run() -> Any:
            if host == self.away:
                raise TimeoutError("no answer")
            with self.monkeypatch.context() as patched:
                patched.setenv("HARNESS_STATE", str(self.folder / host))
                return call(words)

        assert not pure
        return Answer(run)


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARNESS_STATE", str(tmp_path / "client"))


def lab(client: Client) -> LabLogIns:
    return LabLogIns(cast("Any", client), "lab-run", wall=lambda: 50.0)


def test_what_one_host_learns_the_others_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(tmp_path, monkeypatch)
    first = lab(client)
    assert first.collect(OFFERS) == []
    assert client.asked == ["one.pixel", "two.nexus"]  # a host once; who has no account never
    assert first.of(ANNA) == {}

    first.learn({ANNA: [row("lab-run")]})
    assert first.spread(OFFERS) == []

    for host in ("one", "two", "client"):
        text = (tmp_path / host / "log-ins.json").read_text()
        assert (ANNA in text, BEN in text) == (True, False)
    later = lab(Client(tmp_path, monkeypatch))
    later.collect(OFFERS[1:])
    assert later.of(ANNA) == {ANNA: [row("lab-run")]}


def test_our_own_copy_speaks_for_a_host_that_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = lab(Client(tmp_path, monkeypatch, away="one"))
    first.learn({ANNA: [row("r", "rate_limit")]})
    assert first.spread(OFFERS) == [
        "host one could not be told of log-ins: TimeoutError: no answer"
    ]  # fmt: skip

    later = lab(Client(tmp_path, monkeypatch, away="two"))
    problems = later.collect(OFFERS)

    assert later.of(ANNA) == {ANNA: [row("r", "rate_limit")]}
    assert problems == [
        "host two could not say which log-ins it knows of: TimeoutError: no answer"
    ]  # fmt: skip


def test_a_lost_jobs_log_in_counts_as_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = lab(Client(tmp_path, monkeypatch))
    mine.presume(ANNA)
    mine.presume("")

    assert mine.known == {ANNA: [row("lab-run", t=50.0)]}


def test_a_damaged_ledger_of_our_own_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = lab(Client(tmp_path, monkeypatch))
    mine.learn({ANNA: [row("r")]})
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "log-ins.json").write_text("{oops")

    assert "log-ins.json" in mine.spread(OFFERS)[0]
    with pytest.raises(InstrumentError, match=r"log-ins\.json"):
        mine.collect(OFFERS)
