"""The log is merged as SQLite itself would do it."""

import sqlite3
from pathlib import Path

import pytest

from harness.adapters.inventory.write_ahead_log import merged


def written(folder: Path) -> tuple[bytes, bytes]:
    """A database whose rows are all in its log, the last of them in a second commit."""
    path = folder / "x.db"
    link = sqlite3.connect(path, isolation_level=None)
    link.execute("PRAGMA journal_mode=WAL")
    link.execute("PRAGMA wal_autocheckpoint=0")
    link.execute("CREATE TABLE t (x)")
    link.executemany("INSERT INTO t VALUES (?)", [("x" * 900,)] * 40)
    link.execute("INSERT INTO t VALUES ('last')")
    image, log = path.read_bytes(), path.with_name("x.db-wal").read_bytes()
    link.close()
    return image, log


def count(image: bytes) -> int:
    link = sqlite3.connect(":memory:")
    link.deserialize(image)
    try:
        return int(link.execute("SELECT count(*) FROM t").fetchone()[0])
    finally:
        link.close()


def test_committed_pages_are_in_the_image(tmp_path: Path) -> None:
    assert count(merged(*written(tmp_path))) == 41


@pytest.mark.parametrize(
    ("end", "rows"),
    [
        ((100, b""), 40),  # cut within the last commit
        ((100, b"\xff" * 100), 40),  # its checksum is wrong
        ((0, b"\0" * 5000), 41),  # left over from an earlier turn
    ],
    ids=["cut", "flipped", "leftover"],
)
def test_a_spoilt_end_is_not_used(tmp_path: Path, end: tuple[int, bytes], rows: int) -> None:
    image, log = written(tmp_path)
    cut, more = end

    assert count(merged(image, log[: len(log) - cut] + more)) == rows


@pytest.mark.parametrize("log", [b"", b"\0" * 40, b"\x37\x7f\x06\x82" + b"\0" * 60], ids=range(3))
def test_what_is_no_log_changes_only_the_mode(log: bytes) -> None:
    image = b"SQLite format 3\0" + b"\x10\x00\x02\x02" + bytes(80)

    assert merged(image, log) == image[:18] + b"\x01\x01" + image[20:]
    assert merged(b"other", log) == b"other"


def test_a_header_with_a_wrong_checksum_is_no_log(tmp_path: Path) -> None:
    image, log = written(tmp_path)
    spoilt = log[:12] + b"\x01" + log[13:]

    assert merged(image, spoilt)[20:] == image[20:]
