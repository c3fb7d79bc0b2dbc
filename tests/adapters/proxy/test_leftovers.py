"""Keys of killed runs do not lie about."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import psutil
import pytest

from harness.adapters.proxy.leftovers import OWNER_FILE, sign, sweep

GONE = 2**22 + 1  # no pid is that large


def folder(parent: Path, owner: object = None, *, age: float = 0.0) -> Path:
    made = parent / "harness-proxy-x"
    made.mkdir()
    (made / "mitmproxy-ca.pem").write_text("KEY")
    if owner is not None:
        (made / OWNER_FILE).write_bytes(msgspec.json.encode(owner))
    past = made.stat().st_mtime - age
    os.utime(made, (past, past))
    return made


def other(pid: int, *, later: float = 0.0) -> dict[str, float]:
    started = psutil.Process(pid).create_time() if psutil.pid_exists(pid) else 1.0
    return {"pid": pid, "started": started + later}


@pytest.mark.parametrize(
    ("owner", "age", "swept"),
    [
        (other(GONE), 0.0, True),
        (other(os.getppid()), 9000.0, False),
        (other(os.getppid(), later=500.0), 0.0, True),  # the pid is somebody else's now
        (None, 0.0, False),  # in the making
        (None, 9000.0, True),
        ("half a file", 0.0, False),
        ("half a file", 9000.0, True),
    ],
    ids=["dead", "alive", "pid used again", "young", "old", "damaged, young", "damaged, old"],
)
def test_what_nobody_answers_for_is_removed(
    owner: object, age: float, *, swept: bool, tmp_path: Path
) -> None:
    made = folder(tmp_path, owner, age=age)

    assert sweep(tmp_path) == ([made] if swept else [])
    assert made.exists() != swept


def test_ours_stays(tmp_path: Path) -> None:
    made = folder(tmp_path, age=9000.0)
    sign(made)

    assert sweep(tmp_path) == []
    assert made.exists()
