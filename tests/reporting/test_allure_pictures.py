"""Timeline and links are put on the results of the run's verdicts, once."""

import json
from pathlib import Path

import pytest

from harness.reporting import allure_pictures
from harness.reporting.allure_pictures import FILM, TIMELINE, add_pictures
from harness.reporting.run_record import RunRecord, Try
from tests.reporting.records import verdict


def test_a_result_gets_its_timeline_and_links_once(tmp_path: Path) -> None:
    results, inside = tmp_path / "allure-results", tmp_path / "tests" / "sim" / "login" / "try-1"
    results.mkdir()
    inside.mkdir(parents=True)
    (inside / "timeline.svg").write_text("<svg/>")
    (inside / "capture.har").write_text("{}")
    labels = [{"name": "verdict", "value": "v-1"}]
    (results / "a-result.json").write_text(json.dumps({"uuid": "a", "labels": labels}))
    (results / "b-result.json").write_text(json.dumps({"uuid": "b", "labels": []}))
    (results / "c-result.json").write_text("{broken")
    for number in (1, 2):
        (inside / f"film-{number}.mp4").write_bytes(b"film %d" % number)
    record = RunRecord(tmp_path, {}, (Try(verdict()),), (), {})

    assert add_pictures(record) == 1
    assert add_pictures(record) == 1

    result = json.loads((results / "a-result.json").read_text())
    attachment, *seen = result["attachments"]
    assert [(one["name"], one["type"]) for one in seen] == [
        (f"{FILM} 1", "video/mp4"), (f"{FILM} 2", "video/mp4"),
    ]  # fmt: skip
    assert [(results / one["source"]).read_bytes() for one in seen] == [b"film 1", b"film 2"]
    assert (attachment["name"], attachment["type"]) == (TIMELINE, "image/svg+xml")
    assert (results / attachment["source"]).read_text() == "<svg/>"
    assert [link["url"] for link in result["links"]] == [
        "../index.html#v-v-1",
        "../tests/sim/login/try-1/capture.har",
    ]
    assert json.loads((results / "b-result.json").read_text()) == {"uuid": "b", "labels": []}


def test_more_films_than_one_file_should_hold_are_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allure_pictures, "MOST_FILMS", 1)
    results = tmp_path / "allure-results"
    results.mkdir()
    tries: list[Try] = []
    for number in (1, 2):
        tries.append(Try(verdict(id=f"v-{number}", try_number=number)))
        inside = tmp_path / tries[-1].folder
        inside.mkdir(parents=True)
        (inside / "film-1.mp4").write_bytes(b"film")
        labels = [{"name": "verdict", "value": f"v-{number}"}]
        body = json.dumps({"uuid": f"{number}", "labels": labels})
        (results / f"{number}-result.json").write_text(body)

    add_pictures(RunRecord(tmp_path, {}, tuple(tries), (), {}))

    first, second = (json.loads((results / f"{n}-result.json").read_text()) for n in (1, 2))
    assert [one["name"] for one in first["attachments"]] == [f"{FILM} 1"]
    assert second["attachments"] == []
    assert f"../{tries[1].folder}/film-1.mp4" in [link["url"] for link in second["links"]]
