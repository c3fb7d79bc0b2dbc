"""HAR files of several tools become exchanges; torn ones as far as they go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.adapters import har_scanner
from harness.adapters.profile_file import load_profile
from harness.domain.facts.traffic import Exchange
from harness.session.har_reader import HarError, read_har

LOG_IN = "https://api16-normal-c-useast1a.tiktokv.com/passport/user/login/?aid=1233"


def entry(**changes: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "startedDateTime": "2026-11-01T10:00:00.000Z",
        "time": 120,
        "request": {
            "method": "GET",
            "url": "https://api.example:8443/v1/items?token=x",
            "httpVersion": "HTTP/2",
            "headers": [],
        },
        "response": {
            "status": 200,
            "headers": [{"name": "Content-Type", "value": "application/json"}],
            "content": {"size": 2, "mimeType": "application/json", "text": "{}"},
        },
        "timings": {"blocked": 5, "dns": -1, "connect": 10, "send": 5, "wait": 80, "receive": 20},
    }
    for part in ("request", "response"):
        plain[part] = plain[part] | changes.pop(part, {})
    return plain | changes


def write(tmp_path: Path, *entries: object) -> Path:
    path = tmp_path / "x.har"
    path.write_text(json.dumps({"log": {"version": "1.2", "entries": list(entries)}}))
    return path


def read(path: Path) -> tuple[list[Exchange], list[str]]:
    notes: list[str] = []
    found = [seen.facts for seen in read_har(path, notes)]
    return [facts for facts in found if isinstance(facts, Exchange)], notes


def test_an_entry_becomes_an_exchange(tmp_path: Path) -> None:
    (made,), notes = read(write(tmp_path, entry()))
    assert (made.method, made.scheme, made.host, made.port) == ("GET", "https", "api.example", 8443)
    assert (made.path, made.status, made.error, made.body) == ("/v1/items", 200, None, "json")
    assert made.sent is not None
    assert made.head is not None
    assert made.ended is not None
    assert made.sent - made.begun == pytest.approx(0.02, abs=1e-4)
    assert made.head - made.sent == pytest.approx(0.08, abs=1e-4)
    assert made.ended - made.begun == pytest.approx(0.12, abs=1e-4)
    assert notes == []


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ({"size": 0, "mimeType": "application/json"}, "empty"),
        ({"size": 2, "mimeType": "application/json", "text": "{'"}, "malformed"),
        ({"size": 9, "mimeType": "application/json", "text": "<html>"}, "html"),
        ({"size": 9, "mimeType": "text/html", "text": "x"}, "html"),
        ({"size": 9, "mimeType": "text/plain", "text": "x"}, "text"),
        ({"size": 9, "mimeType": "image/png"}, "none"),
        ({"size": 9, "mimeType": "image/png", "text": "eA==", "encoding": "base64"}, "binary"),
        (None, "none"),
    ],
)
def test_bodies(tmp_path: Path, content: object, body: str) -> None:
    (made,), _ = read(write(tmp_path, entry(response={"content": content})))
    assert made.body == body


def test_the_apps_own_answer_is_read_by_its_profile(tmp_path: Path) -> None:
    refused = {"message": "error", "data": {"error_code": 1009, "description": "wrong"}}
    content = {"size": -1, "mimeType": "application/json", "text": json.dumps(refused)}
    path = write(
        tmp_path,
        entry(request={"method": "POST", "url": LOG_IN}, response={"content": content}),
    )
    (seen,) = [one.facts for one in read_har(path, [], load_profile("tiktok"))]
    assert isinstance(seen, Exchange)
    assert seen.envelope is not None
    assert (seen.envelope.family, seen.envelope.code) == ("passport", 1009)
    assert read(path)[0][0].envelope is None


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response": {"status": 0, "_error": "net::ERR_NAME_NOT_RESOLVED"}}, "[Errno -2]"),
        ({"response": {"status": 0, "_error": "net::ERR_CONNECTION_REFUSED"}}, "[Errno 111]"),
        ({"response": {"status": 0}}, "there is no answer, and the tool does not say why"),
        ({"response": {"status": 0}, "time": 8_000}, "Client disconnected."),
        ({"response": {"_error": "net::ERR_INCOMPLETE_CHUNKED_ENCODING"}}, "HTTP/1 protocol"),
        ({"response": {"status": 0}, "_errorMessage": "boom"}, "boom"),
    ],
)
def test_failures_by_the_tools_own_words(
    tmp_path: Path, changes: dict[str, Any], error: str
) -> None:
    (made,), _ = read(write(tmp_path, entry(**changes)))
    assert made.status in {None, 200}
    assert made.error is not None
    assert made.error.startswith(error)


def test_a_redirect_keeps_host_and_path_only(tmp_path: Path) -> None:
    def location(value: str) -> str | None:
        headers = [{"name": "Location", "value": value}]
        return read(write(tmp_path, entry(response={"headers": headers})))[0][0].location

    assert location("https://a.example/b?secret=1") == "a.example/b"
    assert location("https://[broken") is None


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"request": {"url": 5}},
        {"request": {"method": "CONNECT", "url": "https://a.example"}},
        {"request": {"url": "https://[x"}},
        {"request": {"url": "https://a.example:99999/"}},
    ],
)
def test_unusable_entries_are_counted(tmp_path: Path, odd: dict[str, Any]) -> None:
    found, notes = read(write(tmp_path, odd, entry(startedDateTime="what"), entry(timings=3)))
    assert len(found) == 2
    assert notes == ["1 of 3 entries name no usable request and were left out"]


@pytest.mark.parametrize(
    "changes",
    [
        {"startedDateTime": "9999-12-31T23:59:59Z", "time": 1e300},
        {"startedDateTime": "0001-01-01T00:00:00+14:00", "time": float("nan")},
        {"time": 10**400, "timings": {"wait": float("inf"), "send": -1e308}},
        {"response": {"status": float("inf")}},
        {"response": {"status": 10**400}},
    ],
)
def test_numbers_that_nothing_here_can_be(tmp_path: Path, changes: dict[str, Any]) -> None:
    (made,), _ = read(write(tmp_path, entry(**changes)))
    assert made.ended is not None
    assert 0 <= made.begun <= made.ended < 2e9
    assert made.status in {None, 200}


def test_half_a_character_is_marked(tmp_path: Path) -> None:
    (made,), _ = read(write(tmp_path, entry(_error="\ude00 \ud83d\ude00")))
    assert made.error == "\ufffd \U0001f600"


def test_a_torn_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = write(tmp_path, entry(), entry(), entry())
    path.write_bytes(path.read_bytes()[:-400])
    found, notes = read(path)
    assert len(found) == 2
    assert notes == ["the file breaks off after 2 entries; they were judged"]


@pytest.mark.parametrize("text", ["{}", "{" * 9, '{"log": {"entries": 5}}', "x" * 99])
def test_what_is_no_har_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.har"
    path.write_text(text)
    with pytest.raises(HarError, match="no list of entries"):
        read(path)


def test_large_files_are_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(har_scanner, "CHUNK", 64)
    found, _ = read(write(tmp_path, *(entry() for _ in range(20)), 7))
    assert len(found) == 20
    monkeypatch.setattr(har_scanner, "LARGEST_ENTRY", 100)
    found, notes = read(write(tmp_path, entry()))
    assert found == []
    assert notes == ["the file breaks off within its first entry"]


def test_too_deep_an_entry_ends_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "x.har"
    path.write_text('{"log": {"entries": [' + "[" * 200_000)
    _, notes = read(path)
    assert notes
