"""The number of lost lines needs no space to be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.proxy.losses import WIDTH, prepare_losses, read_losses, tell_losses


def test_the_file_never_grows(tmp_path: Path) -> None:
    file = tmp_path / "losses"
    prepare_losses(file)
    assert (read_losses(file), file.stat().st_size) == (0, WIDTH)
    assert file.stat().st_mode & 0o777 == 0o600

    for lost in (7, 12_345, 3):
        tell_losses(file, lost)

        assert (read_losses(file), file.stat().st_size) == (lost, WIDTH)


@pytest.mark.parametrize("content", [None, b"", b"not a number"])
def test_what_cannot_be_read_is_no_loss(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "losses").write_bytes(content)

    assert read_losses(tmp_path / "losses") == 0
