"""A lab of its own for each end-to-end test: home, adb server, state."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.lab import Lab


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    home = tmp_path / "home"
    home.mkdir()
    made = Lab(home)
    yield made
    made.close()
