"""Files of a gigabyte are read as a stream: memory does not follow their size."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.session.mitm_dump import answered, dump
from tests.session.test_har_reader import entry

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

GIGABYTE = 1 << 30
MOST = 400
"""MiB of the whole process; 110 of them are its imports."""

JUDGE = """
import json, resource, sys
from pathlib import Path
from harness.session.diagnose import diagnose_one
found = diagnose_one(Path(sys.argv[1]))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
first = found.verdicts[0] if found.verdicts else None
print(json.dumps([found.readable, peak, list(found.notes), first and first.party.value]))
"""


def _filled(path: Path, head: bytes, piece: bytes, tail: bytes = b"") -> None:
    with path.open("wb") as target:
        target.write(head)
        for _ in range(GIGABYTE // len(piece)):
            target.write(piece)
        target.write(tail)


def _har(path: Path) -> None:
    body = {"content": {"size": 20_000, "mimeType": "application/json", "text": "[" + "1," * 9_999}}
    fine = json.dumps(entry()) + "," + json.dumps(entry(response=body)) + ","
    bad = json.dumps(entry(response={"status": 503, "content": None}))
    _filled(path, b'{"log": {"entries": [', fine.encode() * 20, bad.encode() + b"]}}")


def _har_of_one_entry(path: Path) -> None:
    good = json.dumps(entry(response={"status": 503, "content": None})).encode()
    _filled(path, b'{"log": {"entries": [' + good + b',{"text": "', b"x" * 65_536)


def _dump(path: Path) -> None:
    flows = dump(path, *(answered() for _ in range(100)), answered(503)).read_bytes()
    _filled(path, flows, b"\0" * 65_536)


def _long_flow(path: Path) -> None:
    _filled(path, b"1073741824:8:response;", b"x" * 65_536)


def _one_line(path: Path) -> None:
    _filled(path, b'{"v": 1, "id": "', b"x" * 65_536)


@pytest.mark.parametrize(
    ("name", "make", "party", "said"),
    [
        ("x.har", _har, "server", None),
        ("one.har", _har_of_one_entry, "server", "breaks off after 1 entries"),
        ("x.mitm", _dump, "server", "breaks off after 101 flows"),
        ("long.mitm", _long_flow, None, "no flow begins at byte 0"),
        ("garbage.har", lambda path: _filled(path, b"", bytes(range(256)) * 256), None, "no HAR"),
        ("x.jsonl", _one_line, None, "no observation that could be used"),
    ],
)  # fmt: skip
def test_a_gigabyte(
    tmp_path: Path, name: str, make: Callable[[Path], None], party: str | None, said: str | None
) -> None:
    path = tmp_path / name
    make(path)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", JUDGE, str(path)],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    path.unlink()
    assert done.returncode == 0, done.stderr[-2000:]
    readable, peak, notes, blamed = json.loads(done.stdout)
    assert peak < MOST
    assert (readable, blamed) == (party is not None, party)
    assert said is None or any(said in note for note in notes), notes
