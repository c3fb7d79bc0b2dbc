"""One key for all looks of this machine."""

import stat
from pathlib import Path

import pytest

from harness.adapters.inventory.own_key import own_key
from harness.ports import InstrumentError


def test_it_is_made_once_and_for_us_alone(tmp_path: Path) -> None:
    made = own_key(tmp_path / "state")

    assert len(made) == 32
    assert own_key(tmp_path / "state") == made
    file = tmp_path / "state" / "inventory.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_damaged_key_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "inventory.key").write_bytes(b"short")

    assert len(own_key(tmp_path)) == 32


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(InstrumentError, match="disk: keep the key of inventories in"):
        own_key(tmp_path / "file")
