"""Bodies give way before the disk is full, and come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.recorder.disk_care import KEEP_FREE, LARGEST_DUMP, DiskCare

FOLDER = Path("somewhere")


class Disk:
    def __init__(self, free: int) -> None:
        self.free = free

    def __call__(self, _folder: Path) -> int:
        if self.free < 0:
            raise OSError("cannot be asked")
        return self.free


@pytest.mark.parametrize(
    ("size", "free", "reason"),
    [
        (0, KEEP_FREE, None),
        (LARGEST_DUMP - 1, KEEP_FREE, None),
        (LARGEST_DUMP, KEEP_FREE, "the dump has reached 256 MiB"),
        (0, KEEP_FREE - 1, "less than 200 MiB of the disk are free"),
        (0, -1, None),
    ],
)
def test_when_bodies_are_saved(size: int, free: int, reason: str | None) -> None:
    care = DiskCare(free=Disk(free))
    care.may_save(0, FOLDER)
    care.tick(1.0)

    assert care.may_save(size, FOLDER) is (reason is None)
    assert care.reason == reason


def test_after_a_refusal_bodies_pause_and_come_back() -> None:
    care = DiskCare(free=Disk(KEEP_FREE))
    care.tick(10.0)
    care.refused()
    assert not care.may_save(0, FOLDER)
    assert care.reason == "the disk is full"

    care.tick(15.1)

    assert care.may_save(0, FOLDER)


def test_the_real_disk_is_asked(tmp_path: Path) -> None:
    care = DiskCare()
    care.tick(0.0)
    care.may_save(0, tmp_path)
    care.tick(1.0)

    assert isinstance(care.may_save(0, tmp_path), bool)
