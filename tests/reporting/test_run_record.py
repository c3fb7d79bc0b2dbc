"""A run folder is read into tries; what is no run folder gets one sentence."""

from pathlib import Path

import pytest

from harness.adapters.verdict_file import write_verdicts
from harness.ports import InstrumentError
from harness.reporting.run_record import cited_ids, read_run
from tests.reporting.records import verdict, write_observations


def test_observations_go_to_their_try_and_cited_ones_are_kept(tmp_path: Path) -> None:
    ids = [seen.id for seen in write_observations(tmp_path)]
    write_verdicts(tmp_path / "verdicts.json", [verdict((ids[1],))], [])

    record = read_run(tmp_path)

    (only,) = record.tries
    assert [seen.id for seen in only.exchanges] == [ids[1]]
    assert [seen.id for seen in only.steps] == [ids[3]]
    assert set(record.cited) == {ids[1]}
    assert record.simulated
    assert only.slug == "sim/login/try-1"


def test_cited_ids_are_those_of_evidence_and_conflicts() -> None:
    one = verdict(("a", "b"))

    assert cited_ids([one]) == {"a", "b"}


def test_a_folder_without_verdicts_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError) as caught:
        read_run(tmp_path)

    assert "no verdicts.json" in str(caught.value)
    assert "reports/latest" in str(caught.value)
