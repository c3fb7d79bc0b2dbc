"""Timeline and links are put on the results of the run's verdicts, once."""

import json
from pathlib import Path

from harness.reporting.allure_pictures import TIMELINE, add_pictures
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
    record = RunRecord(tmp_path, {}, (Try(verdict()),), (), {})

    assert add_pictures(record) == 1
    assert add_pictures(record) == 1

    result = json.loads((results / "a-result.json").read_text())
    (attachment,) = result["attachments"]
    assert (attachment["name"], attachment["type"]) == (TIMELINE, "image/svg+xml")
    assert (results / attachment["source"]).read_text() == "<svg/>"
    assert [link["url"] for link in result["links"]] == [
        "../index.html#v-v-1",
        "../tests/sim/login/try-1/capture.har",
    ]
    assert json.loads((results / "b-result.json").read_text()) == {"uuid": "b", "labels": []}
