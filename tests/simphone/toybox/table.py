"""Runs one row of a test table: a script in a prepared folder."""

from __future__ import annotations

from tests.simphone.sh.bench import Bench

FOLDER = "/data/local/tmp"
Row = tuple[str, str, int]


def check(bench: Bench, row: Row, *, uid: int = 2000, stdin: bytes = b"") -> None:
    """The script's stdout and stderr together, and its exit code, are as in the row."""
    script, out, rc = row
    result = bench.run(f"exec 2>&1; cd {FOLDER}; {script}", uid=uid, stdin=stdin)

    assert (result.out, result.rc) == (out, rc)
