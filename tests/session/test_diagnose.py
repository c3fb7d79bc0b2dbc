"""Judging again: run folders, captures, dumps, HARs, and whatever is damaged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.adapters.observation_file import encode_line
from harness.adapters.verdict_file import write_verdicts
from harness.domain.facts.device import AppPackage, DeviceIdentity
from harness.domain.facts.scenario import ScenarioBegun
from harness.domain.observation import Observation
from harness.domain.vocabulary import Outcome, Party
from harness.session.diagnose import diagnose, diagnose_one
from tests.attribution.build import STARTED, STOPPED, exchange, observe, probe, scenario_lines
from tests.attribution.log_in_facts import API, FEED, login
from tests.session.mitm_dump import answered, dump
from tests.session.test_har_reader import LOG_IN, entry, write


def folder(path: Path, lines: Sequence[Observation], *, extra: bytes = b"") -> Path:
    path.mkdir(exist_ok=True)
    data = b"".join(encode_line(line) for line in lines) + extra
    (path / "observations.jsonl").write_bytes(data)
    return path


def capture_lines(*statuses: int) -> list[Observation]:
    calls = [exchange(float(n), status=status) for n, status in enumerate(statuses, 1)]
    return observe((0.0, STARTED), *calls, (99.0, STOPPED))


def test_a_capture_folder(tmp_path: Path) -> None:
    made = diagnose_one(folder(tmp_path / "c", capture_lines(200, 503)))
    assert (made.kind, made.readable, made.exit_code) == ("capture", True, 1)
    assert [verdict.step for verdict in made.verdicts] == [None, "GET origin.example/api/items"]
    assert len(made.incidents) == 1
    fine = diagnose_one(folder(tmp_path / "d", capture_lines(200)))
    assert fine.exit_code == 0


def test_the_profile_of_the_capture_is_used_unless_another_is_named(tmp_path: Path) -> None:
    telemetry = exchange(host="mon.tiktokv.com", status=500)
    lines = observe((0.0, replace(STARTED, profile="tiktok")), telemetry, (9.0, STOPPED))
    path = folder(tmp_path / "c", lines)
    assert diagnose_one(path).verdicts[0].party is Party.NONE
    assert diagnose_one(path, profile="generic").verdicts[0].party is Party.SERVER


def test_the_profile_that_fits_is_used_where_nobody_named_one(tmp_path: Path) -> None:
    refused = {"message": "error", "data": {"error_code": 1009, "description": "wrong"}}
    content = {"size": -1, "mimeType": "application/json", "text": json.dumps(refused)}
    har = write(
        tmp_path,
        entry(request={"method": "POST", "url": LOG_IN}, response={"content": content}),
    )
    assert diagnose_one(har).verdicts[0].party is Party.ACCOUNT
    assert diagnose_one(har, profile="generic").verdicts[0].outcome is Outcome.PASSED
    flow = answered()
    flow.request.host, flow.request.path = API, "/passport/user/login/"
    flow.request.method = "POST"
    assert flow.response is not None
    flow.response.headers["content-type"] = "application/json"
    flow.response.content = json.dumps(refused).encode()
    assert diagnose_one(dump(tmp_path / "x.mitm", flow)).verdicts[0].party is Party.ACCOUNT


def test_a_run_folder_gives_a_verdict_for_each_try_of_each_phone(tmp_path: Path) -> None:
    bad = scenario_lines(login(status=503), FEED, probe(host=API))
    good = [
        replace(line, device="phone-2", id=f"p2-{line.id}")
        for line in scenario_lines(login(), FEED, result="passed")
    ]
    again = [
        replace(
            line,
            id=f"t2-{line.id}",
            t=line.t + 100,
            mono=line.mono + 100,
            facts=replace(line.facts, try_number=2)
            if isinstance(line.facts, ScenarioBegun)
            else line.facts,
        )
        for line in scenario_lines(result="not_run", reason="no_log_in_left")
    ]
    identity = DeviceIdentity("S1", "Pixel", "g", 34, "14", "user", "f", simulated=False)
    app = AppPackage("com.example", "1.0", 1, "ab", genuine=True)
    known = [replace(line, device="phone-1") for line in observe((0.1, identity), (0.1, app))]
    known = [replace(line, id=f"k-{line.id}") for line in known]
    lines = [replace(line, t=line.t) for line in [*bad, *good, *again, *known]]
    path = folder(tmp_path / "r", sorted(lines, key=lambda line: line.mono))
    made = diagnose_one(path, profile="tiktok")
    said = [(v.device.name if v.device else None, v.outcome, v.try_number) for v in made.verdicts]
    assert said == [
        ("phone-1", Outcome.FAILED, 1),
        ("phone-2", Outcome.PASSED, 1),
        ("phone-1", Outcome.NOT_RUN, 2),
    ]
    first = next(verdict for verdict in made.verdicts if verdict.outcome is Outcome.FAILED)
    assert first.device is not None
    assert first.device.model == "Pixel"
    assert first.app is not None
    assert first.app.package == "com.example"
    assert made.exit_code == 1
    assert len(made.incidents) == 1


def test_what_the_rules_say_otherwise_than_before_is_printed(tmp_path: Path) -> None:
    path = folder(tmp_path / "r", scenario_lines(login(status=503), FEED))
    (verdict,) = diagnose_one(path, profile="tiktok").verdicts
    assert diagnose_one(path, profile="tiktok").changes == ()
    write_verdicts(path / "verdicts.json", [verdict], [])
    assert diagnose_one(path, profile="tiktok").changes == ()
    old = replace(verdict, party=Party.UNKNOWN)
    gone = replace(verdict, scenario="gone", id="gone-1")
    write_verdicts(path / "verdicts.json", [old, gone], [])
    changes = diagnose_one(path, profile="tiktok").changes
    assert "was failed unknown (http_server_error), is failed server" in changes[0]
    assert "evidence is gone" in changes[1]
    write_verdicts(path / "verdicts.json", [gone], [])
    assert "new, failed server" in diagnose_one(path, profile="tiktok").changes[0]
    (path / "verdicts.json").write_text("{")
    assert "cannot be compared" in diagnose_one(path, profile="tiktok").changes[0]


def test_damage_is_said_and_the_rest_is_judged(tmp_path: Path) -> None:
    path = folder(tmp_path / "c", capture_lines(503), extra=b'{"half\n' * 25)
    made = diagnose_one(path)
    assert made.verdicts[0].party is Party.SERVER
    assert any("damaged line" in note for note in made.notes)
    assert any("25 damaged lines" in note for note in made.notes)


@pytest.mark.parametrize("data", [b"", b"garbage\n", b'{"v": 99}\n'])
def test_a_folder_of_which_nothing_can_be_used(tmp_path: Path, data: bytes) -> None:
    path = folder(tmp_path / "c", [], extra=data)
    made = diagnose_one(path)
    assert (made.readable, made.exit_code, made.verdicts) == (False, 2, ())
    assert str(path) in made.notes[0]


def test_other_unreadable_things(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "nothing.har").touch()
    (tmp_path / "odd.har").write_text("{}")
    (tmp_path / "odd.mitm").write_bytes(b"\x00odd")
    write(tmp_path, 5)
    names = ["empty", "nothing.har", "odd.har", "odd.mitm", "x.har", "absent"]
    for made in diagnose([tmp_path / name for name in names]):
        assert not made.readable, made
        assert made.exit_code == 2
        assert made.notes[0].startswith(f"{made.path}: ")
        assert made.notes[0].count(f"{made.path}: ") == 1


def test_a_har_and_a_dump(tmp_path: Path) -> None:
    har = write(tmp_path, entry(), entry(response={"status": 503, "content": None}))
    made = diagnose_one(har)
    assert (made.kind, made.verdicts[0].party) == ("har", Party.SERVER)
    made = diagnose_one(dump(tmp_path / "x.mitm", answered(), answered(503)))
    assert (made.kind, made.verdicts[0].party) == ("mitm", Party.SERVER)


def test_a_single_file_of_observations(tmp_path: Path) -> None:
    path = folder(tmp_path / "c", capture_lines(503)) / "observations.jsonl"
    assert diagnose_one(path).verdicts[0].party is Party.SERVER


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.har"
    path.write_text("{}")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "open", refuse)
    assert not diagnose_one(path).readable


def test_paths_may_be_texts(tmp_path: Path) -> None:
    path = folder(tmp_path / "c", capture_lines(200))
    (made,) = diagnose([str(path)])
    assert json.dumps(str(made.path))
    assert made.readable


def test_a_begin_without_a_name_is_no_try(tmp_path: Path) -> None:
    lines = [*capture_lines(200), *observe((50.0, ScenarioBegun("x", None)))]
    assert diagnose_one(folder(tmp_path / "c", lines)).kind == "capture"
