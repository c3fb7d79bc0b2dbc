import os
from pathlib import Path

from harness.recorder.sign_of_life import SignOfLife


def test_the_file_is_touched_once_a_second_and_may_be_gone(tmp_path: Path) -> None:
    file = tmp_path / "ready.json"
    file.touch()
    os.utime(file, ns=(1, 1))
    alive = SignOfLife()
    alive.tick(100.0)
    assert file.stat().st_mtime_ns == 1

    alive.use(file)
    alive.tick(100.0)
    first = file.stat().st_mtime_ns
    assert first > 1
    os.utime(file, ns=(1, 1))
    alive.tick(100.9)
    assert file.stat().st_mtime_ns == 1
    alive.tick(101.0)
    assert file.stat().st_mtime_ns > 1

    file.unlink()
    alive.tick(103.0)
    assert not file.exists()
