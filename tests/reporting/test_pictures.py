"""Screenshots become small data addresses; what is no picture is left out."""

from pathlib import Path

import pytest
from PIL import Image

from harness.reporting.pictures import small_picture


def test_a_screenshot_becomes_small(tmp_path: Path) -> None:
    Image.new("RGB", (1080, 2400), "white").save(tmp_path / "a.png")

    address = small_picture(tmp_path / "a.png", 96)

    assert address is not None
    assert address.startswith("data:image/jpeg;base64,")
    assert len(address) < 5000


@pytest.mark.parametrize("content", [None, b"", b"\x89PNG\r\n\x1a\n broken", b"<svg onload=x>"])
def test_what_is_no_picture_is_left_out(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "a.png").write_bytes(content)

    assert small_picture(tmp_path / "a.png") is None
