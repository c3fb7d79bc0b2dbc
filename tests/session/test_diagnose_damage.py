"""Whatever a file holds, `diagnose` says a sentence or a verdict, and never breaks."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.cli.judgement import as_document
from harness.session.diagnose import Diagnosis, diagnose_one
from tests.session.corpus import MANY, damaged, sound
from tests.session.hars import SHAPES, fiddler
from tests.session.odd_values import with_an_odd_value

CODES = {0, 1, 2, 10, 15, 16, 17, 20}


def told(path: Path) -> Diagnosis:
    """The diagnosis, which has to make sense."""
    found = diagnose_one(path)
    assert found.exit_code in CODES
    assert (found.exit_code == 2) == (not found.readable)
    assert found.readable or (found.notes and str(path) in found.notes[0])
    for verdict in found.verdicts:
        assert math.isclose(sum(entry.weight for entry in verdict.candidates), 1.0)
    assert as_document(found)
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_a_har_of_each_tool_is_judged(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "x.har"
    path.write_text(SHAPES[shape](), encoding="utf-8")
    found = told(path)
    assert found.kind == "har"
    assert (found.verdicts[0].party.value, found.verdicts[0].outcome.value) == ("server", "failed")


@pytest.mark.parametrize(
    "text",
    [
        "[Fiddler] The connection to 'api.corner-shop.example' failed. <br />ConnectionRefused",
        "[Fiddler] The connection to 'x' failed. <br />System.Net.Sockets timed out",
        '[Fiddler] DNS Lookup for "x" failed. No such host is known',
        "[Fiddler] ReadResponse() failed: The server did not return a response",
        "[Fiddler] something else",
        "<html>Charles Error Report<p>Name lookup failed for remote host</html>",
        "<html>Charles Error Report<p>odd</html>",
    ],
)
def test_a_debugging_proxys_own_page_is_no_answer_of_the_server(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.har"
    path.write_text(fiddler(text, 502), encoding="utf-8")
    verdict = told(path).verdicts[0]
    assert verdict.rule != "http_server_error"
    assert not any("502" in evidence.statement for evidence in verdict.evidence)


@pytest.mark.parametrize("part", range(4))
def test_damaged_recordings(part: int, tmp_path: Path) -> None:
    _play(60, part, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(10))
def test_ten_thousand_damaged_recordings(part: int, tmp_path: Path) -> None:
    _play(MANY // 10, 1000 + part, tmp_path)


def _play(count: int, seed: int, folder: Path) -> None:
    for number, (ending, data) in enumerate(damaged(count, seed)):
        path = folder / f"{number}{ending}"
        path.write_bytes(data)
        told(path)
        path.unlink()


@pytest.mark.parametrize("ending", [".har", ".mitm"])
def test_odd_values(ending: str, tmp_path: Path) -> None:
    chance = random.Random(7)
    start = [data for kind, data in sound() if kind == ending]
    for number in range(80):
        path = tmp_path / f"{number}{ending}"
        path.write_bytes(with_an_odd_value(chance.choice(start), chance))
        told(path)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.binary(max_size=600), ending=st.sampled_from([".har", ".mitm", ".jsonl", ""]))
def test_any_bytes(data: bytes, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"any{ending}"
    path.write_bytes(data)
    told(path)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["request", "response", "url", "status", "content", "text", "headers", "time",
             "timings", "startedDateTime", "method", "name", "value", "mimeType", "size"]
        ),
        inner, max_size=6,
    ),
    max_leaves=25,
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(entries=st.lists(_JSON, max_size=4))
def test_any_entries(entries: list[object], tmp_path: Path) -> None:
    import json

    path = tmp_path / "any.har"
    path.write_text(json.dumps({"log": {"entries": entries}}), encoding="utf-8", errors="replace")
    told(path)
