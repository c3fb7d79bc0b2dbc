"""The traffic of the benchmark is what `diagnose` reads in earnest."""

from __future__ import annotations

from pathlib import Path

from benchmarks._traffic import write_flows, write_observations
from harness.session.diagnose import diagnose_one


def test_both_files_are_read_whole(tmp_path: Path) -> None:
    lines, flows = tmp_path / "a.jsonl", tmp_path / "b.mitm"
    write_observations(lines, 300)
    write_flows(flows, 5)
    judged = diagnose_one(lines)
    assert (judged.kind, judged.notes) == ("capture", ())
    assert judged.verdicts[0].outcome.value == "passed"  # three failures, each mended by a retry
    assert len(judged.verdicts) == 1 + 3  # the whole, and each failed exchange
    assert diagnose_one(flows).readable
